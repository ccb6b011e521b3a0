import type { Page } from '@playwright/test';

/** Runs in the page, before anything of its own: adds up what moves by itself (Layout Instability). */
export function watchShifts(): void {
  const kept = window as unknown as { shifted: number };
  kept.shifted = 0;
  new PerformanceObserver((list) => {
    // The browser's own type of these entries is not in TypeScript's library.
    for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!entry.hadRecentInput) kept.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Adds up in Node what `watchShifts` has seen so far; 0.1 is what people begin to feel. */
export const readShifts = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { shifted: number }).shifted);
