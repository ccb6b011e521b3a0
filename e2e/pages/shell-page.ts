import type { Locator, Page } from '@playwright/test';

/** The frame around every page behind the sign-in; names in English unless they are asked for by pattern. */
export class ShellPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly navigation: Locator;
  readonly palette: Locator;
  readonly openMenu: Locator;
  readonly toDark: Locator;
  readonly toLight: Locator;
  readonly switchLanguage: Locator;
  readonly signOut: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.navigation = page.getByRole('navigation', { name: /^(Main navigation|主导航)$/ });
    this.palette = page.getByRole('dialog', { name: 'Commands' });
    this.openMenu = page.getByRole('button', { name: 'Open menu' });
    this.toDark = page.getByRole('button', { name: 'Switch to dark' });
    this.toLight = page.getByRole('button', { name: 'Switch to light' });
    this.switchLanguage = page.getByRole('button', { name: /^(Switch language|切换语言)$/ });
    this.signOut = page.getByRole('button', { name: 'Sign out' });
  }

  place(name: string): Locator {
    return this.navigation.getByRole('link', { name, exact: true });
  }
}
