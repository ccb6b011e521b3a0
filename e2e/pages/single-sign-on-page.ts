import type { Locator, Page } from '@playwright/test';
import type { ProviderProcess } from '../stack.ts';

/** An admin's single sign-on page, in English. */
export class SingleSignOnPage {
  readonly page: Page;
  readonly save: Locator;
  readonly saved: Locator;
  readonly test: Locator;
  readonly only: Locator;
  readonly result: Locator;

  constructor(page: Page) {
    this.page = page;
    this.save = page.getByRole('button', { name: 'Save', exact: true });
    this.saved = page.getByRole('status').filter({ hasText: 'Saved' });
    this.test = page.getByRole('button', { name: 'Test the sign-in' });
    this.only = page.getByRole('checkbox', { name: /^Single sign-on only/ });
    this.result = page.getByRole('table');
  }

  /** Connects the tenant; people whom the claim `groups` calls `staff` are members. */
  async connect({ issuer, client_id, client_secret }: ProviderProcess, domain: string): Promise<void> {
    const { page } = this;
    await page.goto('/single-sign-on');
    await page.getByRole('textbox', { name: 'Issuer' }).fill(issuer);
    await page.getByRole('textbox', { name: 'Client ID' }).fill(client_id);
    await page.getByLabel('Client secret', { exact: true }).fill(client_secret);
    await page.getByRole('textbox', { name: 'More scopes' }).fill('profile groups');
    await page.getByRole('textbox', { name: 'Domains' }).fill(domain);
    await page.getByRole('textbox', { name: 'Claim', exact: true }).fill('groups');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('textbox', { name: 'Value of the claim' }).fill('staff');
    await page.getByLabel('Default role').selectOption('');
    await this.save.click();
    await this.saved.waitFor();
  }
}

/** Signs somebody in on the provider's own page; what follows a question mark are more claims. */
export async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Who are you?' }).fill(login);
  await page.getByRole('button', { name: 'Sign in there' }).click();
}
