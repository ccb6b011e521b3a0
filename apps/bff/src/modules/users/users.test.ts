import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../test/app.ts';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const call = (as: TestPerson, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  app.call(method, `/api/v1/admin/users${path}`, { as, headers, ...(body === undefined ? {} : { body }) });
const add = (as: TestPerson, roles: string[], email = `${crypto.randomUUID()}@example.com`) => call(as, 'POST', '', { email, name: 'Added', roles });
const beyond = { status: 403, body: { error: { code: '2004', details: { reason: 'beyond_own_permissions' } } } };

describe('people', () => {
  it('are added with a link, listed, found and filtered', async () => {
    const made = await add(app.owner, ['end_user', 'tenant_admin'], 'Mixed.Case@example.com');
    expect(made.body.data.user).toMatchObject({ email: 'Mixed.Case@example.com', status: 'invited', roles: ['end_user', 'tenant_admin'], locale: 'en-US', version: 1 });
    const found = async (query: string) => (await call(app.owner, 'GET', query)).body.data.items.map(({ email }: { email: string }) => email);
    expect(await found('?search=mixed.case')).toEqual(['Mixed.Case@example.com']);
    expect(await found('?search=%25')).toEqual([]);
    expect(await found('?status=invited&role=tenant_admin')).toEqual(['Mixed.Case@example.com']);
    expect(await found('?role=super_admin')).toEqual([app.owner.email]);
    const link = { purpose: 'invitation', delivery: 'by_hand', failure: null, created_at: expect.any(String), expires_at: made.body.data.invitation.expires_at };
    expect((await call(app.owner, 'GET', `/${made.body.data.user.id}`)).body.data).toEqual({ ...made.body.data.user, sessions_count: 0, link, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: false }, single_sign_on: null });
  });

  it('have an address once in a tenant whatever its case, also by five at once; another tenant may have it too', async () => {
    const email = 'once@example.com';
    const answers = await Promise.all([email, 'ONCE@example.com', email, email, email].map((spelling) => add(app.owner, ['end_user'], spelling)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.error.code).toBe('3002');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect((await add(stranger, ['end_user'], email)).status).toBe(201);
  });

  it('are renamed, disabled and enabled, with what was before and after in the audit', async () => {
    const person = await app.signInAs('end_user');
    const disabled = await call(app.owner, 'PATCH', `/${person.user_id}`, { name: 'Renamed', status: 'disabled' });
    expect(disabled.body.data).toMatchObject({ name: 'Renamed', status: 'disabled' });
    expect(await app.findAudit(person.tenant_id, 'users.updated')).toMatchObject({ resource_id: person.user_id, details: { before: { status: 'active' }, after: { name: 'Renamed', status: 'disabled' } } });
    expect(await call(app.owner, 'POST', `/${person.user_id}/reset-password`)).toMatchObject({ status: 409, body: { error: { details: { reason: 'user_disabled' } } } });
    expect((await call(app.owner, 'PATCH', `/${person.user_id}`, { status: 'active' })).body.data.status).toBe('active');
  });

  it('with a stale version are left alone: 412', async () => {
    const { id } = (await add(app.owner, ['end_user'])).body.data.user;
    expect((await call(app.owner, 'PATCH', `/${id}`, { name: 'One' }, { 'if-match': '"1"' })).status).toBe(200);
    const stale = await call(app.owner, 'PATCH', `/${id}`, { name: 'Two' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 412, body: { error: { code: '3005', details: { version: 2 } } } });
    const both = await Promise.all(['Left', 'Right'].map((name) => call(app.owner, 'PATCH', `/${id}`, { name }, { 'if-match': '"2"' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('change their own profile, with a stale version 412 too', async () => {
    const person = await app.signInAs('end_user');
    const me = (body: unknown, headers: Record<string, string> = {}) => app.call('PATCH', '/api/v1/auth/me', { as: person, body, headers });
    const { version } = (await app.call('GET', '/api/v1/auth/me', { as: person })).body.data;
    const changed = await me({ name: 'Self', preferences: { theme: 'dark', locale: 'zh-CN', time_zone: 'Asia/Tokyo' } }, { 'if-match': `"${version}"` });
    expect(changed.body.data).toMatchObject({ name: 'Self', version: version + 1, preferences: { theme: 'dark', locale: 'zh-CN', time_zone: 'Asia/Tokyo' } });
    expect((await me({ name: 'Late' }, { 'if-match': `"${version}"` })).status).toBe(412);
    expect((await me({ roles: ['super_admin'] })).status).toBe(400);
    expect((await me({ preferences: { time_zone: null } })).body.data.preferences).toEqual({ theme: 'dark', locale: 'zh-CN', time_zone: null, columns: {} });
    expect((await me({})).status).toBe(200);
  });

  it('keep the columns of each list with the account, so that another device shows the same', async () => {
    const person = await app.signInAs('end_user');
    const me = (columns: unknown) => app.call('PATCH', '/api/v1/auth/me', { as: person, body: { preferences: { columns } } });
    const columns = { users: ['name', 'last_seen_at'], suppliers: [] };
    expect((await me(columns)).body.data.preferences).toMatchObject({ theme: 'system', columns });
    expect((await app.call('GET', '/api/v1/auth/me', { as: person })).body.data.preferences.columns).toEqual(columns);
    expect((await app.findAudit(person.tenant_id, 'users.profile_changed'))?.details).toEqual({ before: { columns: [] }, after: { columns: ['suppliers', 'users'] } });
    expect((await me({})).body.data.preferences.columns).toEqual({});
  });

  it.each([
    ['no names', { users: ['Name '] }],
    ['no list', { '': [] }],
    ['not a list of names', { users: 'name' }],
    ['too many columns', { users: Array.from({ length: 25 }, (_, n) => `c${n}`) }],
    ['too many lists', Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`l${n}`, []]))],
    ['nothing', null],
  ])('cannot keep columns that are %s', async (_what, columns) => {
    expect((await app.call('PATCH', '/api/v1/auth/me', { as: app.owner, body: { preferences: { columns } } })).status).toBe(400);
  });
});

describe('nobody gives or takes hold of more than they have', () => {
  it('an admin who is no operator can neither make, change, disable nor reset one', async () => {
    const admin = await app.signInAs('tenant_admin');
    expect(await add(admin, ['super_admin'])).toMatchObject(beyond);
    expect(await add(admin, ['tenant_admin', 'super_admin'])).toMatchObject(beyond);
    const mine = (await add(admin, ['end_user'])).body.data.user.id;
    expect(await call(admin, 'PATCH', `/${mine}`, { roles: ['super_admin'] })).toMatchObject(beyond);
    expect(await call(admin, 'PATCH', `/${admin.user_id}`, { roles: ['tenant_admin', 'super_admin'] })).toMatchObject(beyond);
    for (const change of [{ name: 'Mine now' }, { roles: ['end_user'] }, { status: 'disabled' }]) expect(await call(admin, 'PATCH', `/${app.owner.user_id}`, change)).toMatchObject(beyond);
    expect(await call(admin, 'POST', `/${app.owner.user_id}/reset-password`)).toMatchObject(beyond);
    expect((await app.call('GET', '/api/v1/auth/me', { as: app.owner })).body.data).toMatchObject({ name: 'Olive Owner', roles: ['super_admin', 'tenant_admin'] });
  });

  it('an operator who is no admin can’t reach a tenant’s people at all', async () => {
    const operator = await app.signInAs('super_admin');
    expect((await add(operator, ['end_user'])).status).toBe(403);
  });

  it.each([[[]], [['root']], [['end_user', 'end_user', 'end_user', 'end_user']], ['tenant_admin'], [null]])('roles %j are refused', async (roles) => {
    expect((await call(app.owner, 'POST', '', { email: 'roles@example.com', name: 'Roles', roles })).status).toBe(400);
  });
});

describe('the last admin', () => {
  it('can neither be disabled nor demoted, and an invited one is no second', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await add(admin, ['tenant_admin']);
    const last = { status: 409, body: { error: { code: '3006', details: { reason: 'last_admin' } } } };
    for (const change of [{ status: 'disabled' }, { roles: ['end_user'] }]) expect(await call(admin, 'PATCH', `/${admin.user_id}`, change)).toMatchObject(last);
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).status).toBe(200);
  });

  it('stays when two admins demote each other at once, many times over', async () => {
    for (let round = 0; round < 5; round++) {
      const one = await app.signInAs('tenant_admin', { tenant: 'new' });
      const two = await addAdmin(one);
      const answers = await Promise.all([
        call(one, 'PATCH', `/${two.user_id}`, { roles: ['end_user'] }),
        call(two, 'PATCH', `/${one.user_id}`, { status: 'disabled' }),
        call(one, 'PATCH', `/${one.user_id}`, { roles: ['end_user'] }),
      ]);
      for (const { status, body } of answers) expect([200, 401, 403, 409], JSON.stringify(body)).toContain(status);
      const left = await app.context.tenancy.withTenant(one.tenant_id, (db) => db.selectFrom('users').select(['roles', 'status']).execute());
      expect(left.filter(({ roles, status }) => roles.includes('tenant_admin') && status === 'active').length).toBeGreaterThan(0);
    }
  });

  it('and the last operator can’t lay the platform down', async () => {
    await app.signInAs('tenant_admin');
    const last = { status: 409, body: { error: { code: '3006', details: { reason: 'last_operator' } } } };
    const operators = (await call(app.owner, 'GET', '?role=super_admin&status=active')).body.data.items.map(({ id }: { id: string }) => id);
    for (const id of operators) if (id !== app.owner.user_id) expect((await call(app.owner, 'PATCH', `/${id}`, { status: 'disabled' })).status).toBe(200);
    for (const change of [{ status: 'disabled' }, { roles: ['tenant_admin'] }]) expect(await call(app.owner, 'PATCH', `/${app.owner.user_id}`, change)).toMatchObject(last);
  });
});

async function addAdmin(by: TestPerson): Promise<TestPerson> {
  const made = await add(by, ['tenant_admin']);
  const { email, id } = made.body.data.user;
  const password = 'quiet-lakes-run-deep-7';
  await app.call('POST', `/api/v1/auth/invitations/${made.body.data.invitation.url.split('/').at(-1)}`, { body: { password } });
  const tokens = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: email, password }) });
  return { ...by, email, user_id: id, access_token: tokens.body.access_token, refresh_token: tokens.body.refresh_token };
}
