import type { Locator, Page } from '@playwright/test';
import { tabTo } from '../keyboard.ts';

/** A person's own settings, in English. */
export class ProfilePage {
  readonly page: Page;
  readonly sessions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sessions = page.getByRole('list', { name: 'Where you are signed in' }).getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.goto('/profile');
    await this.sessions.first().waitFor();
  }

  /** By keyboard alone. */
  async changePassword(current: string, fresh: string): Promise<void> {
    for (const [label, password] of [['Current password', current], ['New password', fresh]] as const) {
      await tabTo(this.page, this.page.getByLabel(label));
      await this.page.keyboard.press('Control+a');
      await this.page.keyboard.type(password);
    }
    await this.page.keyboard.press('Enter');
  }
}
