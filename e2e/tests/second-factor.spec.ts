import { expectNoBarrier } from '../barriers.ts';
import { addPerson } from '../data/found-tenant.ts';
import { readCode } from '../data/totp.ts';
import { ProfilePage } from '../pages/profile-page.ts';
import { SecondFactorPage } from '../pages/second-factor-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { SignInPage } from '../pages/sign-in-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('an authenticator app is set up, asked for at the next sign-in, and a recovery code takes its place once', async ({ page, admin, watch }) => {
  watch.declare(answered(401));
  const [profile, factor, shell, signIn] = [new ProfilePage(page), new SecondFactorPage(page), new ShellPage(page), new SignInPage(page)];
  await profile.open();
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  await expectNoBarrier(page, 'setting up the app');
  const secret = await factor.confirmApp();
  await expect(factor.codes).toHaveCount(10);
  await expectNoBarrier(page, 'recovery codes');
  const [first = ''] = await factor.keepCodes();
  await expect(page.getByText('10 left')).toBeVisible();

  await shell.signOut.click();
  await signIn.signIn(admin);
  await expect(factor.code).toBeFocused();
  await expectNoBarrier(page, 'the second step');
  await factor.code.fill('000000');
  await expect(signIn.problem).toBeVisible();
  await expect(factor.code).toHaveValue('000000');
  // The code of now confirmed the app, and each works once.
  await factor.code.fill(readCode(secret, 1));
  await expect(shell.heading).toContainText(admin.name);

  await shell.signOut.click();
  await signIn.signIn(admin);
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(first.toUpperCase());
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(shell.heading).toContainText(admin.name);
  await page.goto('/profile');
  await expect(page.getByText('9 left')).toBeVisible();
});

test('a passkey is registered under the device’s name, signs in alone by the field’s list or the button, and is renamed and removed by name', async ({ page, admin }) => {
  const [profile, factor, shell] = [new ProfilePage(page), new SecondFactorPage(page), new ShellPage(page)];
  await factor.addDevice();
  await profile.open();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('textbox', { name: 'Name', exact: true }).last()).toHaveValue(/Chrome on Linux/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await factor.keepCodes();
  await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toContainText('Chrome on Linux');

  // The device agrees to whatever is asked, so the offer in the e-mail field's list is taken as soon as it is made.
  await shell.signOut.click();
  await expect(shell.heading).toContainText(admin.name);

  await factor.offerNothingInFields();
  await profile.open();
  await shell.signOut.click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(shell.heading).toContainText(admin.name);

  await profile.open();
  await page.getByRole('button', { name: 'Rename Chrome on Linux' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Work laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove Work laptop' }).click();
  await page.getByRole('alertdialog', { name: 'Remove Work laptop?' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('list', { name: 'Passkeys' })).toHaveCount(0);
});

test('the platform stays closed to an operator until they have a second factor, and opens at once', async ({ page, context, founder, playwright, run }) => {
  const person = await addPerson(founder, playwright.request, run.url, ['super_admin'], 'en-US', { enrolled: false });
  await context.addCookies((await person.request.storageState()).cookies);
  const [factor, shell] = [new SecondFactorPage(page), new ShellPage(page)];
  await page.goto('/tenants');
  await expect(shell.heading).toHaveText('Set up a second factor to open this page');
  await expect(page.getByText('stay closed until you set up a second factor')).toBeVisible();
  await expectNoBarrier(page, 'closed to an operator');
  await page.getByRole('main').getByRole('link', { name: 'Set up a second factor' }).click();
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await factor.confirmApp();
  await factor.keepCodes();
  await shell.place('Tenants').click();
  await expect(shell.heading).toHaveText('Tenants');
  await person.request.dispose();
});

test('a tenant demands it of everybody: whoever has none sets it up first and then is where they were going; an admin takes it back with a reason', async ({ page, admin, openAs }) => {
  const factor = new SecondFactorPage(page);
  const { person, page: theirs } = await openAs(['end_user']);
  await page.goto('/profile');
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await factor.confirmApp();
  await factor.keepCodes();
  await page.goto('/settings');
  await page.getByRole('group', { name: 'Who must have one' }).getByLabel('Everybody', { exact: true }).check();
  await expect(page.getByText('1 person has none now')).toBeVisible();
  await expectNoBarrier(page, 'tenant settings');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();

  const mine = new SecondFactorPage(theirs);
  await theirs.goto('/chat');
  await expect(theirs.getByRole('heading', { name: 'Set up a second factor first' })).toBeVisible();
  await expectNoBarrier(theirs, 'before anything else');
  await theirs.getByRole('button', { name: /^Authenticator app/ }).click();
  await mine.confirmApp();
  await mine.keepCodes();
  await expect(theirs).toHaveURL('/chat');
  await expect(new ShellPage(theirs).heading).toBeVisible();

  await page.goto(`/users?peek=${person.id}`);
  await page.getByRole('dialog').getByRole('button', { name: 'Reset second factors' }).click();
  const question = page.getByRole('alertdialog', { name: `Reset the second factors of ${person.name}?` });
  await question.getByLabel('Reason').fill('lost the phone');
  await expectNoBarrier(page, 'resetting');
  await question.getByRole('button', { name: 'Reset' }).click();
  await expect(question).toHaveCount(0);
  const { items } = await admin.api.call('audit.list', { query: { action: 'users.second_factors_reset' } });
  expect(items).toMatchObject([{ resource_id: person.id, details: { reason: 'lost the phone' } }]);
});
