import type { Locator, Page } from '@playwright/test';

/** A person's API keys, and everybody's, in English. */
export class ApiKeysPage {
  readonly page: Page;
  readonly shownKey: Locator;
  readonly everybodys: Locator;

  constructor(page: Page) {
    this.page = page;
    this.shownKey = page.getByRole('textbox', { name: 'Key', exact: true });
    this.everybodys = page.getByRole('link', { name: 'Everybody’s' });
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  /** Makes a key for what is ticked already, and for these networks; answers it, and lets go of it. */
  async make(name: string, networks = ''): Promise<string> {
    await this.page.getByRole('button', { name: 'Make a key' }).first().click();
    const form = this.page.getByRole('dialog', { name: 'Make an API key' });
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    await form.getByRole('textbox', { name: 'Allowed networks' }).fill(networks);
    await form.getByRole('button', { name: 'Make and show the key' }).click();
    return this.takeKey();
  }

  async rotate(name: string, overlap: string): Promise<string> {
    await this.choose(name, 'Rotate');
    const dialog = this.page.getByRole('dialog', { name: `Rotate ${name}?` });
    await dialog.getByRole('combobox').selectOption(overlap);
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    return this.takeKey();
  }

  async revoke(name: string, reason?: string): Promise<void> {
    await this.choose(name, 'Revoke');
    const dialog = this.page.getByRole('alertdialog');
    if (reason) await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('textbox', { name: `Type “${name}” to confirm` }).fill(name);
    await dialog.getByRole('button', { name: 'Revoke' }).click();
  }

  private async choose(name: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  private async takeKey(): Promise<string> {
    const key = await this.shownKey.inputValue();
    await this.page.getByRole('button', { name: 'I have saved it' }).click();
    return key;
  }
}
