import type { Locator, Page } from '@playwright/test';
import type { Person } from '../data/people.ts';

/** The way in, in English. */
export class SignInPage {
  readonly page: Page;
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly problem: Locator;
  readonly workspace: Locator;
  /** The line for somebody who was signed out without asking for it. */
  readonly ended: Locator;
  readonly forgotten: Locator;

  constructor(page: Page) {
    this.page = page;
    this.email = page.getByRole('textbox', { name: 'E-mail' });
    this.password = page.getByLabel('Password', { exact: true });
    this.submit = page.getByRole('button', { name: 'Sign in', exact: true });
    this.workspace = page.getByRole('textbox', { name: /^Workspace/ });
    this.ended = page.getByText(/^You were signed out/);
    this.forgotten = page.getByRole('link', { name: 'Forgot your password?' });
    this.problem = page.getByRole('alert').filter({ hasText: /./ });
  }

  async open(): Promise<void> {
    await this.page.goto('/sign-in');
  }

  async signIn({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}
