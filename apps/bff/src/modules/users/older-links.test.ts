import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';

let app: TestApp;
let admin: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin');
});
afterAll(() => app.close());

const add = async (email: string) => {
  const made = await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email, name: 'X', roles: ['end_user'] } });
  return { id: String(made.body.data.user.id), link: String(made.body.data.invitation.url).split('/').at(-1) };
};
const accept = (link: string | undefined) => app.call('POST', `/api/v1/auth/invitations/${link}`, { body: { password: PASSWORD } });
const change = (id: string, body: object) => app.call('PATCH', `/api/v1/admin/users/${id}`, { as: app.owner, body });

it('an admin takes no operator’s account with a link from before the promotion', async () => {
  const { id, link } = await add('promoted@example.com');
  expect((await change(id, { roles: ['super_admin', 'tenant_admin'] })).status).toBe(200);
  expect((await accept(link)).body.error.code).toBe('2003');
});

it('nor with a reset from before it', async () => {
  const { id, link } = await add('reset@example.com');
  await accept(link);
  const reset = await app.call('POST', `/api/v1/admin/users/${id}/reset-password`, { as: admin });
  await change(id, { roles: ['super_admin'] });
  const token = String(reset.body.data.invitation.url).split('/').at(-1);
  expect((await app.call('PUT', `/api/v1/auth/password-reset/${token}`, { body: { password: PASSWORD } })).body.error.code).toBe('2003');
});

it('a link from before a person was disabled stays useless when they are enabled again', async () => {
  const { id, link } = await add('back@example.com');
  await change(id, { status: 'disabled' });
  await change(id, { status: 'active' });
  expect((await accept(link)).body.error.code).toBe('2003');
});

it('a link from before one of a person’s roles was widened opens nothing, while one that was only narrowed leaves it', async () => {
  const role = (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: 'Readers', permissions: ['chat.use', 'users.read'] } })).body.data;
  const { id, link } = await add('widened@example.com');
  await change(id, { custom_role_ids: [role.id] });
  const fresh = async () => String((await app.call('POST', `/api/v1/admin/users/${id}/reset-password`, { as: admin })).body.data.invitation.url).split('/').at(-1);
  const [before, set] = [await fresh(), (permissions: string[]) => app.call('PATCH', `/api/v1/admin/roles/${role.id}`, { as: app.owner, body: { permissions } })];
  await set(['chat.use', 'users.read', 'audit.read']);
  expect((await accept(before)).body.error.code).toBe('2003');
  const after = await fresh();
  await set(['chat.use']);
  expect((await accept(after)).status).toBe(200);
  expect((await accept(link)).body.error.code).toBe('2003');
});
