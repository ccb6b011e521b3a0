import { expectNoBarrier } from '../barriers.ts';
import { foundTenant } from '../data/found-tenant.ts';
import { expect, test } from '../test.ts';

test('a tenant is exported to a file, and the file makes the same tenant of an empty one', async ({ admin, context, founder, page, playwright, run, tenant }) => {
  const model = (await admin.api.call('models.list')).items.find(({ demo }) => demo)?.name ?? '';
  const { id } = await admin.api.call('chat.createConversation', { body: { title: 'Plans <b>for</b> spring', model } });
  await admin.api.ask(id, 'demo:echo', model);
  await admin.api.call('users.create', { body: { email: 'moved@example.com', name: 'Mo Moved', roles: ['end_user'] } });

  // Made while the page opens and the archive is made.
  const founding = foundTenant(founder, playwright.request, run.url, 'en-US');
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Make an export' }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^Download lyss-/ }).click()]);
  expect(saved.suggestedFilename()).toMatch(/^lyss-.+\.tar\.gz$/);
  const file = await saved.path();
  await expect(page.getByText('This tenant holds something already')).toBeVisible();

  const other = await founding;
  const { cookies } = await other.admin.request.storageState();
  await context.clearCookies();
  await context.addCookies(cookies);
  await page.goto('/settings');
  await page.getByLabel('Export file').setInputFiles({ name: 'not-one.tar.gz', mimeType: 'application/gzip', buffer: Buffer.from('no archive') });
  await expect(page.getByText('This is no export of a tenant')).toBeVisible();
  await page.getByRole('button', { name: 'Clear not-one.tar.gz' }).click();
  await page.getByLabel('Export file').setInputFiles(file);
  await expect(page.getByText(`From “${tenant.name}”`)).toBeVisible();
  await expect(page.getByText('2 people come as invited')).toBeVisible();
  await expectNoBarrier(page, 'what an import would bring');
  await page.getByRole('button', { name: 'Bring it into this tenant' }).click();
  await expect(page.getByText('Brought in', { exact: true })).toBeVisible();
  const places = page.getByRole('navigation').first();
  await places.getByRole('link', { name: 'Users', exact: true }).click();
  await expect(page.getByRole('row', { name: /Mo Moved/ })).toContainText('Invitation expired');
  await places.getByRole('link', { name: 'Audit', exact: true }).click();
  await expect(page.getByText('Tenant imported')).toBeVisible();
  await other.admin.request.dispose();
});
