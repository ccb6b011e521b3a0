import { expect, test } from '../../test.ts';

test('a row’s menu opens beside its button where motion is reduced', async ({ page, admin }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/users');
  await page.getByRole('button', { name: `Actions for ${admin.name}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Show' })).toBeInViewport();
});
