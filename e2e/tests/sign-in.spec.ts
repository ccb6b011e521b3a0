import { foundTenant } from '../data/found-tenant.ts';
import { newPerson } from '../data/people.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('the right password leads to the page that was asked for', async ({ page, tenant }) => {
  const signIn = new SignInPage(page);
  await page.goto('/profile');
  await expect(page).toHaveURL('/sign-in?next=%2Fprofile');
  await signIn.signIn(tenant.admin);
  await expect(page).toHaveURL('/profile');
  await expect(new ShellPage(page).heading).toHaveText('My settings');
});

test('a wrong password says so in place and keeps what was typed', async ({ page, tenant, watch }) => {
  watch.declare(answered(401));
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn({ ...tenant.admin, password: 'not the one at all' });
  await expect(signIn.problem).toBeVisible();
  await expect(signIn.email).toHaveValue(tenant.admin.email);
  await expect(signIn.password).toHaveValue('not the one at all');
  await signIn.password.fill(tenant.admin.password);
  await signIn.submit.click();
  await expect(new ShellPage(page).heading).toContainText(tenant.admin.name);
});

test('somebody unknown hears the same as somebody with a wrong password', async ({ page, tenant, watch }) => {
  watch.declare(answered(401));
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.signIn({ ...tenant.admin, password: 'not the one at all' });
  const known = await signIn.problem.innerText();
  await signIn.signIn(newPerson('Nobody Known'));
  await expect(signIn.problem).toHaveText(known);
});

test('signing out ends the session for every tab', async ({ page, context, admin }) => {
  const shell = new ShellPage(page);
  await page.goto('/');
  await expect(shell.heading).toContainText(admin.name);
  const second = await context.newPage();
  await second.goto('/profile');
  await expect(new ShellPage(second).heading).toHaveText('My settings');
  await shell.signOut.click();
  await expect(new SignInPage(page).submit).toBeVisible();
  await expect(new SignInPage(second).submit).toBeVisible();
});

test('somebody disabled in mid-work is told that they were signed out and why, and at the next try too', async ({ admin, openAs, watch }) => {
  watch.declare(answered(401), answered(409));
  const { person, page } = await openAs(['end_user']);
  const signIn = new SignInPage(page);
  await page.goto('/profile');
  await expect(new ShellPage(page).heading).toHaveText('My settings');
  const { version } = await admin.api.call('users.read', { params: { id: person.id } });
  await admin.api.call('users.update', { params: { id: person.id }, if_match: version, body: { status: 'disabled' } });
  // The server forgets a person within a second.
  await expect.poll(async () => (await page.request.get('/api/v1/auth/me')).status()).toBe(401);
  await new ShellPage(page).place('Overview').click();
  await expect(signIn.ended).toHaveText(/account was disabled/);
  await signIn.signIn(person);
  await expect(signIn.problem).toHaveText(/Your account is disabled/);
  await expect(signIn.email).toHaveValue(person.email);
});

test('nobody is told of a session’s end who left, or was never here', async ({ page, admin }) => {
  const signIn = new SignInPage(page);
  await page.goto('/');
  await expect(new ShellPage(page).heading).toContainText(admin.name);
  await new ShellPage(page).signOut.click();
  await expect(signIn.submit).toBeVisible();
  await expect(signIn.ended).toHaveCount(0);
  await page.reload();
  await expect(signIn.submit).toBeVisible();
  await expect(signIn.ended).toHaveCount(0);
});

test('where a platform has many workspaces, a refusal offers to name one', async ({ page, tenant, founder, playwright, run, watch }) => {
  watch.declare(answered(401));
  const signIn = new SignInPage(page);
  // With the platform's own and this test's: more than the four that one sign-in tries.
  for (let more = 0; more < 3; more += 1) await (await foundTenant(founder, playwright.request, run.url, 'en-US')).admin.request.dispose();
  await signIn.open();
  await expect(signIn.submit).toBeVisible();
  await expect(signIn.workspace).toHaveCount(0);
  await signIn.signIn({ ...tenant.admin, password: 'not the one at all' });
  await signIn.workspace.fill(tenant.workspace);
  await expect(signIn.email).toHaveValue(tenant.admin.email);
  await signIn.password.fill(tenant.admin.password);
  await signIn.submit.click();
  await expect(new ShellPage(page).heading).toContainText(tenant.admin.name);
});
