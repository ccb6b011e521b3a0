import type { Locator, Page } from '@playwright/test';

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

  async changePassword(current: string, fresh: string): Promise<void> {
    await this.page.getByLabel('Current password').fill(current);
    await this.page.getByLabel('New password').fill(fresh);
    await this.page.getByRole('button', { name: 'Change password' }).click();
  }
}
