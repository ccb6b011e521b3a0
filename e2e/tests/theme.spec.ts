import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';

test('the theme switched in the bar is kept over a reload and by the account', async ({ page, admin }) => {
  const shell = new ShellPage(page);
  const html = page.locator('html');
  await page.goto('/');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await shell.toDark.click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect.poll(async () => (await admin.api.call('auth.me')).preferences.theme).toBe('dark');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await shell.toLight.click();
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test('a person who leaves it to the system gets the system’s theme, also when it changes', async ({ page, admin }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/profile');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect((await admin.api.call('auth.me')).preferences.theme).toBe('system');
});
