import { expect, test } from '../../test.ts';
import { readShifts, watchShifts } from '../../watch-shifts.ts';

for (const [width, height] of [[1440, 900], [390, 844]] as const) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height } });

    test('nothing of a new chat moves when its model is known', async ({ page, admin: _signedIn }) => {
      await page.addInitScript(watchShifts);
      let answer = () => {};
      const asked = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/api/v1/models', async (route) => {
        await asked;
        await route.continue();
      });
      await page.goto('/chat');
      // What stands there before anybody knows who will answer.
      await expect(page.getByRole('heading', { name: 'What would you like to get done?' })).toBeVisible();
      await expect(page.getByText('Made by AI. Check what matters')).toBeVisible();
      answer();
      await expect(page.getByRole('button', { name: 'What can Lyss do?' })).toBeEnabled();
      expect(await readShifts(page)).toBeLessThan(0.02);
    });
  });
}
