import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';
import { callDuring } from '../../../test/call-during.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

it('whoever waits for a person who gains a role meanwhile is refused by what they may do then, not by what they did before', async () => {
  const [person, writer] = [await app.signInAs('end_user'), await app.signInAs('end_user')];
  const newRole = async (name: string, permissions: string[]) => (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name, permissions } })).body.data.id as string;
  const [lesser, greater] = [await newRole('Lesser', ['users.write', 'users.read', 'chat.use', 'api_keys.use']), await newRole('Greater', ['audit.read'])];
  await app.call('PATCH', `/api/v1/admin/users/${writer.user_id}`, { as: app.owner, body: { custom_role_ids: [lesser] } });
  const body = new URLSearchParams({ grant_type: 'password', username: writer.email, password: 'quiet-lakes-run-deep-7', workspace: 'first' });
  const as = { ...writer, access_token: (await app.call('POST', '/api/v1/auth/token', { body })).body.access_token };
  const gain = async (db: Parameters<Parameters<typeof callDuring>[2]>[0]) => {
    await db.updateTable('users').set((set) => ({ version: set('version', '+', 1) })).where('id', '=', person.user_id).execute();
    await db.insertInto('user_roles').values({ tenant_id: db.tenant_id, id: crypto.randomUUID(), user_id: person.user_id, role_id: greater }).execute();
  };
  const answer = await callDuring(app, person.tenant_id, gain, () => app.call('DELETE', `/api/v1/admin/users/${person.user_id}/sessions`, { as }));
  expect([answer.status, answer.body?.error?.details?.reason]).toEqual([403, 'beyond_own_permissions']);
});
