import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../../../test/app.ts';
import { createApp } from '../../app.ts';
import { createContext, type Context } from '../../context.ts';

let app: TestApp;
let member: TestPerson;
let other: Context;
beforeAll(async () => {
  app = await createTestApp();
  member = await app.signInAs('end_user');
  other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const told = async (as = member) =>
  app.context.tenancy.withTenant(as.tenant_id, (db) => db.selectFrom('audit_entries').select(['action', 'resource_type', 'resource_id', 'outcome', 'actor_user_id', 'request_id', 'details']).where('action', '=', 'access.refused').where('actor_user_id', '=', as.user_id).orderBy('at').orderBy('id').execute());

describe('a refusal for want of a permission', () => {
  it('stands in the trail: who, what, and which permission was missing', async () => {
    const refused = await app.call('GET', '/api/v1/admin/users?search=secret', { as: member, headers: { 'x-request-id': 'refused-1' } });
    expect(refused.status).toBe(403);
    await expect.poll(() => told()).toEqual([
      { action: 'access.refused', resource_type: 'endpoint', resource_id: 'users.list', outcome: 'refused', actor_user_id: member.user_id, request_id: 'refused-1', details: { permission: 'users.read' } },
    ]);
  });

  it('is told once a minute for a person and an endpoint, on all replicas together', async () => {
    const second = createApp(other);
    const headers = { authorization: `Bearer ${member.access_token}` };
    for (let times = 0; times < 20; times++) await app.call('GET', '/api/v1/admin/users', { as: member });
    for (let times = 0; times < 5; times++) await second.request(`${ORIGIN}/api/v1/admin/users`, { headers });
    await app.call('GET', '/api/v1/admin/roles', { as: member });
    await expect.poll(async () => (await told()).map(({ resource_id }) => resource_id)).toEqual(['users.list', 'roles.list']);
    await app.call('GET', '/api/v1/admin/users', { as: await app.signInAs('end_user') });
    await vi.waitFor(async () => expect(await told()).toHaveLength(2), { timeout: 20_000 });
  });

  it('is not told where nobody was refused, or nobody was there', async () => {
    const before = await told(app.owner);
    await app.call('GET', '/api/v1/admin/users', { as: app.owner });
    await app.call('GET', '/api/v1/admin/users');
    expect(await told(app.owner)).toEqual(before);
  });

  it('by a rule of the noun is told as well: granting what one has not', async () => {
    const admin = await app.signInAs('tenant_admin');
    const beyond = { email: 'boss@example.com', name: 'Boss', roles: ['super_admin'] };
    expect((await app.call('POST', '/api/v1/admin/users', { as: admin, body: beyond })).status).toBe(403);
    await expect.poll(async () => (await told(admin)).map(({ resource_id }) => resource_id)).toEqual(['users.create']);
  });
});
