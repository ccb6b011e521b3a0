import type { Locator, Page } from '@playwright/test';

/** Suppliers, in English: the list and the form of a new credential. */
export class SuppliersPage {
  readonly page: Page;
  readonly add: Locator;
  readonly name: Locator;
  readonly address: Locator;
  readonly key: Locator;
  readonly test: Locator;
  readonly testPanel: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.page = page;
    this.add = page.getByRole('button', { name: 'Add supplier' }).first();
    const form = page.getByRole('dialog', { name: 'Add supplier' });
    this.name = form.getByRole('textbox', { name: 'Name', exact: true });
    this.address = form.getByRole('textbox', { name: 'Address', exact: true });
    this.key = form.getByRole('textbox', { name: /^API key/ });
    this.testPanel = form.getByRole('region', { name: 'Test the connection' });
    this.test = this.testPanel.getByRole('button', { name: /^Test/ });
    this.save = form.getByRole('button', { name: 'Save' });
  }

  /** Opens the form of a new credential of one kind. */
  async addOf(kind: string): Promise<void> {
    await this.page.goto('/suppliers');
    await this.add.click();
    await this.page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
  }

  async fill({ name, address, key }: { name: string; address: string; key: string }): Promise<void> {
    await this.name.fill(name);
    await this.address.fill(address);
    await this.key.fill(key);
  }

  /** One step of the test by its name. */
  step(name: string): Locator {
    return this.testPanel.getByRole('listitem').filter({ hasText: name });
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }
}
