import type { Locator, Page } from '@playwright/test';

/** What a one-time link opens, in English. */
export class InvitationPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly password: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.password = page.getByLabel('Choose a password');
  }

  async accept(password: string): Promise<void> {
    await this.password.fill(password);
    await this.page.getByRole('button', { name: 'Save password and sign in' }).click();
  }
}
