import { expect, test } from '../../test.ts';
import { readShifts, watchShifts } from '../../watch-shifts.ts';

for (const [width, height] of [[1440, 900], [390, 844]] as const) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height } });

    test('nothing on the overview moves once it can be read', async ({ page, admin: _signedIn }) => {
      await page.addInitScript(watchShifts);
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'Often used' })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
      expect(await readShifts(page)).toBeLessThan(0.02);
    });
  });
}
