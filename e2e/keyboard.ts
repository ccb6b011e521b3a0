import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

const MOST_STEPS = 60;

const isFocused = (wanted: Locator) => wanted.evaluate((element) => element === document.activeElement);

async function walkTo(page: Page, wanted: Locator, key: string): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isFocused(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_STEPS} times ${key} does not reach ${String(wanted)}`);
}

/** Tabs until it has the focus; a keyboard has nothing else. */
export const tabTo = (page: Page, wanted: Locator): Promise<void> => walkTo(page, wanted, 'Tab');

/** Presses a button or follows a link as a keyboard does. */
export async function pressByKeyboard(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

/** Opens a row's menu and does what this item does. */
export async function chooseByKeyboard(page: Page, row: string, item: string): Promise<void> {
  await pressByKeyboard(page, page.getByRole('button', { name: `Actions for ${row}` }));
  await walkTo(page, page.getByRole('menuitem', { name: item, exact: true }), 'ArrowDown');
  await page.keyboard.press('Enter');
}
