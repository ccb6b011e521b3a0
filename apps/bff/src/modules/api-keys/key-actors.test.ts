import { listEndpoints } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';
import { ACCESS_COOKIE } from '../../../test/browser.ts';
import { openEvents } from '../../../test/read-stream.ts';
import { callWith, changeKey, makeKey, removeKey, rotate } from './test-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
});
afterAll(() => app.close());

// security.md says a second. What is held here, on a machine busy with other tests too: long before a slow answer (a
// minute) would end by itself; a key never would.
const LONG_BEFORE = { timeout: 15_000, interval: 50 };
// How long a key that expires in a test lives first: it answers until then.
const ALIVE_MS = 4_000;
const me = (key: string, headers: Record<string, string> = {}) => callWith(app, key, 'GET', '/api/v1/auth/me', { headers });
const bad = { status: 401, body: { error: { code: '2003' } } };
const refusedFor = (reason: string) => ({ status: 401, body: { error: { code: '2003', details: { reason } } } });
const isServed = async (key: string) => expect((await me(key)).status).toBe(200);
async function isDead(key: string): Promise<void> {
  await expect.poll(async () => (await me(key)).status, LONG_BEFORE).toBe(401);
}
const byOwner = (method: string, path: string, body?: unknown) => app.call(method, path, { as: app.owner, ...(body === undefined ? {} : { body }) });

describe('a key', () => {
  it('lets its person in, with its scopes alone', async () => {
    const { key, hint } = await makeKey(app, app.owner, { scopes: ['audit.read', 'chat.use'] });
    expect(key).toMatch(/^lyss_[A-Za-z0-9_-]{43}$/);
    expect(hint).toBe(`lyss_…${key.slice(-4)}`);
    expect((await me(key)).body.data).toMatchObject({ id: app.owner.user_id, permissions: ['audit.read', 'chat.use'] });
    expect((await callWith(app, key, 'GET', '/api/v1/chat/conversations')).status).toBe(200);
    expect(await callWith(app, key, 'GET', '/api/v1/admin/users')).toMatchObject({ status: 403, body: { error: { code: '2004', details: { permission: 'users.read' } } } });
  });

  it('is known by every one of its characters, and refused in the same words however it is wrong', async () => {
    const { key } = await makeKey(app, app.owner);
    const body = key.slice('lyss_'.length);
    const otherCase = body.replace(/[a-zA-Z]/g, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));
    const wrong = [
      `lyss_${'A'.repeat(43)}`, key.slice(0, -1), key.slice(0, 5), `${key}A`, `${key}${key}`, `${key}=`, body, `lyss_lyss_${body}`, key.toUpperCase(), `LYSS_${body}`, `lyss_${otherCase}`, `sk-${key}`,
      // The last character holds four bits: these say the same bytes in other letters.
      ...['A', 'B', 'C', 'D', '_'].map((last) => key.slice(0, -1) + last).filter((other) => other !== key),
    ];
    const answers = await Promise.all(wrong.map((each) => me(each, { 'x-request-id': 'same' })));
    for (const [at, answer] of answers.entries()) {
      expect(answer, wrong[at]).toMatchObject(bad);
      expect({ ...answer.body, timestamp: '' }).toEqual({ ...answers[0]?.body, timestamp: '' });
    }
    await isServed(key);
  });

  it('comes in the Authorization header alone: not in a cookie, a query or beside a session', async () => {
    const { key } = await makeKey(app, app.owner);
    expect(await app.call('GET', '/api/v1/auth/me', { headers: { cookie: `${ACCESS_COOKIE}=${key}` } })).toMatchObject(bad);
    const both = await app.call('GET', '/api/v1/auth/me', { headers: { cookie: `${ACCESS_COOKIE}=${app.owner.access_token}`, authorization: `Bearer ${key}` } });
    expect(both).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'Authorization', code: 'two_carriers' }] } } } });
    for (const query of ['api_key', 'key', 'access_token']) expect((await app.call('GET', `/api/v1/models?${query}=${key}`)).status).toBe(401);
    for (const header of [key, `Basic ${key}`, `Bearer  ${key}`, `Bearer ${key}, ${key}`]) expect((await app.call('GET', '/api/v1/models', { headers: { authorization: header } })).status).toBe(401);
  });

  it('ends no session, and is none: signing out with it changes nothing', async () => {
    const { key } = await makeKey(app, app.owner);
    expect((await callWith(app, key, 'POST', '/api/v1/auth/logout')).status).toBe(204);
    await isServed(key);
    expect((await app.call('GET', '/api/v1/auth/me', { as: app.owner })).status).toBe(200);
  });

  it('is no way to its person: endpoints that say who somebody is refuse it, whatever its scopes', async () => {
    const mine: string[] = (await app.call('GET', '/api/v1/auth/me', { as: app.owner })).body.data.permissions;
    const { key, id } = await makeKey(app, app.owner, { scopes: mine });
    const closed = listEndpoints().filter(([, { carriers }]) => carriers === 'session');
    expect(closed.map(([name]) => name)).toEqual(expect.arrayContaining(['auth.updateMe', 'apiKeys.create', 'apiKeys.update', 'apiKeys.rotate', 'apiKeys.remove', 'apiKeys.revoke']));
    for (const [name, { method, path }] of closed) {
      const answer = await callWith(app, key, method, path.replace('{id}', id), { body: method === 'GET' ? undefined : {} });
      expect([name, answer.status, answer.body.error?.details?.reason]).toEqual([name, 403, 'not_with_an_api_key']);
    }
    await isServed(key);
  });

  it('of another tenant’s person sees their tenant and nothing of ours', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const { key } = await makeKey(app, stranger, { scopes: ['users.read', 'chat.use', 'api_keys.manage'] });
    const ours = await makeKey(app, app.owner);
    expect((await callWith(app, key, 'GET', '/api/v1/admin/users')).body.data.items.map(({ email }: { email: string }) => email)).toEqual([stranger.email]);
    expect((await callWith(app, key, 'GET', `/api/v1/admin/users/${app.owner.user_id}`)).status).toBe(404);
    expect(JSON.stringify((await callWith(app, key, 'GET', '/api/v1/admin/api-keys')).body)).not.toContain(ours.id);
  });
});

describe('grants are never beyond the grantor’s own', () => {
  const beyond = { status: 403, body: { error: { code: '2004', details: { reason: 'beyond_own_permissions' } } } };

  it('when a key is made or widened, and what the operator alone may do is the operator’s alone', async () => {
    const member = await app.signInAs('end_user');
    const admin = await app.signInAs('tenant_admin');
    const post = (as: TestPerson, scopes: string[]) => app.call('POST', '/api/v1/api-keys', { as, body: { name: 'Wide', scopes } });
    expect(await post(member, ['chat.use', 'users.read'])).toMatchObject(beyond);
    expect(await post(admin, ['tenants.read'])).toMatchObject(beyond);
    expect((await post(app.owner, ['tenants.read'])).status).toBe(201);
    const { id } = await makeKey(app, member);
    expect(await changeKey(app, member, id, { scopes: ['chat.use', 'users.read'] })).toMatchObject(beyond);
    for (const scopes of [[], ['root'], ['chat.use', 'chat.use'], null, 'chat.use']) expect((await changeKey(app, member, id, { scopes })).status).toBe(400);
  });

  it('through a key: it makes nobody who may do more than it may', async () => {
    const { key } = await makeKey(app, app.owner, { scopes: ['users.read', 'users.write'] });
    const add = (roles: string[]) => callWith(app, key, 'POST', '/api/v1/admin/users', { body: { email: `${crypto.randomUUID()}@example.com`, name: 'New', roles } });
    expect(await add(['tenant_admin'])).toMatchObject(beyond);
    expect(await add(['end_user'])).toMatchObject(beyond);
    const wider = await makeKey(app, app.owner, { scopes: ['users.write', 'gateway.use', 'chat.use', 'api_keys.use'] });
    const added = await callWith(app, wider.key, 'POST', '/api/v1/admin/users', { body: { email: `${crypto.randomUUID()}@example.com`, name: 'New', roles: ['end_user'] } });
    expect(added.status).toBe(201);
    expect(await app.findAudit(app.owner.tenant_id, 'users.created')).toMatchObject({ details: { api_key_id: wider.id } });
  });

  it('later either: a key of somebody who was demoted may do what they may now', async () => {
    const admin = await app.signInAs('tenant_admin');
    const { key } = await makeKey(app, admin, { scopes: ['users.read', 'chat.use'] });
    expect((await callWith(app, key, 'GET', '/api/v1/admin/users')).status).toBe(200);
    await byOwner('PATCH', `/api/v1/admin/users/${admin.user_id}`, { roles: ['end_user'] });
    await expect.poll(async () => (await callWith(app, key, 'GET', '/api/v1/admin/users')).status, LONG_BEFORE).toBe(403);
    expect((await me(key)).body.data.permissions).toEqual(['chat.use']);
  });
});

describe('a key is dead soon', () => {
  it('that was revoked, and says so; twice is not allowed', async () => {
    const { key, id } = await makeKey(app, app.owner);
    await isServed(key);
    expect((await removeKey(app, app.owner, id)).status).toBe(204);
    await isDead(key);
    expect(await me(key)).toMatchObject(refusedFor('api_key_revoked'));
    for (const again of [await removeKey(app, app.owner, id), await changeKey(app, app.owner, id, { name: 'Back' }), await rotate(app, app.owner, id)]) {
      expect(again).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'api_key_ended', status: 'revoked' } } } });
    }
  });

  it('that has expired, to the moment, and it cannot be prolonged then', async () => {
    const { key, id } = await makeKey(app, app.owner, { expires_at: new Date(Date.now() + ALIVE_MS).toISOString() });
    await isServed(key);
    await isDead(key);
    expect(await me(key)).toMatchObject(refusedFor('api_key_expired'));
    expect(await changeKey(app, app.owner, id, { expires_at: null })).toMatchObject({ status: 409, body: { error: { details: { status: 'expired' } } } });
  });

  it('whose person was disabled, whose tenant was suspended; and lives again with them', async () => {
    const member = await app.signInAs('end_user');
    const { key } = await makeKey(app, member);
    await isServed(key);
    await byOwner('PATCH', `/api/v1/admin/users/${member.user_id}`, { status: 'disabled' });
    await isDead(key);
    await byOwner('PATCH', `/api/v1/admin/users/${member.user_id}`, { status: 'active' });
    await expect.poll(async () => (await me(key)).status, LONG_BEFORE).toBe(200);
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const theirs = await makeKey(app, stranger);
    await isServed(theirs.key);
    await byOwner('PATCH', `/api/v1/admin/tenants/${stranger.tenant_id}`, { state: 'suspended' });
    await isDead(theirs.key);
  });

  it('that lost its network or its scope, with the very next call here', async () => {
    const { key, id } = await makeKey(app, app.owner, { scopes: ['users.read', 'chat.use'] });
    await isServed(key);
    await changeKey(app, app.owner, id, { scopes: ['chat.use'] });
    expect((await callWith(app, key, 'GET', '/api/v1/admin/users')).status).toBe(403);
    await changeKey(app, app.owner, id, { allowed_networks: ['203.0.113.0/24'] });
    expect((await me(key)).status).toBe(403);
  });
});

describe('open streams of a key', () => {
  const endings: [string, (person: TestPerson, id: string) => Promise<{ status: number }>][] = [
    ['being revoked', (person, id) => removeKey(app, person, id)],
    ['its person being disabled', (person) => byOwner('PATCH', `/api/v1/admin/users/${person.user_id}`, { status: 'disabled' })],
    ['another scope', (person, id) => changeKey(app, person, id, { scopes: ['api_keys.use'] })],
    ['other networks', (person, id) => changeKey(app, person, id, { allowed_networks: ['203.0.113.0/24'] })],
    ['other models', (person, id) => changeKey(app, person, id, { models: ['some-other'] })],
    ['a rotation without overlap', (person, id) => rotate(app, person, id, { overlap_hours: 0 })],
  ];

  it.each(endings)('end after %s, long before they would; a neighbour’s goes on', async (_name, end) => {
    const person = await app.signInAs('end_user');
    const [one, other] = [await makeKey(app, person), await makeKey(app, app.owner)];
    const open = async (key: string) => {
      const as = { access_token: key } as TestPerson;
      const model = (await callWith(app, key, 'GET', '/api/v1/models')).body.data.items[0].name;
      const { body } = await callWith(app, key, 'POST', '/api/v1/chat/conversations', { body: {} });
      return openEvents(app, as, 'POST', `/api/v1/chat/conversations/${body.data.id}/replies`, { content: 'demo:slow', model });
    };
    const [stream, neighbour] = [await open(one.key), await open(other.key)];
    expect([stream.response.status, neighbour.response.status]).toEqual([200, 200]);
    await stream.next();
    expect((await end(person, one.id)).status).toBeLessThan(300);
    const ended_at = performance.now();
    while (await stream.next().catch(() => null));
    expect(performance.now() - ended_at).toBeLessThan(LONG_BEFORE.timeout);
    expect(await neighbour.next()).not.toBeNull();
    await neighbour.leave();
  });
});

describe('networks', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('are those of the peer that the operator’s proxy names, in every spelling', async () => {
    const { key, allowed_networks } = await makeKey(app, app.owner, { allowed_networks: ['203.0.113.77/24', '2001:DB8::/32', '::ffff:198.51.100.4', '203.0.113.0/24'] });
    expect(allowed_networks).toEqual(['203.0.113.0/24', '2001:db8::/32', '198.51.100.4/32']);
    for (const inside of ['203.0.113.9', '203.0.113.9:4711', '::ffff:203.0.113.9', '[2001:db8::7]:443', '198.51.100.4', '10.0.0.1, 203.0.113.9']) expect((await me(key, from(inside))).status, inside).toBe(200);
    for (const outside of ['203.0.114.9', '2001:db9::7', '198.51.100.5', '203.0.113.9, 10.0.0.1']) {
      expect(await me(key, from(outside)), outside).toMatchObject({ status: 403, body: { error: { code: '2004', details: { reason: 'api_key_network' } } } });
    }
    // Nobody named by the proxy: the proxy itself is the peer.
    expect((await me(key)).status).toBe(403);
  });

  it('that are none are each named', async () => {
    const answer = await app.call('POST', '/api/v1/api-keys', { as: app.owner, body: { name: 'N', scopes: ['chat.use'], allowed_networks: ['10.0.0.0/8', 'example.com', '10.0.0.0/33'] } });
    expect(answer).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'allowed_networks.1', code: 'invalid_network' }, { path: 'allowed_networks.2', code: 'invalid_network' }] } } } });
  });
});

describe('models', () => {
  it('that a key is not for are neither listed to it nor called by it', async () => {
    const all: string[] = (await app.call('GET', '/api/v1/models', { as: app.owner })).body.data.items.map(({ name }: { name: string }) => name);
    const [first = '', second = ''] = all;
    expect(all.length).toBeGreaterThan(1);
    const { key } = await makeKey(app, app.owner, { models: [first] });
    expect((await callWith(app, key, 'GET', '/api/v1/models')).body.data.items.map(({ name }: { name: string }) => name)).toEqual([first]);
    const { body } = await callWith(app, key, 'POST', '/api/v1/chat/conversations', { body: {} });
    const ask = (model: string) => callWith(app, key, 'POST', `/api/v1/chat/conversations/${body.data.id}/replies`, { body: { content: 'demo:echo', model } });
    for (const other of [second, `demo/${second}`, `demo/${first}`, first.toUpperCase(), `${first} `]) {
      expect(await ask(other), other).toMatchObject({ status: 403, body: { error: { code: '2004', details: { reason: 'model_not_in_api_key' } } } });
    }
    expect((await ask(first)).status).toBe(200);
    expect(await app.findAudit(app.owner.tenant_id, 'replies.started')).toMatchObject({ details: { api_key_id: expect.any(String) } });
  });
});

describe('idempotency keys', () => {
  it('are the person’s, whatever the request came with', async () => {
    const { key } = await makeKey(app, app.owner);
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const made = await callWith(app, key, 'POST', '/api/v1/chat/conversations', { body: { title: 'Once' }, headers });
    const again = await app.call('POST', '/api/v1/chat/conversations', { as: app.owner, body: { title: 'Once' }, headers });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(made.body);
  });

  it('never bring a key back', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const body = { name: 'Once', scopes: ['chat.use'] };
    expect((await app.call('POST', '/api/v1/api-keys', { as: app.owner, body, headers })).status).toBe(201);
    expect(await app.call('POST', '/api/v1/api-keys', { as: app.owner, body, headers })).toMatchObject({ status: 409, body: { error: { details: { reason: 'shown_once' } } } });
  });
});

it('signing in with a key for a password is refused as any wrong one', async () => {
  const person = await app.signInAs('end_user');
  const { key } = await makeKey(app, person);
  const form = (password: string) => new URLSearchParams({ grant_type: 'password', username: person.email, password, workspace: person.workspace });
  expect(await app.call('POST', '/api/v1/auth/token', { body: form(key) })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await app.call('POST', '/api/v1/auth/token', { body: form(PASSWORD) })).status).toBe(200);
});
