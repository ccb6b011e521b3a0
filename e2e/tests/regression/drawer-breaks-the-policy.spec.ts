import { expect, test } from '../../test.ts';

// The watch of every test fails this one where the browser reports a breach.
test('opening and closing a drawer adds no style that the policy refuses', async ({ page, admin }) => {
  await page.goto('/users');
  await expect(page.getByRole('row').filter({ hasText: admin.email })).toBeVisible();
  await page.getByRole('button', { name: 'Add user' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'Add user' });
  await expect(drawer).toBeVisible();
  await drawer.getByRole('button', { name: 'Cancel' }).click();
  await expect(drawer).toBeHidden();
});
