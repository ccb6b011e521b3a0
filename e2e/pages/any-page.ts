import type { Locator, Page } from '@playwright/test';
import type { Locale } from '@lyss/api-types';
import type { Place } from '../data/places.ts';

/** Any page, for what holds for all of them. */
export class AnyPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a place; what it answers is there once the place is. */
  async open(place: Place, locale: Locale): Promise<Locator> {
    const asked = this.page.locator('dialog[open]');
    if (place.press && this.page.url().endsWith(place.path)) {
      // Asked about the same row as the one before: the row itself is open.
      if ((await asked.count()) > 0) await this.page.keyboard.press('Escape');
      await asked.waitFor({ state: 'detached' });
    } else await this.page.goto(place.path);
    const title = place.title[locale];
    if (place.press) await this.page.getByRole('dialog').getByRole('button', { name: place.press[locale] }).click();
    return this.page.getByRole(place.role ?? 'heading', { name: title });
  }

  /** All that a person sees or a screen reader says, line by line. */
  readTexts(): Promise<string[]> {
    return this.page.evaluate(() => {
      const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
      const said = [...document.querySelectorAll('*')].flatMap((element) => attributes.map((name) => element.getAttribute(name) ?? ''));
      const lines = [document.title, document.body.innerText, ...said].join('\n').split('\n');
      return [...new Set(lines.map((line) => line.trim()))].filter((line) => line !== '');
    });
  }

  /** By how many pixels the page is wider than the screen. */
  measureOverflow(): Promise<number> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  }
}
