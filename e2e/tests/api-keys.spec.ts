import { expectNoBarrier } from '../barriers.ts';
import { chooseByKeyboard, pressByKeyboard, tabTo } from '../keyboard.ts';
import { ApiKeysPage } from '../pages/api-keys-page.ts';
import { expect, test, type Page } from '../test.ts';

/** What a program with a key gets: its status, and what it was told. */
async function callWith(url: string, key: string, path = '/api/v1/auth/me') {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}`, 'accept-language': 'en-US' } });
  const body = (await response.json()) as { data?: { email: string; permissions: string[] }; error?: { message: string } };
  return { status: response.status, ...body };
}

/** All that a page keeps, where a key must not be. */
const readKept = (page: Page) => page.evaluate(() => JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }, location.href, history.state]));

test('a member makes a key, a program uses it, and it is rotated and revoked', async ({ openAs, run }) => {
  const { person, page } = await openAs(['end_user']);
  const keys = new ApiKeysPage(page);
  await page.goto('/api-keys');
  await expect(page.getByText('No keys yet')).toBeVisible();
  const first = await keys.make('Nightly script');
  expect(first).toMatch(/^lyss_[A-Za-z0-9_-]{43}$/);
  expect(await callWith(run.url, first)).toMatchObject({ status: 200, data: { email: person.email, permissions: ['gateway.use', 'chat.use'] } });
  expect((await callWith(run.url, first, '/api/v1/api-keys')).status).toBe(403);
  await expect(keys.row('Nightly script')).toContainText(first.slice(-4));
  const second = await keys.rotate('Nightly script', '24 hours');
  await expect(keys.row('Nightly script')).toContainText('Old key still works');
  expect((await callWith(run.url, first)).status).toBe(200);
  const third = await keys.rotate('Nightly script', 'Ends at once');
  await expect.poll(async () => (await callWith(run.url, second)).status).toBe(401);
  expect((await callWith(run.url, third)).status).toBe(200);
  await keys.revoke('Nightly script');
  await expect(keys.row('Nightly script')).toContainText('Revoked');
  await expect.poll(async () => callWith(run.url, third)).toMatchObject({ status: 401, error: { message: 'This API key was revoked.' } });
  const kept = await readKept(page);
  for (const key of [first, second, third]) expect(kept).not.toContain(key.slice('lyss_'.length));
});

test('a key for another network is refused here; it is made and revoked by keyboard alone', async ({ admin, page, run }) => {
  expect(admin.email).toContain('@');
  const keys = new ApiKeysPage(page);
  await page.goto('/api-keys');
  await expect(page.getByText('No keys yet')).toBeVisible();
  await pressByKeyboard(page, page.getByRole('button', { name: 'Make a key' }).first());
  const form = page.getByRole('dialog', { name: 'Make an API key' });
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Elsewhere');
  await tabTo(page, form.getByRole('textbox', { name: 'Allowed networks' }));
  await page.keyboard.type('203.0.113.0/24\n2001:db8::/32');
  await pressByKeyboard(page, form.getByRole('button', { name: 'Make and show the key' }));
  await expect(keys.shownKey).toBeFocused();
  const key = await keys.shownKey.inputValue();
  await expectNoBarrier(page, 'the shown key');
  await pressByKeyboard(page, page.getByRole('button', { name: 'I have saved it' }));
  expect(await callWith(run.url, key)).toMatchObject({ status: 403, error: { message: 'This API key may not be used from this network.' } });
  await chooseByKeyboard(page, 'Elsewhere', 'Revoke');
  await expect(page.getByRole('alertdialog').getByRole('textbox', { name: 'Type “Elsewhere” to confirm' })).toBeFocused();
  await page.keyboard.type('Elsewhere');
  await page.keyboard.press('Enter');
  await expect(keys.row('Elsewhere')).toContainText('Revoked');
});

test('an admin sees everybody’s keys and revokes one, with a reason', async ({ admin, page, openAs, run }) => {
  const { person, page: theirs } = await openAs(['end_user']);
  await theirs.goto('/api-keys');
  const key = await new ApiKeysPage(theirs).make('Lost laptop');
  await expect(new ApiKeysPage(theirs).everybodys).toHaveCount(0);
  const keys = new ApiKeysPage(page);
  await page.goto('/api-keys');
  await keys.everybodys.click();
  await expect(keys.row('Lost laptop')).toContainText(person.name);
  await keys.revoke('Lost laptop', 'The laptop was stolen');
  await expect(keys.row('Lost laptop')).toContainText('Revoked');
  await expect.poll(async () => (await callWith(run.url, key)).status).toBe(401);
  const { items } = await admin.api.call('audit.list', { query: { action: 'api_keys.revoked' } });
  expect(items[0]?.details).toMatchObject({ reason: 'The laptop was stolen' });
});
