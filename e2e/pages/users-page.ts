import type { Locator, Page } from '@playwright/test';

/** The people of a tenant, in English. */
export class UsersPage {
  readonly page: Page;
  readonly link: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.getByRole('textbox', { name: 'One-time link' });
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  async add(name: string, email: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add user' }).first().click();
    const form = this.page.getByRole('dialog', { name: 'Add user' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await form.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await form.getByRole('button', { name: 'Add and make a link' }).click();
  }

  async replaceRoles(name: string, { from, to }: { from: string; to: string }): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: 'Edit' }).click();
    const form = this.page.getByRole('dialog', { name: `Edit ${name}` });
    await form.getByRole('checkbox', { name: from }).uncheck();
    await form.getByRole('checkbox', { name: to }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
  }

  async disable(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: 'Disable' }).click();
    await this.page.getByRole('alertdialog').getByRole('button', { name: `Disable ${name}` }).click();
  }
}
