import { newPerson } from '../data/people.ts';
import { ProfilePage } from '../pages/profile-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { UsersPage } from '../pages/users-page.ts';
import { InvitationPage } from '../pages/invitation-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

const NEW = 'another quiet sentence of mine';

test('somebody who forgot their password gets a letter, chooses another, and signs in with it', async ({ page, openAs, findLetterLink, watch }) => {
  watch.declare(answered(401));
  const { person, page: theirs } = await openAs(['end_user']);
  await theirs.goto('/profile');
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.email.fill(person.email);
  await signIn.forgotten.click();
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible();
  await expect(page).toHaveURL(/\/forgotten-password$/);
  // What was typed came along.
  await expect(signIn.email).toHaveValue(person.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`If ${person.email} has an account`)).toBeVisible();
  const link = await findLetterLink(person.email, /\/password-reset\//);
  await page.goto(link);
  await page.getByLabel('New password').fill('too short');
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await expect(page.getByText('A password needs at least 15 characters')).toBeVisible();
  await page.getByLabel('New password').fill(NEW);
  await page.getByRole('button', { name: 'Save the new password' }).click();
  await expect(page.getByRole('heading', { name: 'The new password is saved' })).toBeVisible();
  await page.getByRole('button', { name: 'Go to sign-in' }).click();
  await signIn.signIn({ email: person.email, password: NEW });
  await expect(new ShellPage(page).heading).toContainText(person.name);
  // Where they were signed in before, they are not any more, and are told why.
  await new ShellPage(theirs).place('Overview').click();
  await expect(new SignInPage(theirs).ended).toHaveText(/password was changed/);
  await theirs.goto(link);
  await expect(theirs.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('an address that nobody has is answered the same', async ({ page }) => {
  const { email } = newPerson('Nobody Known');
  await page.goto('/forgotten-password');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`If ${email} has an account`)).toBeVisible();
});

test('a password changed in one browser signs the other out, which says why', async ({ admin, openAs, openBrowser, watch, page }) => {
  watch.declare(answered(401));
  const { person, page: theirs } = await openAs(['end_user']);
  const second = await openBrowser();
  await second.goto('/sign-in');
  await new SignInPage(second).signIn(person);
  await expect(new ShellPage(second).heading).toContainText(person.name);
  const profile = new ProfilePage(theirs);
  await profile.open();
  await profile.changePassword('not my password at all', NEW);
  await expect(theirs.getByText('This is not your current password.')).toBeVisible();
  await profile.changePassword(person.password, NEW);
  await expect(theirs.getByText('Password changed; other devices are signed out')).toBeVisible();
  await new ShellPage(second).place('Chat').click();
  await expect(new SignInPage(second).ended).toHaveText(/password was changed/);
  await new SignInPage(second).signIn({ ...person, password: NEW });
  await expect(new SignInPage(second).submit).toHaveCount(0);
  // The one that changed it goes on, over a reload too.
  await theirs.reload();
  await expect(new ShellPage(theirs).heading).toHaveText('My settings');
  await page.goto('/');
  await expect(new ShellPage(page).heading).toContainText(admin.name);
});

test('an invitation comes by letter, and the list says that it left', async ({ page, admin: _signedIn, findLetterLink, openBrowser }) => {
  const person = newPerson('Mia Member');
  const users = new UsersPage(page);
  await page.goto('/users');
  await users.add(person.name, person.email);
  await expect(page.getByText('A letter brings it too.', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  const link = await findLetterLink(person.email, /\/invitation\//);
  await users.row(person.name).getByRole('link', { name: person.name }).or(users.row(person.name).getByRole('button', { name: person.name, exact: true })).first().click();
  await expect(page.getByRole('dialog', { name: person.name })).toContainText('Letter sent');
  const theirs = await openBrowser();
  await theirs.goto(link);
  await new InvitationPage(theirs).accept(person.password);
  await expect(new ShellPage(theirs).heading).toContainText(person.name);
});
