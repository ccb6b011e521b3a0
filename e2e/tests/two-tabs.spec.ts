import type { BrowserContext } from '@playwright/test';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

const ACCESS = '__Host-lyss_at';
const REFRESH = '__Host-lyss_rt';

async function readCookie(context: BrowserContext, name: string): Promise<string | undefined> {
  return (await context.cookies()).find((cookie) => cookie.name === name)?.value;
}

test('two tabs that meet the token’s end at once stay signed in and refresh once', async ({ page, context, admin, watch }) => {
  // Each tab may see one 401 before it refreshes.
  watch.declare(answered(401));
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto('/');
    await expect(new ShellPage(tab).heading).toContainText(admin.name);
  }
  const before = await readCookie(context, REFRESH);
  await context.clearCookies({ name: ACCESS });
  const refreshes: string[] = [];
  context.on('response', (response) => {
    if (response.url().endsWith('/auth/refresh')) refreshes.push(`${response.status()}`);
  });
  await Promise.all([page, second].map((tab) => new ShellPage(tab).place('Users').click()));
  for (const tab of [page, second]) await expect(tab.getByRole('row').filter({ hasText: admin.email })).toBeVisible();
  expect(refreshes).toEqual(['200']);
  expect(await readCookie(context, ACCESS)).toBeTruthy();
  expect(await readCookie(context, REFRESH)).not.toBe(before);
});

test('a refresh token that was used twice long apart ends the session, and the page says sign in', async ({ page, context, admin, watch }) => {
  watch.declare(answered(401));
  const shell = new ShellPage(page);
  await page.goto('/');
  await expect(shell.heading).toContainText(admin.name);
  const stolen = (await context.cookies()).filter((cookie) => cookie.name === REFRESH);
  // Two rotations later the token in the thief's hands is an old one.
  for (let turn = 0; turn < 2; turn += 1) await admin.api.call('auth.refresh');
  await context.clearCookies();
  await context.addCookies(stolen);
  await shell.place('Users').click();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});
