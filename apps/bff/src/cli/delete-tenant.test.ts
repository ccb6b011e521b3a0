import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { cancelTenantDeletion, deleteTenant } from './delete-tenant.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'Acme Labs', workspace: 'acme', admin: { email: 'a@example.com', name: 'A' } } });
});
afterAll(() => app.close());

async function run(work: typeof deleteTenant, given: object): Promise<[number, string]> {
  const said: string[] = [];
  return [await work({ app_url: app.database.app_url }, given, (line) => void said.push(line)), said.join('\n')];
}

it('shuts a tenant whose name was given, and takes it back', async () => {
  expect(await run(deleteTenant, { workspace: 'acme', name: 'Acme' })).toEqual([64, expect.stringContaining('reason')]);
  expect(await run(deleteTenant, { workspace: 'acme', name: 'Acme', reason: 'Closed' })).toEqual([1, expect.stringContaining('not the tenant’s name')]);
  expect(await run(deleteTenant, { workspace: 'acme', name: 'Acme Labs', reason: 'Closed' })).toEqual([0, expect.stringContaining('erased after')]);
  const listed = await app.call('GET', '/api/v1/admin/tenants?state=deleting', { as: app.owner });
  expect(listed.body.data.items).toMatchObject([{ workspace: 'acme', deletion: { reason: 'Closed' } }]);
  const trail = await app.call('GET', '/api/v1/admin/platform-audit-logs?action=tenants.deletion_asked', { as: app.owner });
  expect(trail.body.data.items[0]).toMatchObject({ actor: null, address: 'command-line' });
  expect(await run(cancelTenantDeletion, { workspace: 'acme' })).toEqual([0, expect.stringContaining('active again')]);
  expect(await run(cancelTenantDeletion, { workspace: 'acme' })).toEqual([1, expect.stringContaining('no deletion')]);
});

it('keeps the tenant with the last operator, and says which workspace is not there', async () => {
  expect(await run(deleteTenant, { workspace: 'first', name: 'First', reason: 'Closed' })).toEqual([1, expect.stringContaining('last operator')]);
  expect(await run(deleteTenant, { workspace: 'nowhere', name: 'X', reason: 'Closed' })).toEqual([1, expect.stringContaining('no tenant')]);
});
