import { rolePermissions, type Role } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openEvents } from '../../../test/read-stream.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const call = (as: TestPerson, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  app.call(method, `/api/v1/admin${path}`, { as, headers, ...(body === undefined ? {} : { body }) });
const make = async (permissions: string[], as = app.owner): Promise<Role> => (await call(as, 'POST', '/roles', { name: crypto.randomUUID(), permissions })).body.data;
const hold = (user_id: string, custom_role_ids: string[], roles: string[] = []) => call(app.owner, 'PATCH', `/users/${user_id}`, { roles, custom_role_ids });
/** A change of roles ends what was signed in before. */
async function again(person: TestPerson): Promise<TestPerson> {
  const form = new URLSearchParams({ grant_type: 'password', username: person.email, password: 'quiet-lakes-run-deep-7', workspace: person.workspace });
  const { body } = await app.call('POST', '/api/v1/auth/token', { body: form });
  return { ...person, access_token: body.access_token };
}
const beyond = { status: 403, body: { error: { code: '2004', details: { reason: 'beyond_own_permissions' } } } };

// security.md says a second. What is held here, on a machine busy with other tests too: long before a slow answer (a
// minute) or a token would end by itself.
const LONG_BEFORE = { timeout: 15_000 };

describe('a role of the tenant’s own', () => {
  it('is made, listed after the system ones, changed and removed, with the trail of each', async () => {
    const made = await make(['users.read', 'audit.read']);
    expect(made).toMatchObject({ is_system: false, permissions: ['users.read', 'audit.read'], users_count: 0, version: 1 });
    const { items } = (await call(app.owner, 'GET', '/roles')).body.data;
    expect(items.slice(0, 3).map(({ id, is_system, version }: Role) => [id, is_system, version])).toEqual([['super_admin', true, null], ['tenant_admin', true, null], ['end_user', true, null]]);
    expect(items[1].permissions).toEqual(rolePermissions.tenant_admin);
    expect(items).toContainEqual(made);
    const changed = await call(app.owner, 'PATCH', `/roles/${made.id}`, { name: 'Auditor', permissions: ['audit.read'] }, { 'if-match': '"1"' });
    expect(changed.body.data).toMatchObject({ name: 'Auditor', permissions: ['audit.read'], version: 2 });
    expect(await app.findAudit(app.owner.tenant_id, 'roles.updated')).toMatchObject({ details: { before: { permissions: ['users.read', 'audit.read'] }, after: { name: 'Auditor', permissions: ['audit.read'] } } });
    expect((await call(app.owner, 'PATCH', `/roles/${made.id}`, { name: 'X' }, { 'if-match': '"1"' })).status).toBe(412);
    expect(await call(app.owner, 'POST', '/roles', { name: 'AUDITOR', permissions: ['audit.read'] })).toMatchObject({ status: 409, body: { error: { code: '3005', details: { reason: 'name_taken' } } } });
    expect((await call(app.owner, 'DELETE', `/roles/${made.id}`)).status).toBe(204);
    expect((await call(app.owner, 'DELETE', `/roles/${made.id}`)).status).toBe(404);
  });

  it('gives its people exactly what it grants, and what is taken from it is taken from them', async () => {
    const member = await app.signInAs('end_user');
    const role = await make(['audit.read']);
    expect((await call(member, 'GET', '/audit-logs')).status).toBe(403);
    expect((await hold(member.user_id, [role.id])).body.data).toMatchObject({ roles: [], custom_roles: [{ id: role.id, name: role.name }] });
    const auditor = await again(member);
    expect((await app.call('GET', '/api/v1/auth/me', { as: auditor })).body.data).toMatchObject({ roles: [], permissions: ['audit.read'] });
    expect((await call(auditor, 'GET', '/audit-logs')).status).toBe(200);
    expect((await app.call('GET', '/api/v1/chat/conversations', { as: auditor })).status).toBe(403);
    await call(app.owner, 'PATCH', `/roles/${role.id}`, { permissions: ['settings.read'] });
    await expect.poll(async () => (await call(auditor, 'GET', '/audit-logs')).status, LONG_BEFORE).toBe(403);
    expect((await call(auditor, 'GET', '/tenant')).status).toBe(200);
  });

  it('that changes ends the streams of its people long before they would end', async () => {
    const member = await app.signInAs('end_user');
    const role = await make(['chat.use', 'audit.read']);
    await hold(member.user_id, [role.id]);
    const talker = await again(member);
    const { body: models } = await app.call('GET', '/api/v1/models', { as: talker });
    const { body } = await app.call('POST', '/api/v1/chat/conversations', { as: talker, body: {} });
    const stream = await openEvents(app, talker, 'POST', `/api/v1/chat/conversations/${body.data.id}/replies`, { content: 'demo:slow', model: models.data.items[0].name });
    expect(stream.response.status).toBe(200);
    await call(app.owner, 'PATCH', `/roles/${role.id}`, { permissions: ['audit.read'] });
    const changed_at = performance.now();
    while (await stream.next().catch(() => null));
    expect(performance.now() - changed_at).toBeLessThan(LONG_BEFORE.timeout);
    await expect.poll(async () => (await app.call('GET', '/api/v1/chat/conversations', { as: talker })).status, LONG_BEFORE).toBe(403);
  });

  it('is not removed while somebody holds it, a disabled person too, and says how many', async () => {
    const member = await app.signInAs('end_user');
    const role = await make(['audit.read']);
    await hold(member.user_id, [role.id], ['end_user']);
    await call(app.owner, 'PATCH', `/users/${member.user_id}`, { status: 'disabled' });
    expect(await call(app.owner, 'DELETE', `/roles/${role.id}`)).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'role_in_use', users_count: 1 } } } });
  });

  it('holds nothing that reaches beyond the tenant, and fifty is the most', async () => {
    expect((await call(app.owner, 'POST', '/roles', { name: 'Operator', permissions: ['tenants.read'] })).status).toBe(400);
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => make(['chat.use'], admin)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(50);
    expect(await call(admin, 'POST', '/roles', { name: 'One more', permissions: ['chat.use'] })).toMatchObject({ status: 409, body: { error: { code: '3009' } } });
  });
});

describe('grants are never beyond the grantor’s own', () => {
  it('when a role is made, widened, narrowed, removed or given', async () => {
    const person = await app.signInAs('end_user');
    const steward = await make(['users.read', 'users.write', 'roles.read', 'roles.write']);
    const wide = await make(['suppliers.write']);
    await hold(person.user_id, [steward.id]);
    const as = await again(person);
    expect(await call(as, 'POST', '/roles', { name: 'Wide', permissions: ['suppliers.write'] })).toMatchObject(beyond);
    const own = await make(['users.read'], as);
    expect(await call(as, 'PATCH', `/roles/${own.id}`, { permissions: ['users.read', 'audit.read'] })).toMatchObject(beyond);
    expect(await call(as, 'PATCH', `/roles/${wide.id}`, { permissions: ['users.read'] })).toMatchObject(beyond);
    expect(await call(as, 'DELETE', `/roles/${wide.id}`)).toMatchObject(beyond);
    expect(await call(as, 'PATCH', `/roles/${steward.id}`, { permissions: ['users.read', 'users.write', 'roles.read', 'roles.write', 'chat.use'] })).toMatchObject(beyond);
    const added = { email: `${crypto.randomUUID()}@example.com`, name: 'New', roles: [] };
    expect(await call(as, 'POST', '/users', { ...added, custom_role_ids: [wide.id] })).toMatchObject(beyond);
    expect(await call(as, 'POST', '/users', { ...added, roles: ['tenant_admin'] })).toMatchObject(beyond);
    const made = await call(as, 'POST', '/users', { ...added, custom_role_ids: [own.id] });
    expect(made.status).toBe(201);
    // Whoever holds more is out of reach altogether: for a new link to their account, too.
    const holder = await app.signInAs('end_user');
    await hold(holder.user_id, [wide.id]);
    expect(await call(as, 'PATCH', `/users/${holder.user_id}`, { status: 'disabled' })).toMatchObject(beyond);
    expect(await call(as, 'POST', `/users/${holder.user_id}/reset-password`)).toMatchObject(beyond);
  });
});

describe('who has what', () => {
  it('is answered for a role, a permission and a person', async () => {
    const member = await app.signInAs('end_user');
    const role = await make(['suppliers.read', 'chat.use']);
    await hold(member.user_id, [role.id], ['end_user']);
    const emails = async (query: string) => (await call(app.owner, 'GET', `/users?page_size=100&${query}`)).body.data.items.map(({ email }: { email: string }) => email);
    expect(await emails(`role=${role.id}`)).toEqual([member.email]);
    expect(await emails('permission=suppliers.read')).toEqual(expect.arrayContaining([member.email, app.owner.email]));
    expect(await emails('permission=suppliers.write')).not.toContain(member.email);
    const { items } = (await call(app.owner, 'GET', `/users/${member.user_id}/permissions`)).body.data;
    expect(items.filter(({ permission }: { permission: string }) => !['api_keys.use', 'gateway.use'].includes(permission))).toEqual([
      { permission: 'suppliers.read', from: [{ id: role.id, name: role.name }] },
      { permission: 'chat.use', from: [{ id: 'end_user', name: 'end_user' }, { id: role.id, name: role.name }] },
    ]);
  });

  it('names nobody’s role of another tenant', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const theirs = await make(['chat.use'], stranger);
    const member = await app.signInAs('end_user');
    const refused = await call(app.owner, 'PATCH', `/users/${member.user_id}`, { custom_role_ids: [theirs.id] });
    expect(refused).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'custom_role_ids', code: 'unknown_role' }] } } } });
    expect(await call(app.owner, 'PATCH', `/users/${member.user_id}`, { roles: [] })).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'roles', code: 'roles_required' }] } } } });
  });
});
