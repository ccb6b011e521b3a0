import { Api } from '../api.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { signInThere, SingleSignOnPage } from '../pages/single-sign-on-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('an admin connects a provider, tests it as themselves, closes passwords, and a colleague whom nobody added comes in by it with the role that the claim gives', async ({ page, context, admin, founder, provider, tenant, openBrowser, run, watch }) => {
  const domain = `${tenant.workspace}.example`;
  const boss = { email: `boss@${domain}`, password: `${admin.password} of hers` };
  const { invitation } = await admin.api.call('users.create', { body: { name: 'Bo Boss', email: boss.email, roles: ['tenant_admin'] } });
  await context.clearCookies();
  const api = new Api(context.request, run.url);
  await api.call('auth.acceptInvitation', { params: { token: new URL(invitation.url).pathname.split('/').at(-1) ?? '' }, body: { password: boss.password, locale: 'en-US' } });

  const settings = new SingleSignOnPage(page);
  await settings.connect(provider, domain);
  const { items } = await founder.call('sso.listDomains', { query: { search: domain } });
  for (const { id } of items) await founder.call('sso.decideDomain', { params: { id }, body: { state: 'approved' } });
  await settings.test.click();
  await signInThere(page, `${boss.email}?groups=staff`);
  await expect(settings.result.getByRole('row', { name: /^groups/ })).toContainText('staff');
  await expect(page.getByText(`Would sign in Bo Boss (${boss.email})`)).toBeVisible();
  await settings.only.check();
  await settings.save.click();
  await settings.saved.waitFor();

  watch.declare(answered(409));
  const visitor = await openBrowser();
  const door = new SignInPage(visitor);
  await door.open();
  await door.signIn(boss);
  await expect(door.problem).toContainText('passwords are closed');
  const ada = `ada@${domain}`;
  await door.email.fill(ada);
  await visitor.getByRole('button', { name: `Continue with ${tenant.name}` }).click();
  await signInThere(visitor, `${ada}?groups=staff`);
  await expect(new ShellPage(visitor).heading).toContainText('Ada Lovelace');
  const found = await api.call('users.list', { query: { search: ada } });
  expect(found.items).toMatchObject([{ email: ada, status: 'active', roles: ['end_user'] }]);
});
