import type { Locator, Page } from '@playwright/test';
import { chooseByKeyboard, pressByKeyboard, tabTo } from '../keyboard.ts';
import type { Person } from '../data/people.ts';

/** The operator's tenants, in English. */
export class TenantsPage {
  readonly page: Page;
  readonly link: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.link = page.getByRole('textbox', { name: 'One-time link' });
    this.search = page.getByRole('searchbox', { name: 'Search name or workspace' });
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  async add(tenant: { name: string; workspace: string; admin: Person }): Promise<void> {
    await this.page.getByRole('button', { name: 'New tenant' }).first().click();
    const form = this.page.getByRole('dialog', { name: 'New tenant' });
    const place = form.getByRole('group', { name: 'Tenant', exact: true });
    const admin = form.getByRole('group', { name: 'First tenant admin' });
    await place.getByRole('textbox', { name: 'Name' }).fill(tenant.name);
    await place.getByRole('textbox', { name: 'Workspace' }).fill(tenant.workspace);
    await admin.getByRole('textbox', { name: 'Name' }).fill(tenant.admin.name);
    await admin.getByRole('textbox', { name: 'E-mail' }).fill(tenant.admin.email);
    await form.getByRole('button', { name: 'Create and make a link' }).click();
  }

  /** Suspends or resumes, the question answered with yes; by keyboard alone. */
  async change(name: string, verb: 'Suspend' | 'Resume'): Promise<void> {
    await chooseByKeyboard(this.page, name, verb);
    await pressByKeyboard(this.page, this.page.getByRole('alertdialog').getByRole('button', { name: `${verb} ${name}` }));
  }

  /** Deletes it, with its name typed and a reason; by keyboard alone. */
  async remove(name: string, reason: string): Promise<void> {
    await chooseByKeyboard(this.page, name, 'Delete');
    const dialog = this.page.getByRole('alertdialog');
    await tabTo(this.page, dialog.getByRole('textbox', { name: 'Reason' }));
    await this.page.keyboard.type(reason);
    await tabTo(this.page, dialog.getByRole('textbox', { name: `Type ${name} to confirm` }));
    await this.page.keyboard.type(name);
    await this.page.keyboard.press('Enter');
  }

  /** Takes its deletion back. */
  async keep(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: 'Cancel deletion' }).click();
    await this.page.getByRole('alertdialog').getByRole('button', { name: `Keep ${name}` }).click();
  }
}
