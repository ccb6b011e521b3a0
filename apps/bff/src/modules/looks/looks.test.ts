import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { talk } from '../../../test/contract-scene.ts';
import type { TenantDb } from '../../db/tenancy.ts';

let app: TestApp;
let member: TestPerson;
let conversation_id: string;
beforeAll(async () => {
  app = await createTestApp();
  member = await app.signInAs('end_user');
  const models = await app.call('GET', '/api/v1/models', { as: app.owner });
  const model = models.body.data.items.find(({ demo }: { demo: boolean }) => demo).name;
  ({ conversation_id } = await talk(app, member, model));
});
afterAll(() => app.close());

const REASON = 'Ticket 4711: an answer is missing';
const start = (as: TestPerson, subject = member.user_id, reason: unknown = REASON) => app.call('POST', `/api/v1/admin/users/${subject}/looks`, { as, body: { reason } });
const begin = async (as: TestPerson, subject = member.user_id): Promise<string> => (await start(as, subject)).body.data.id;
const under = (as: TestPerson, look: string, path = '', method = 'GET', body?: unknown): Promise<Answer> => app.call(method, `/api/v1/looks/${look}${path}`, { as, ...(body === undefined ? {} : { body }) });
const messages = (as: TestPerson, look: string, of = conversation_id) => under(as, look, `/conversations/${of}/messages`);
const inTenant = <T>(work: (db: TenantDb) => Promise<T>) => app.context.tenancy.withTenant(app.owner.tenant_id, work);
const ended = { status: 409, body: { error: { code: '3006', details: { reason: 'look_ended' } } } };
const missing = { status: 404, body: { error: { code: '3007' } } };
const change = (id: string, body: object) => app.call('PATCH', `/api/v1/admin/users/${id}`, { as: app.owner, body });
/** An admin who may look, by a role of the tenant's own beside that of a member. */
async function makeLooker(): Promise<{ looker: TestPerson; role_id: string }> {
  const role = await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: crypto.randomUUID(), permissions: ['users.read', 'users.look'] } });
  const looker = await app.signInAs('end_user');
  await change(looker.user_id, { custom_role_ids: [role.body.data.id] });
  const tokens = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: looker.email, password: PASSWORD }) });
  return { looker: { ...looker, access_token: tokens.body.access_token }, role_id: role.body.data.id };
}

describe('a look', () => {
  it('shows what the person wrote, for thirty minutes, and every read names both in the tenant’s trail', async () => {
    const look = (await start(app.owner)).body.data;
    expect(look).toMatchObject({ subject: { id: member.user_id, email: member.email }, reason: REASON, ended_at: null });
    expect(Math.round((Date.parse(look.ends_at) - Date.parse(look.started_at)) / 60_000)).toBe(30);
    expect((await under(app.owner, look.id, '/conversations')).body.data.items.map(({ id }: { id: string }) => id)).toEqual([conversation_id]);
    expect((await under(app.owner, look.id, '/conversations?search=nothing-of-that')).body.data.items).toEqual([]);
    expect((await under(app.owner, look.id, `/conversations/${conversation_id}`)).body.data.id).toBe(conversation_id);
    expect(JSON.stringify((await messages(app.owner, look.id)).body.data)).toContain('demo:echo');
    expect((await under(app.owner, look.id, '', 'DELETE')).status).toBe(204);
    const trail = (await app.call('GET', `/api/v1/admin/audit-logs?action=looks&resource_id=${member.user_id}&page_size=20`, { as: app.owner })).body.data.items;
    expect(trail.map(({ action }: { action: string }) => action)).toEqual(['looks.ended', 'looks.messages_read', 'looks.conversation_read', 'looks.conversations_listed', 'looks.conversations_listed', 'looks.started']);
    for (const entry of trail) expect(entry).toMatchObject({ actor: { user_id: app.owner.user_id }, resource_type: 'user', details: { look_id: look.id, subject: { email: member.email } } });
    expect(trail.at(-1).details.reason).toBe(REASON);
    expect(trail[1].details.conversation_id).toBe(conversation_id);
    expect(JSON.stringify(trail)).not.toContain('demo:echo');
    expect((await app.call('GET', '/api/v1/auth/looks', { as: member })).body.data.items[0]).toMatchObject({ id: look.id, looker_name: 'Olive Owner', reason: REASON, ended_at: expect.any(String) });
  });

  it.each([[''], ['too short'], ['         x         '], [null], ['a'.repeat(501)], ['ten chars\nand a line']])('has a reason in words: not %j', async (reason) => {
    expect((await start(app.owner, member.user_id, reason)).status).toBe(400);
  });

  it('is over after its time, and after it was ended', async () => {
    const look = await begin(app.owner);
    await inTenant((db) => db.updateTable('looks').set({ ends_at: new Date(Date.now() - 1) }).where('id', '=', look).execute());
    expect(await messages(app.owner, look)).toMatchObject(ended);
    expect((await under(app.owner, look)).status).toBe(200);
    const again = await begin(app.owner);
    expect((await messages(app.owner, again)).status).toBe(200);
    await under(app.owner, again, '', 'DELETE');
    expect(await messages(app.owner, again)).toMatchObject(ended);
    expect(await under(app.owner, again, '/conversations')).toMatchObject(ended);
  });

  it('ends with the next one: nobody looks at two people at once, however many they begin', async () => {
    const first = await begin(app.owner);
    const started = await Promise.all(Array.from({ length: 6 }, () => start(app.owner)));
    for (const { status } of started) expect(status).toBe(201);
    const states = await Promise.all([first, ...started.map(({ body }) => body.data.id as string)].map(async (id) => (await messages(app.owner, id)).status));
    expect(states.filter((status) => status === 200)).toHaveLength(1);
    expect(states[0]).toBe(409);
  });
});

describe('attacks with a look', () => {
  it('no write of the contract takes it, and below its path there is none but its end', async () => {
    const look = await begin(app.owner);
    const before = await app.call('GET', `/api/v1/chat/conversations/${conversation_id}`, { as: member });
    const own = `/api/v1/chat/conversations/${conversation_id}`;
    const writes: [string, string, unknown?][] = [['PATCH', own, { title: 'Mine now' }], ['DELETE', own], ['POST', `${own}/replies`, { content: 'demo:echo', model: before.body.data.model ?? 'demo' }]];
    for (const [method, path, body] of writes) {
      expect(await app.call(method, path, { as: app.owner, body, headers: { 'lyss-look': look } }), `${method} ${path}`).toMatchObject({ status: 404 });
      expect((await app.call(method, `${path}?look=${look}`, { as: app.owner, body })).status).toBe(400);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) for (const path of ['/conversations', `/conversations/${conversation_id}`, `/conversations/${conversation_id}/messages`]) expect((await under(app.owner, look, path, method, {})).status, `${method} ${path}`).toBe(404);
    for (const method of ['POST', 'PUT', 'PATCH']) expect((await under(app.owner, look, '', method, { ends_at: '2099-01-01T00:00:00.000Z' })).status).toBe(404);
    expect((await app.call('GET', `/api/v1/chat/conversations/${conversation_id}`, { as: member })).body.data).toEqual(before.body.data);
    expect((await app.call('GET', `/api/v1/chat/conversations/${conversation_id}`, { as: app.owner })).status).toBe(404);
  });

  it('it shows the subject’s own alone: a third person’s conversation is as missing as none', async () => {
    const third = await app.signInAs('end_user');
    const theirs = (await app.call('POST', '/api/v1/chat/conversations', { as: third, body: { title: 'Third' } })).body.data.id;
    const look = await begin(app.owner);
    for (const id of [theirs, crypto.randomUUID()]) expect(await messages(app.owner, look, id)).toMatchObject(missing);
  });

  it('somebody else’s look, and one of another session of the same person, is not there', async () => {
    const holder = await app.signInAs('tenant_admin');
    const look = await begin(holder);
    const other = await app.signInAs('tenant_admin');
    const tokens = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: holder.email, password: PASSWORD, workspace: holder.workspace }) });
    for (const as of [other, { ...holder, access_token: tokens.body.access_token }]) {
      expect(await messages(as, look)).toMatchObject(missing);
      expect(await under(as, look, '', 'DELETE')).toMatchObject(missing);
    }
    expect((await messages(holder, look)).status).toBe(200);
  });

  it('nobody looks at another tenant’s person, at themselves, or at whoever may do more', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const admin = await app.signInAs('tenant_admin');
    for (const id of [stranger.user_id, crypto.randomUUID()]) expect(await start(admin, id)).toMatchObject({ status: 404, body: { error: { code: '3003' } } });
    expect(await start(stranger)).toMatchObject({ status: 404 });
    expect(await start(admin, admin.user_id)).toMatchObject({ status: 409, body: { error: { details: { reason: 'look_at_oneself' } } } });
    expect(await start(admin, app.owner.user_id)).toMatchObject({ status: 403, body: { error: { details: { reason: 'beyond_own_permissions' } } } });
    const { looker } = await makeLooker();
    expect(await start(looker, admin.user_id)).toMatchObject({ status: 403 });
    expect((await start(looker)).status).toBe(201);
  });

  it('an operator, a member and an API key of somebody who may look are refused', async () => {
    const operator = await app.signInAs('super_admin');
    for (const as of [operator, member]) expect((await start(as)).status).toBe(403);
    const look = await begin(app.owner);
    const { key } = (await app.call('POST', '/api/v1/api-keys', { as: app.owner, body: { name: 'Key', scopes: ['chat.use', 'users.read'] } })).body.data;
    expect((await messages({ ...app.owner, access_token: key }, look)).status).toBe(403);
  });
});

describe('a look ends at once', () => {
  const widen = (role_id: string, permissions: string[]) => app.call('PATCH', `/api/v1/admin/roles/${role_id}`, { as: app.owner, body: { permissions } });
  const end_reason = async (look: string) => (await inTenant((db) => db.selectFrom('looks').select('end_reason').where('id', '=', look).executeTakeFirstOrThrow())).end_reason;

  it('when the right is taken from its looker, and does not come back with it', async () => {
    const { looker, role_id } = await makeLooker();
    const look = await begin(looker);
    expect((await messages(looker, look)).status).toBe(200);
    await widen(role_id, ['users.read']);
    await expect.poll(async () => (await messages(looker, look)).status).toBe(403);
    await widen(role_id, ['users.read', 'users.look']);
    await expect.poll(async () => (await messages(looker, look)).status).toBe(409);
    expect(await end_reason(look)).toBe('rights_changed');
  });

  it('when its looker loses the role or is disabled', async () => {
    for (const taken of [{ custom_role_ids: [] }, { status: 'disabled' }]) {
      const { looker } = await makeLooker();
      const look = await begin(looker);
      expect((await change(looker.user_id, taken)).status).toBe(200);
      expect(await end_reason(look)).toBe('rights_changed');
      await expect.poll(async () => (await messages(looker, look)).status).toBeGreaterThanOrEqual(401);
    }
  });

  it('when the person it is at may do more than before', async () => {
    const { looker } = await makeLooker();
    const subject = await app.signInAs('end_user');
    const look = await begin(looker, subject.user_id);
    await change(subject.user_id, { roles: ['end_user', 'tenant_admin'] });
    expect(await under(looker, look, '/conversations')).toMatchObject(ended);
    expect((await start(looker, subject.user_id)).status).toBe(403);
  });

  it('when its session ends', async () => {
    const { looker } = await makeLooker();
    const look = await begin(looker);
    await app.call('DELETE', `/api/v1/admin/users/${looker.user_id}/sessions`, { as: app.owner });
    await expect.poll(async () => (await messages(looker, look)).status).toBe(401);
    expect(await end_reason(look)).toBe('session_ended');
  });
});
