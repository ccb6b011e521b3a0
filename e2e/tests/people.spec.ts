import { newPerson } from '../data/people.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { InvitationPage } from '../pages/invitation-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { UsersPage } from '../pages/users-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

// security.md says a second. What is held here: long before the answer (a minute) or the session would end by itself.
const OUT_MS = 15_000;

test('somebody added accepts by the link, signs in, and sees only what a member may', async ({ page, admin: _signedIn, openBrowser, tenant }) => {
  const person = newPerson('Mia Member');
  const users = new UsersPage(page);
  await page.goto('/users');
  await users.add(person.name, person.email);
  const link = await users.link.inputValue();
  const theirs = await openBrowser();
  await theirs.goto(link);
  await expect(new InvitationPage(theirs).heading).toHaveText(`Join ${tenant.name}`);
  await new InvitationPage(theirs).accept(person.password);
  const shell = new ShellPage(theirs);
  await expect(shell.heading).toContainText(person.name);
  await expect(shell.navigation.getByRole('link')).toHaveText(['Overview', 'Chat', 'API keys']);
  for (const path of ['/users', '/suppliers', '/settings', '/tenants']) {
    await theirs.goto(path);
    await expect(theirs.getByText('You may not open this page')).toBeVisible();
  }
  await shell.signOut.click();
  await new SignInPage(theirs).signIn(person);
  await expect(theirs.getByRole('link', { name: person.email })).toBeVisible();
});

test('a link that was used opens nothing a second time', async ({ page, admin, playwright, run, watch }) => {
  watch.declare(answered(401), answered(404));
  const { name, email } = newPerson('Mia Member');
  const { invitation } = await admin.api.call('users.create', { body: { name, email } });
  const request = await playwright.request.newContext();
  const token = new URL(invitation.url).pathname.split('/').at(-1) ?? '';
  const answer = await request.post(`${run.url}/api/v1/auth/invitations/${token}`, { data: { password: 'a long enough sentence' }, headers: { origin: run.url } });
  expect(answer.status()).toBe(200);
  await request.dispose();
  await page.goto(invitation.url);
  await expect(new InvitationPage(page).heading).toHaveText('This link no longer works');
});

test('an admin signs somebody out everywhere, who is told so and may come in again', async ({ page, admin: _signedIn, openAs, watch }) => {
  watch.declare(answered(401));
  const { person, page: theirs } = await openAs(['end_user']);
  await theirs.goto('/chat');
  await expect(new ShellPage(theirs).heading).toBeVisible();
  await page.goto(`/users?peek=${person.id}`);
  const peek = page.getByRole('dialog').filter({ hasText: person.email });
  await expect(peek).toContainText('1 device or script');
  await peek.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('alertdialog', { name: `Sign ${person.name} out everywhere?` }).getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(peek).not.toContainText('1 device or script');
  await new ShellPage(theirs).place('Overview').click();
  const signIn = new SignInPage(theirs);
  await expect(signIn.ended).toBeVisible({ timeout: OUT_MS });
  await signIn.signIn(person);
  await expect(new ShellPage(theirs).heading).toContainText(person.name);
});

test('somebody disabled is out long before their answer or their session would end, in the middle of an answer too', async ({ page, admin: _signedIn, openAs, watch }) => {
  watch.declare(answered(401), answered(409));
  const { person, page: theirs } = await openAs(['end_user']);
  const chat = new ChatPage(theirs);
  await chat.open();
  await chat.ask('demo:slow tell me');
  await expect(chat.answers).toContainText(/(\w+\s){2}/);
  await page.goto('/users');
  await new UsersPage(page).disable(person.name);
  await expect(new UsersPage(page).row(person.email)).toContainText('Disabled');
  await expect(new SignInPage(theirs).submit).toBeVisible({ timeout: OUT_MS });
  await new SignInPage(theirs).signIn(person);
  await expect(new SignInPage(theirs).problem).toBeVisible();
});
