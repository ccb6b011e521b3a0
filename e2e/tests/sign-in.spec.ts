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
