import type { Locator, Page } from '@playwright/test';
import type { Person } from '../data/people.ts';

/** The five steps of a new platform, in English. */
export class SetUpPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly next: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.next = page.getByRole('button', { name: 'Continue' });
  }

  progress(step: number): Locator {
    return this.page.getByRole('navigation', { name: `Step ${step} of 5` });
  }

  async fillOwner({ name, email, password }: Person): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.next.click();
  }

  async fillTenant(name: string, workspace: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Organisation' }).fill(name);
    await this.page.getByRole('textbox', { name: 'Workspace' }).fill(workspace);
    await this.page.getByRole('button', { name: 'Create and sign in' }).click();
  }

  /** As a link pasted into the address bar of this very page: the browser changes the hash alone. */
  async followInPlace(link: string): Promise<void> {
    await this.page.evaluate((hash) => location.assign(hash), new URL(link).hash);
  }

  /** All that this tab keeps. */
  readStored(): Promise<string> {
    return this.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  }

  async openChat(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open the chat' }).click();
  }
}
