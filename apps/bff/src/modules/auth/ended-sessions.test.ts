import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, SignJWT, UnsecuredJWT, type JSONWebKeySet } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openBrowser } from '../../../test/browser.ts';
import { listenOn, type ListeningApp } from '../../../test/socket.ts';

let app: TestApp;
let server: ListeningApp;
let model: string;
beforeAll(async () => {
  app = await createTestApp();
  server = await listenOn(app);
  const models = await app.call('GET', '/api/v1/models', { as: app.owner });
  model = models.body.data.items[0].name;
});
afterAll(async () => {
  await server.close();
  await app.close();
});

// security.md says a second. What is held here, on a machine busy with other tests too: long before a slow answer (a
// minute) or a token would end by itself.
const PATIENCE_MS = 15_000;

interface OpenStream {
  text(): string;
  /** Milliseconds until the server ended it. */
  ended: Promise<number>;
}

/** A reply that lasts a minute, read through a real socket. */
async function openStream(as: TestPerson): Promise<OpenStream> {
  const headers = { authorization: `Bearer ${as.access_token}`, 'content-type': 'application/json' };
  const made = await app.call('POST', '/api/v1/chat/conversations', { as, body: {} });
  const url = `${server.url}/api/v1/chat/conversations/${made.body.data.id}/replies`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ content: 'demo:slow', model }) });
  expect(response.status).toBe(200);
  let text = '';
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  text += decoder.decode(first?.value);
  const since = () => performance.now();
  let started = since();
  const ended = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += decoder.decode(part.value);
    return since() - started;
  })();
  // What is still open when the tests are over is cut off, and nobody waits for it.
  ended.catch(() => undefined);
  started = since();
  return { text: () => text, ended };
}

const owner = (method: string, path: string, body?: unknown) => app.call(method, path, { as: app.owner, ...(body === undefined ? {} : { body }) });
async function isDead(person: TestPerson): Promise<void> {
  await expect.poll(async () => (await app.call('GET', '/api/v1/auth/me', { as: person })).status, { timeout: PATIENCE_MS, interval: 50 }).toBe(401);
}

const endings: [string, (person: TestPerson) => Promise<{ status: number }>][] = [
  ['signing out', (person) => app.call('POST', '/api/v1/auth/logout', { as: person })],
  ['being disabled', (person) => owner('PATCH', `/api/v1/admin/users/${person.user_id}`, { status: 'disabled' })],
  ['another role', (person) => owner('PATCH', `/api/v1/admin/users/${person.user_id}`, { roles: ['end_user', 'tenant_admin'] })],
  ['a reset of the password', (person) => owner('POST', `/api/v1/admin/users/${person.user_id}/reset-password`)],
];

describe.each(endings)('%s', (_name, end) => {
  it('is felt everywhere long before anything would end by itself, by an open stream too, and by nobody else', async () => {
    const [person, neighbour] = [await app.signInAs('end_user'), await app.signInAs('end_user')];
    const stream = await openStream(person);
    const other = await openStream(neighbour);
    expect(stream.text()).toContain('event: start');
    expect((await end(person)).status).toBeLessThan(300);
    expect(await stream.ended).toBeLessThan(PATIENCE_MS);
    expect(stream.text()).not.toContain('event: end');
    await isDead(person);
    expect((await app.call('GET', '/api/v1/auth/me', { as: neighbour })).status).toBe(200);
    const stillOpen = await Promise.race([other.ended.then(() => 'ended'), new Promise((resolve) => setTimeout(resolve, 200, 'open'))]);
    expect(stillOpen).toBe('open');
    await app.call('POST', '/api/v1/auth/logout', { as: neighbour });
  });
});

describe('a suspended tenant', () => {
  it('is signed out as a whole, and comes back with the same sessions when it is resumed', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const stream = await openStream(admin);
    expect((await owner('PATCH', `/api/v1/admin/tenants/${admin.tenant_id}`, { state: 'suspended' })).status).toBe(200);
    expect(await stream.ended).toBeLessThan(PATIENCE_MS);
    await isDead(admin);
    const refused = await app.call('POST', '/api/v1/auth/login', { body: { email: admin.email, password: PASSWORD } });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'tenant_suspended' } } } });
    await owner('PATCH', `/api/v1/admin/tenants/${admin.tenant_id}`, { state: 'active' });
    await expect.poll(async () => (await app.call('GET', '/api/v1/auth/me', { as: admin })).status, { timeout: PATIENCE_MS }).toBe(200);
  });
});

describe('signing out', () => {
  it('ends this session alone, clears its cookies, and is no error twice or with nothing', async () => {
    const person = await app.signInAs('end_user');
    const [one, two] = [openBrowser(app), openBrowser(app)];
    await one.signIn(person);
    await two.signIn(person);
    const before = new Map(one.cookies);
    const answer = await one.call('POST', '/api/v1/auth/logout');
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie().every((line) => line.includes('Max-Age=0'))).toBe(true);
    for (const [name, value] of before) one.cookies.set(name, value);
    expect((await one.call('POST', '/api/v1/auth/refresh')).status).toBe(401);
    expect((await two.call('GET', '/api/v1/auth/me')).status).toBe(200);
    expect((await app.call('POST', '/api/v1/auth/logout')).status).toBe(204);
    const said = await app.context.tenancy.withTenant(person.tenant_id, (db) =>
      db.selectFrom('audit_entries').select(['outcome', 'actor_user_id', 'actor_name']).where('action', '=', 'auth.signed_out').orderBy('at', 'desc').executeTakeFirst(),
    );
    expect(said).toEqual({ outcome: 'success', actor_user_id: person.user_id, actor_name: expect.stringMatching(/^Person /) });
  });
});

describe('access tokens', () => {
  const jwks = async () => (await app.call('GET', '/.well-known/jwks.json')).body as JSONWebKeySet;
  const me = (token: string) => app.call('GET', '/api/v1/auth/me', { headers: { authorization: `Bearer ${token}` } });
  const bad = { status: 401, body: { error: { code: '2003' } } };
  const rules = { issuer: 'http://localhost:3000', audience: 'lyss-api' };

  it('are verified by anybody with the published keys, which are public alone', async () => {
    const keys = await jwks();
    const { payload, protectedHeader } = await jwtVerify(app.owner.access_token, createLocalJWKSet(keys), { ...rules, algorithms: ['EdDSA'], typ: 'at+jwt' });
    expect(payload).toMatchObject({ sub: app.owner.user_id, tid: app.owner.tenant_id });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
    expect(protectedHeader.typ).toBe('at+jwt');
    // Roles are read from the database at each request, never from a token that was right ten minutes ago.
    expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'tid', 'ver']);
    for (const key of keys.keys) for (const secret of ['d', 'p', 'q', 'k']) expect(key).not.toHaveProperty(secret);
  });

  it('of another make are refused: no signature, another key, HMAC with the public key, another subject', async () => {
    const { payload } = await jwtVerify(app.owner.access_token, createLocalJWKSet(await jwks()), rules);
    const { kid = '' } = decodeProtectedHeader(app.owner.access_token);
    const { privateKey } = generateKeyPairSync('ed25519');
    const [head = '', , signature = ''] = app.owner.access_token.split('.');
    const member = await app.signInAs('end_user');
    const altered = Buffer.from(JSON.stringify({ ...payload, roles: ['super_admin'], sub: member.user_id })).toString('base64url');
    const publicKey = new TextEncoder().encode(JSON.stringify((await jwks()).keys[0]));
    const forged = [
      new UnsecuredJWT(payload).encode(),
      await new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid }).sign(privateKey),
      await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(publicKey),
      `${head}.${altered}.${signature}`,
      `${head}.${altered}.`,
      app.owner.refresh_token,
    ];
    for (const token of forged) expect(await me(token)).toMatchObject(bad);
    expect((await me(app.owner.access_token)).status).toBe(200);
  });
});
