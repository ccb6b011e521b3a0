import { expect, test } from '../../test.ts';

/** Runs in the page, before anything of its own: adds up what moves by itself (Layout Instability). */
function watchShifts(): void {
  const kept = window as unknown as { shifted: number };
  kept.shifted = 0;
  new PerformanceObserver((list) => {
    // The browser's own type of these entries is not in TypeScript's library.
    for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!entry.hadRecentInput) kept.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

for (const [width, height] of [[1440, 900], [390, 844]] as const) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height } });

    test('nothing on the overview moves once it can be read', async ({ page, admin: _signedIn }) => {
      await page.addInitScript(watchShifts);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Often used' })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
      expect(await page.evaluate(() => (window as unknown as { shifted: number }).shifted)).toBeLessThan(0.02);
    });
  });
}
