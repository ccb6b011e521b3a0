import { newTenant } from '../data/people.ts';
import { InvitationPage } from '../pages/invitation-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { TenantsPage } from '../pages/tenants-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('the operator makes a tenant, and its first admin comes in by the link', async ({ page, operator, openBrowser }) => {
  const wanted = newTenant('en-US');
  const tenants = new TenantsPage(page);
  await page.goto('/tenants');
  await tenants.add(wanted);
  const link = await tenants.link.inputValue();
  const theirs = await openBrowser();
  await theirs.goto(link);
  await new InvitationPage(theirs).accept(wanted.admin.password);
  await expect(new ShellPage(theirs).heading).toContainText(wanted.admin.name);
  await expect(new ShellPage(theirs).navigation.getByRole('link')).toHaveText(['Overview', 'Chat', 'API keys', 'Suppliers', 'Users', 'Roles', 'Audit', 'Tenant settings', 'Single sign-on']);
  const { items } = await operator.call('tenants.list', { query: { search: wanted.workspace } });
  expect(items.map(({ name, users_count }) => ({ name, users_count }))).toEqual([{ name: wanted.name, users_count: 1 }]);
});

test('a suspended tenant’s people are out and stay out until it is resumed', async ({ page, operator, openAs, tenant, watch }) => {
  watch.declare(answered(401), answered(409), answered(422));
  const { person, page: theirs } = await openAs(['end_user']);
  await theirs.goto('/chat');
  await expect(new ShellPage(theirs).heading).toBeVisible();
  const tenants = new TenantsPage(page);
  await page.goto(`/tenants?search=${tenant.workspace}`);
  await tenants.change(tenant.name, 'Suspend');
  await expect(tenants.row(tenant.name)).toContainText('Suspended');
  await new ShellPage(theirs).place('Overview').click();
  await theirs.reload();
  const signIn = new SignInPage(theirs);
  await signIn.signIn(person);
  await expect(signIn.problem).toBeVisible();
  await tenants.change(tenant.name, 'Resume');
  await expect(tenants.row(tenant.name)).toContainText('Active');
  await signIn.submit.click();
  await expect(theirs.getByRole('link', { name: person.email })).toBeVisible();
  const { items } = await operator.call('tenants.list', { query: { search: tenant.workspace } });
  expect(items.map(({ state }) => state)).toEqual(['active']);
});

test('a deleted tenant is shut at once, says the day it is gone, and is what it was when that is taken back', async ({ page, operator, openAs, tenant, watch }) => {
  watch.declare(answered(401), answered(409));
  const { person, page: theirs } = await openAs(['end_user']);
  await theirs.goto('/chat');
  await expect(new ShellPage(theirs).heading).toBeVisible();
  const tenants = new TenantsPage(page);
  await page.goto(`/tenants?search=${tenant.workspace}`);
  await tenants.remove(tenant.name, 'The contract ended');
  await expect(tenants.row(tenant.name)).toContainText(/Deleting\s*Gone \w+ \d+, \d{4}/);
  await theirs.reload();
  const signIn = new SignInPage(theirs);
  await signIn.signIn(person);
  await expect(signIn.problem).toBeVisible();
  await tenants.keep(tenant.name);
  await expect(tenants.row(tenant.name)).toContainText('Active');
  await signIn.submit.click();
  await expect(theirs.getByRole('link', { name: person.email })).toBeVisible();
  const { items } = await operator.call('audit.listPlatform', { query: { action: 'tenants', search: 'tenants.deletion' } });
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['tenants.deletion_asked', 'tenants.deletion_cancelled']));
});
