import { expectNoBarrier } from '../barriers.ts';
import { newPerson } from '../data/people.ts';
import { pressByKeyboard } from '../keyboard.ts';
import { InvitationPage } from '../pages/invitation-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { UsersPage } from '../pages/users-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

test('an admin pastes a list, sees which line is wrong, invites the others, takes one back, and somebody accepts by their letter', async ({ page, admin, openBrowser, findLetterLink }) => {
  const [ina, tom] = [newPerson('Ina Vited'), newPerson('Tom Taken')];
  await page.goto('/users');
  await page.getByRole('button', { name: 'Invite several' }).click();
  const drawer = page.getByRole('dialog', { name: 'Invite several people' });
  await drawer.getByRole('textbox', { name: 'Addresses' }).fill(`Name;E-mail\n${ina.name};${ina.email}\n"${tom.name}";${tom.email}\nNobody;nobody at home\nMe;${admin.email}`);
  await drawer.getByRole('button', { name: 'Check the list' }).click();
  await expect(drawer.getByRole('listitem').filter({ hasText: 'Line 4' })).toContainText('Not an e-mail address');
  await expect(drawer.getByRole('listitem').filter({ hasText: 'Line 5' })).toContainText('Already in this tenant');
  await expectNoBarrier(page, 'a list with faults');
  await drawer.getByRole('button', { name: 'Invite 2 people' }).click();
  await expect(drawer.getByRole('status').filter({ hasText: '2 people are invited' })).toBeVisible();
  await drawer.getByRole('button', { name: 'Done' }).click();
  const users = new UsersPage(page);
  await expect(users.row(ina.email)).toContainText('Letter sent');
  await page.getByRole('button', { name: `Actions for ${tom.name}` }).click();
  await page.getByRole('menuitem', { name: 'Take invitation back' }).click();
  const question = page.getByRole('alertdialog', { name: `Take back the invitation of ${tom.name}?` });
  await question.getByRole('button', { name: 'Take back' }).click();
  await expect(users.row(tom.email)).toHaveCount(0);
  const link = await findLetterLink(ina.email, /\/invitation\//);
  const theirs = await openBrowser();
  await theirs.goto(link);
  await new InvitationPage(theirs).accept(ina.password);
  await expect(new ShellPage(theirs).heading).toContainText(ina.name);
});

test('a list’s file is read, then checked and sent by keyboard; an invitation sent again has a new link, and the old one is dead', async ({ page, admin: _signedIn, openBrowser, watch }) => {
  watch.declare(answered(401));
  const ina = newPerson('Ina Vited');
  await page.goto('/users?peek=invite');
  const drawer = page.getByRole('dialog', { name: 'Invite several people' });
  // The system's own window that chooses a file is nobody's page.
  await drawer.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`\u{feff}E-mail,Name\r\n${ina.email},"${ina.name}"\r\nnobody at home,Nobody\r\n`) });
  await expect(drawer.getByText('2 people read')).toBeVisible();
  await pressByKeyboard(page, drawer.getByRole('button', { name: 'Check the list' }));
  await expect(drawer.getByRole('listitem').filter({ hasText: 'Line 3' })).toContainText('Not an e-mail address');
  await pressByKeyboard(page, drawer.getByRole('button', { name: 'Back to the list' }));
  await expect(drawer.getByRole('textbox', { name: 'Addresses' })).toHaveValue(new RegExp(ina.email));
  await pressByKeyboard(page, drawer.getByRole('button', { name: 'Check the list' }));
  await pressByKeyboard(page, drawer.getByRole('button', { name: 'Invite 1 person' }));
  await pressByKeyboard(page, drawer.getByRole('button', { name: 'Done' }));
  const row = new UsersPage(page).row(ina.email);
  const again = async () => {
    await row.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Send invitation again' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Send again' }).click();
    const link = await new UsersPage(page).link.inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    return link;
  };
  const [first, second] = [await again(), await again()];
  const theirs = await openBrowser();
  await theirs.goto(first);
  await expect(new InvitationPage(theirs).heading).toHaveText('This link no longer works');
  await theirs.goto(second);
  await new InvitationPage(theirs).accept(ina.password);
  await expect(new ShellPage(theirs).heading).toContainText(ina.name);
});
