import { Api } from '../api.ts';
import { pressByKeyboard, tabTo } from '../keyboard.ts';
import { newPerson } from '../data/people.ts';
import { InvitationPage } from '../pages/invitation-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

const LONGEST_MS = 4 * 60 * 60 * 1_000;

test('an admin changes what the tenant is called, speaks and asks for, saves by keyboard, and it is felt by whoever comes next', async ({ page, admin, openBrowser, run, watch }) => {
  watch.declare(answered(400));
  await page.goto('/settings');
  const select = (name: string | RegExp) => page.getByRole('combobox', { name });
  await tabTo(page, page.getByRole('textbox', { name: 'Tenant name' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Harbour Works');
  await page.getByRole('radio', { name: '中文' }).check();
  await select(/^Currency/).selectOption('EUR');
  await select('Time zone').selectOption('Europe/Berlin');
  await select('Shortest length').selectOption('20');
  await page.getByRole('textbox', { name: /^Words that no password/ }).fill('harbour, lantern');
  await select(/^Sign out when idle/).selectOption('30');
  await select(/^Sign in again after/).selectOption('240');
  await select(/^Keep conversations/).selectOption('90');
  await pressByKeyboard(page, page.getByRole('button', { name: 'Save' }));
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Tenant name' })).toHaveValue('Harbour Works');
  await expect(select(/^Currency/)).toHaveValue('EUR');
  await expect(select(/^Keep conversations/)).toHaveValue('90');
  await expect(select(/^Sign out when idle/)).toHaveValue('30');
  expect((await admin.api.call('auth.me')).tenant).toMatchObject({ name: 'Harbour Works', currency: 'EUR', time_zone: 'Europe/Berlin' });
  const { name, email } = newPerson('Mia Member');
  const { user, invitation } = await admin.api.call('users.create', { body: { name, email } });
  expect(user.locale, 'whoever is added speaks the tenant’s language').toBe('zh-CN');
  const theirs = await openBrowser();
  await theirs.goto(invitation.url);
  const invited = new InvitationPage(theirs);
  for (const [password, problem] of [['eighteen letters 1', /20/], ['a lantern in the wide quiet night', /a word that your tenant does not allow/]] as const) {
    await invited.accept(password);
    await expect(theirs.getByRole('main').getByText(problem).first(), password).toBeVisible();
  }
  await invited.accept('twenty letters or more, all quiet');
  await expect(new ShellPage(theirs).heading).toContainText(name);
  const [session] = (await new Api(theirs.request, run.url).call('sessions.list')).items;
  expect(Date.parse(session?.expires_at ?? ''), 'nobody stays signed in for longer than four hours').toBeLessThanOrEqual(Date.now() + LONGEST_MS);
});
