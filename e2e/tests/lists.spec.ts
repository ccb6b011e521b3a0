import { newPerson } from '../data/people.ts';
import { UsersPage } from '../pages/users-page.ts';
import { expect, test } from '../test.ts';

test('columns that were switched off are off on the next device too', async ({ page, admin, tenant, openBrowser }) => {
  await page.goto('/users');
  const head = page.getByRole('columnheader', { name: 'Last seen' });
  await expect(head).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Last seen' }).click();
  await expect(head).toBeHidden();
  await expect.poll(async () => (await admin.api.call('auth.me')).preferences.columns).toEqual({ 'users-off': ['last_seen_at'] });
  const there = await openBrowser();
  await there.goto('/users');
  await there.getByRole('textbox', { name: 'E-mail' }).fill(tenant.admin.email);
  await there.getByLabel('Password', { exact: true }).fill(tenant.admin.password);
  await there.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(there.getByRole('columnheader', { name: 'Status' })).toBeVisible();
  await expect(there.getByRole('columnheader', { name: 'Last seen' })).toBeHidden();
});

test('several people are disabled at once, and oneself can’t be among them', async ({ page, admin }) => {
  const people = ['Mia Member', 'Max Member'].map(newPerson);
  for (const { name, email } of people) await admin.api.call('users.create', { body: { name, email } });
  const users = new UsersPage(page);
  await page.goto('/users');
  await page.getByRole('checkbox', { name: 'Select all on this page' }).click();
  await expect(page.getByRole('checkbox', { name: `Select ${admin.name}` })).toBeDisabled();
  await page.getByRole('group', { name: '2 selected' }).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('alertdialog', { name: 'Disable 2 people?' }).getByRole('button', { name: 'Disable 2' }).click();
  for (const { email } of people) await expect(users.row(email)).toContainText('Disabled');
  await expect(users.row(admin.email)).toContainText('Active');
  await expect(page.getByRole('group', { name: /selected/ })).toBeHidden();
});

test('a list that was read stays while the network is gone, and says so', async ({ page, admin, context, watch }) => {
  watch.declare(/ERR_INTERNET_DISCONNECTED/);
  await page.goto('/users');
  await expect(new UsersPage(page).row(admin.email)).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('You are offline; work goes on when the network is back')).toBeVisible();
  await expect(new UsersPage(page).row(admin.email)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('You are offline; work goes on when the network is back')).toBeHidden();
});

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 800, height: 700 } });

  test('a name stays readable, a row’s menu in sight, and no row moves when it is chosen', async ({ page, admin, addSupplier, openAs }) => {
    expect(admin.email).toContain('@');
    const { name } = await addSupplier();
    await page.goto('/suppliers');
    const title = page.getByRole('cell').filter({ has: page.getByRole('button', { name, exact: true }) });
    const menu = page.getByRole('button', { name: `Actions for ${name}` });
    expect((await title.boundingBox())?.width).toBeGreaterThanOrEqual(200);
    await menu.press('Enter');
    await expect(page.getByRole('menu')).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
    await expect(menu).toBeFocused();
    for (const part of [title.getByRole('button', { name, exact: true }), menu]) await expect(part).toBeInViewport({ ratio: 1 });
    const { person } = await openAs(['end_user']);
    await page.goto('/users');
    const row = new UsersPage(page).row(person.email);
    await expect(row).toBeVisible();
    const before = await row.boundingBox();
    await row.getByRole('checkbox').click();
    await expect(page.getByRole('button', { name: 'Disable' })).toBeVisible();
    expect(await row.boundingBox()).toEqual(before);
  });
});
