import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { callDuring } from '../../../test/call-during.ts';
import type { TenantDb } from '../../db/tenancy.ts';

let app: TestApp;
let writer: TestPerson;
let greater: string;
beforeAll(async () => {
  app = await createTestApp();
  const person = await app.signInAs('end_user');
  const lesser = await newRole('Lesser', ['users.write', 'users.read', 'chat.use', 'api_keys.use']);
  greater = await newRole('Greater', ['audit.read']);
  await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { custom_role_ids: [lesser] } });
  const body = new URLSearchParams({ grant_type: 'password', username: person.email, password: 'quiet-lakes-run-deep-7', workspace: 'first' });
  writer = { ...person, access_token: (await app.call('POST', '/api/v1/auth/token', { body })).body.access_token };
});
afterAll(() => app.close());

const newRole = async (name: string, permissions: string[]) => (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name, permissions } })).body.data.id as string;
const invite = async (name: string, custom_role_ids: string[] = []) =>
  (await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email: `${name}@example.com`, name, roles: ['end_user'], custom_role_ids } })).body.data.user.id as string;
const during = (change: (db: TenantDb) => Promise<unknown>, path: string, body?: object, method = 'POST') =>
  callDuring(app, writer.tenant_id, change, () => app.call(method, `/api/v1/admin/${path}`, { as: writer, ...(body ? { body } : {}) }));
const gain = (user_id: string) => async (db: TenantDb) => {
  await db.updateTable('users').set((set) => ({ version: set('version', '+', 1) })).where('id', '=', user_id).execute();
  await db.insertInto('user_roles').values({ tenant_id: db.tenant_id, id: crypto.randomUUID(), user_id, role_id: greater }).execute();
};
const widen = (role_id: string) => (db: TenantDb) => db.updateTable('roles').set({ permissions: ['chat.use', 'audit.read'] }).where('id', '=', role_id).execute();

it('whoever waits for a person who gains a role meanwhile is refused by what they may do then, not by what they did before', async () => {
  const { user_id } = await app.signInAs('end_user');
  const answer = await during(gain(user_id), `users/${user_id}/sessions`, undefined, 'DELETE');
  expect([answer.status, answer.body?.error?.details?.reason]).toEqual([403, 'beyond_own_permissions']);
});

it('and so is whoever invites one of those again', async () => {
  const id = await invite('gains');
  expect((await during(gain(id), 'users/invitations/resend', { user_ids: [id] })).body.data.people).toMatchObject([{ outcome: 'beyond', invitation: null }]);
});

it('a role that is widened in the same instant is waited for, and its people get no link of somebody who has less', async () => {
  const [first, second] = [await newRole('First', ['chat.use']), await newRole('Second', ['chat.use'])];
  const [reset, again] = [await invite('reset', [first]), await invite('again', [second])];
  const answer = await during(widen(first), `users/${reset}/reset-password`);
  expect([answer.status, answer.body?.error?.details?.reason]).toEqual([403, 'beyond_own_permissions']);
  expect((await during(widen(second), 'users/invitations/resend', { user_ids: [again] })).body.data.people).toMatchObject([{ outcome: 'beyond', invitation: null }]);
});
