import type { Download, Locator, Page } from '@playwright/test';

/** The tenant's audit, in English. */
export class AuditPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly peek: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByRole('table', { name: 'Audit' }).locator('tbody tr');
    this.peek = page.getByRole('dialog');
  }

  async filter(name: string, option: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page.getByRole('menuitemradio', { name: option, exact: true }).click();
  }

  async show(part: 'Trail' | 'Verify' | 'Export'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of the audit' }).getByRole('link', { name: part }).click();
  }

  async download(): Promise<Download> {
    const saved = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: /^Download / }).first().click();
    return saved;
  }
}
