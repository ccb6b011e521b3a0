import type { Locator, Page } from '@playwright/test';

/** The logo in the tenant's settings, in English. */
export class LogoPage {
  readonly page: Page;
  readonly picture: Locator;
  readonly saveLogo: Locator;
  readonly removeLogo: Locator;

  constructor(page: Page) {
    this.page = page;
    this.picture = page.getByLabel('Picture of the logo');
    this.saveLogo = page.getByRole('button', { name: 'Save the logo' });
    this.removeLogo = page.getByRole('button', { name: 'Remove the logo' });
  }

  async choose(name: string, content: Buffer): Promise<void> {
    await this.picture.setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });
  }

  /** What the frame draws of the tenant, once it is drawn: its natural sides; null where it shows initials. */
  async drawnIn(page: Page): Promise<[number, number] | null> {
    // All there are, at once: waiting for one that has just gone would never end.
    return page.locator('.side-tenant img').evaluateAll(async ([drawn]) => {
      if (!(drawn instanceof HTMLImageElement)) return null;
      await drawn.decode().catch(() => undefined);
      return [drawn.naturalWidth, drawn.naturalHeight] as [number, number];
    });
  }
}
