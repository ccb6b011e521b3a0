import { readFileSync } from 'node:fs';
import { pressByKeyboard } from '../keyboard.ts';
import { AuditPage } from '../pages/audit-page.ts';
import { expect, test } from '../test.ts';

test('an admin finds a change, sees what it was and what it became, and everything that hangs together with it', async ({ page, admin }) => {
  await admin.api.call('tenants.updateOwn', { body: { name: 'Harbour Works', currency: 'EUR' } });
  const audit = new AuditPage(page);
  await page.goto('/audit');
  await audit.filter('Area', 'Tenants');
  await audit.filter('Action', 'Tenant’s settings changed');
  await expect(page).toHaveURL(/action=tenants\.settings_changed/);
  await expect(audit.rows).toHaveCount(1);
  await audit.rows.first().getByRole('button').click();
  await expect(audit.peek.getByRole('row', { name: /^name .* Harbour Works$/ })).toBeVisible();
  await expect(audit.peek.getByRole('row', { name: /^currency .*EUR$/ })).toBeVisible();
  // What was open is open again, with its filters.
  await page.reload();
  await expect(audit.peek.getByRole('heading', { name: 'Tenant’s settings changed' })).toBeVisible();
  await audit.peek.getByRole('link', { name: 'Everything of this request' }).click();
  await expect(page).toHaveURL(/request_id=/);
  await expect(page).not.toHaveURL(/action=/);
  await expect(audit.rows).toHaveCount(1);
});

test('by keyboard alone the trail is read entry by entry, and the focus is back where it was', async ({ page, admin }) => {
  for (const currency of ['EUR', 'USD']) await admin.api.call('tenants.updateOwn', { body: { currency } });
  const audit = new AuditPage(page);
  await page.goto('/audit?action=tenants.settings_changed');
  await expect(audit.rows).toHaveCount(2);
  const first = audit.rows.first().getByRole('button');
  await pressByKeyboard(page, first);
  const became = (currency: string) => audit.peek.getByRole('row', { name: new RegExp(`^currency .*${currency}$`) });
  await expect(became('USD')).toBeVisible();
  await expect(audit.peek).toBeFocused();
  await page.keyboard.press('j');
  await expect(became('EUR')).toBeVisible();
  await page.keyboard.press('k');
  await expect(became('USD')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(audit.peek).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('an admin proves the chain, notes its head, and is told when somebody’s head does not fit', async ({ page, admin: _signedIn }) => {
  const audit = new AuditPage(page);
  await page.goto('/audit');
  await audit.show('Verify');
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
  const head = (await page.getByText(/^\d+ [0-9a-f]{64}$/).textContent()) ?? '';
  const noted = page.getByRole('textbox', { name: 'A head noted earlier' });
  await noted.fill(head);
  await page.getByRole('button', { name: 'Verify again' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
  await noted.fill(`1 ${'0'.repeat(64)}`);
  await page.getByRole('button', { name: 'Verify again' }).click();
  await expect(page.getByRole('heading', { name: '1 fault found' })).toBeVisible();
  await expect(page.getByText('somebody changed it in the database')).toBeVisible();
  await noted.fill('nonsense');
  await page.getByRole('button', { name: 'Verify again' }).click();
  await expect(page.getByText('A number, a space and a hash of 64 hexadecimal digits')).toBeVisible();
});

test('an admin takes the filtered trail along as a file, and that stands in the trail', async ({ page, admin }) => {
  const audit = new AuditPage(page);
  await page.goto('/audit?action=users');
  await audit.show('Export');
  await expect(page.getByText('Only the entries that are filtered now')).toBeVisible();
  await page.getByRole('radio', { name: /^JSONL/ }).check();
  await page.getByRole('button', { name: 'Make file' }).click();
  await expect(page.getByText('Ready')).toBeVisible();
  const saved = await audit.download();
  expect(saved.suggestedFilename()).toMatch(/^lyss-audit-\d{4}-\d\d-\d\d\.jsonl$/);
  const lines = readFileSync(await saved.path(), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { action: string; actor: { user_id: string } | null });
  expect(lines.length).toBeGreaterThan(0);
  for (const { action } of lines) expect(action).toMatch(/^users\./);
  const { items } = await admin.api.call('audit.list', { query: { action: 'audit.exported' } });
  expect(items).toHaveLength(1);
  await page.getByRole('button', { name: /^Remove / }).click();
  await expect(page.getByText('No exports in the last 24 hours.')).toBeVisible();
});

test('a person’s own trail is one step from their page', async ({ page, admin: _signedIn, openAs }) => {
  const { person } = await openAs(['end_user']);
  await page.goto(`/users?peek=${person.id}`);
  await page.getByRole('dialog').getByRole('link', { name: 'What this person did' }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?.*actor_user_id=${person.id}`));
  await expect(new AuditPage(page).rows.first()).toBeVisible();
});
