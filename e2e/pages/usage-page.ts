import type { Download, Locator, Page } from '@playwright/test';
import { AnyPage } from './any-page.ts';

/** Usage and the request log. */
export class UsagePage extends AnyPage {
  readonly peek: Locator;
  readonly top: Locator;
  readonly requests: Locator;

  constructor(page: Page) {
    super(page);
    this.peek = page.getByRole('dialog');
    this.top = page.getByRole('table', { name: 'What was used most' });
    this.requests = page.getByRole('table', { name: 'Requests' });
  }

  chart(name: string): Locator {
    return this.page.getByRole('slider', { name, exact: true });
  }

  async save(button: string | RegExp): Promise<Download> {
    const saved = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: button }).click();
    return saved;
  }
}
