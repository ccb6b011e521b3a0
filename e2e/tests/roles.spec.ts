import { RolesPage } from '../pages/roles-page.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { UsersPage } from '../pages/users-page.ts';
import { expect, test } from '../test.ts';
import { answered } from '../watch.ts';

// security.md says a second. What is held here: long before a token would end by itself.
const FELT_MS = 15_000;

test('an admin makes a role and gives it to a member, who sees exactly those pages; once it is narrowed, they are told so at their next step', async ({ page, admin, openAs, watch }) => {
  watch.declare(answered(401), answered(403));
  const { person, page: theirs } = await openAs(['end_user']);
  const roles = new RolesPage(page);
  await page.goto('/roles');
  await roles.add('Buyer', ['See suppliers', 'See users']);
  await expect(page.getByRole('dialog', { name: 'Buyer' })).toContainText('See which suppliers and models are connected');
  await page.goto('/users');
  await new UsersPage(page).replaceRoles(person.name, { from: 'Member', to: 'Buyer' });
  await expect(new UsersPage(page).row(person.email)).toContainText('Buyer');
  await page.goto(`/users?peek=${person.id}`);
  await expect(page.getByRole('dialog').getByRole('list', { name: 'Suppliers' }).getByRole('listitem').filter({ hasText: 'See suppliers' })).toContainText('by Buyer');
  await theirs.goto('/');
  const shell = new ShellPage(theirs);
  await expect(shell.navigation.getByRole('link')).toHaveText(['Overview', 'Suppliers', 'Users']);
  await theirs.goto('/chat');
  await expect(theirs.getByText('You may not open this page')).toBeVisible();
  await shell.place('Users').click();
  await expect(new UsersPage(theirs).row(admin.email)).toBeVisible();
  await page.goto('/roles?tab=matrix');
  await roles.cell('Buyer', 'See users').focus();
  await page.keyboard.press('Space');
  await expect(roles.unsaved).toContainText('Takes away: See users');
  await roles.save.click();
  await expect(roles.unsaved).toBeHidden();
  await theirs.getByRole('button', { name: 'Refresh' }).click();
  await expect(theirs.getByText('You may not open this page')).toBeVisible({ timeout: FELT_MS });
  await expect(shell.navigation.getByRole('link')).toHaveText(['Overview', 'Suppliers']);
});

test('the matrix is walked by keyboard, says why what is locked is locked, and gives the focus back after a row’s menu', async ({ page, admin }) => {
  await admin.api.call('roles.create', { body: { name: 'Auditor', permissions: ['audit.read'] } });
  const roles = new RolesPage(page);
  await page.goto('/roles?tab=matrix');
  await roles.cell('Auditor', 'See all tenants').focus();
  await expect(page.getByRole('status').filter({ hasText: 'This is the platform’s own' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(roles.cell('Auditor', 'See all tenants')).not.toBeChecked();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await expect(page.getByRole('link', { name: /^Who has it/ }).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/users\?permission=/);
  await page.goto('/roles');
  const menu = page.getByRole('button', { name: 'Actions for Auditor' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(menu).toBeFocused();
});
