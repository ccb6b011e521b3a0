import type { Locator, Page } from '@playwright/test';

/** The roles of a tenant, in English. */
export class RolesPage {
  readonly page: Page;
  readonly save: Locator;
  readonly unsaved: Locator;

  constructor(page: Page) {
    this.page = page;
    this.unsaved = page.getByRole('region', { name: 'Unsaved changes' });
    this.save = this.unsaved.getByRole('button', { name: 'Save' });
  }

  /** Makes a role of these permissions; its peek opens. */
  async add(name: string, permissions: readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'New role' }).first().click();
    const form = this.page.getByRole('dialog', { name: 'New role' });
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    for (const permission of permissions) await form.getByRole('checkbox', { name: permission, exact: true }).check();
    await form.getByRole('button', { name: 'Make the role' }).click();
  }

  cell(role: string, permission: string): Locator {
    return this.page.getByRole('checkbox', { name: `${role}: ${permission}`, exact: true });
  }
}
