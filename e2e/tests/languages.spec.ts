import type { Locale } from '@lyss/api-types';
import { tenantName } from '../data/people.ts';
import { closedLinks, locales, visitors } from '../data/places.ts';
import { AnyPage } from '../pages/any-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';

/** What another language looks like; names, addresses, ids and what a model wrote are nobody's language. */
const foreign: Record<Locale, RegExp> = { 'en-US': /\p{Script=Han}/u, 'zh-CN': /[a-z]{2,} [a-z]{2,} [a-z]{2,}/ };
const allowed: Record<Locale, RegExp> = { 'en-US': /^(中文|简体中文)$/, 'zh-CN': /@|:\/\/|\.example/ };
// i18next shows the key itself where a text is missing: `list.empty.title`.
const missing = /^[a-z_-]+(?:[.:][a-z_]+){1,}$/;
// What the model wrote in the conversation is in whichever language it was asked.
const CONTENT = new Set(['conversation']);

for (const locale of locales) {
  for (const by of visitors) {
    test.describe(`${by} in ${locale}`, () => {
      test.use({ locale });
      test(`every page of the ${by} speaks ${locale} alone`, async ({ page, enter, watch, founded }) => {
        test.slow();
        watch.declare(closedLinks);
        const any = new AnyPage(page);
        for (const place of await enter(by)) {
          await expect(await any.open(place, locale)).toBeVisible();
          await expect(page.locator('html')).toHaveAttribute('lang', locale);
          const lines = CONTENT.has(place.name) ? [] : await any.readTexts();
          // An operator sees the tenants of the tests beside this one too.
          const own = lines.filter((line) => !line.includes(founded.tenant.name) && !tenantName.test(line));
          expect.soft(own.filter((line) => foreign[locale].test(line) && !allowed[locale].test(line)), `other languages in ${place.name}`).toEqual([]);
          expect.soft(own.filter((line) => missing.test(line)), `missing texts in ${place.name}`).toEqual([]);
        }
      });
    });
  }
}

test('the language switched in the bar is there at once, after a reload, and on the next device', async ({ page, admin, tenant, openBrowser }) => {
  const shell = new ShellPage(page);
  await page.goto('/users');
  await expect(shell.heading).toHaveText('Users');
  await shell.switchLanguage.click();
  await expect(shell.heading).toHaveText('用户');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect.poll(async () => (await admin.api.call('auth.me')).preferences.locale).toBe('zh-CN');
  await page.reload();
  await expect(shell.heading).toHaveText('用户');
  const there = await openBrowser();
  await there.goto('/users');
  await there.getByRole('textbox', { name: 'E-mail' }).fill(tenant.admin.email);
  await there.getByLabel('Password', { exact: true }).fill(tenant.admin.password);
  await there.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(new ShellPage(there).heading).toHaveText('用户');
});

test('the language chosen in my settings is there at once and after a reload', async ({ page, admin }) => {
  const shell = new ShellPage(page);
  await page.goto('/profile');
  await page.getByRole('radio', { name: '中文' }).click();
  await expect(shell.heading).toHaveText('个人设置');
  await expect.poll(async () => (await admin.api.call('auth.me')).preferences.locale).toBe('zh-CN');
  await page.reload();
  await expect(shell.heading).toHaveText('个人设置');
  await page.getByRole('radio', { name: 'English' }).click();
  await expect(shell.heading).toHaveText('My settings');
});
