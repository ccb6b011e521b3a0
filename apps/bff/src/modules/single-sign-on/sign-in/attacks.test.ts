import { createHmac, createPublicKey } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { CLIENT, startSmallIssuer, type Claims, type Forging, type SmallIssuer } from '../../../../test/small-issuer.ts';
import { ada, connect, finish, readAttemptCookie, signInWith, SSO_DOMAIN, start, testWith } from '../../../../test/sso-scene.ts';

const EVIL_DOMAIN = 'evil.example';

let app: TestApp;
let issuer: SmallIssuer;
/** Another tenant's, whose admin is the attacker. */
let evil: SmallIssuer;
let attacker: TestPerson;
beforeAll(async () => {
  [issuer, evil] = await Promise.all([startSmallIssuer(), startSmallIssuer()]);
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: `${issuer.host},${evil.host}` });
  attacker = await app.signInAs('tenant_admin', { tenant: 'new' });
  await connect(app, await app.signInAs('tenant_admin'), issuer.issuer);
  await connect(app, attacker, evil.issuer, { domains: [EVIL_DOMAIN] });
});
afterAll(async () => {
  await app.close();
  await Promise.all([issuer.close(), evil.close()]);
});

const reasonOf = (answer: Answer): unknown => answer.body.error?.details?.reason;
const expectRefused = (answer: Answer, status: number, reason: string) => {
  expect([answer.status, reasonOf(answer)], JSON.stringify(answer.body)).toEqual([status, reason]);
  expect(answer.headers.get('set-cookie')).toBeNull();
};

describe('an attempt', () => {
  it('works once', async () => {
    const { url, browser } = await start(app);
    const returned = issuer.answer(url, ada());
    expect((await finish(app, browser, returned)).status).toBe(200);
    expectRefused(await finish(app, browser, returned), 401, 'sso_attempt');
  });

  it('of two answers at once signs in one', async () => {
    const { url, browser } = await start(app);
    const [first, second] = [issuer.answer(url, ada()), issuer.answer(url, ada())];
    const both = await Promise.all([finish(app, browser, first), finish(app, browser, second)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it('is used up by a provider’s refusal, too', async () => {
    const { url, browser } = await start(app);
    const { state } = issuer.answer(url, ada());
    expectRefused(await finish(app, browser, { state, error: 'access_denied' }), 502, 'sso_denied');
    expectRefused(await finish(app, browser, issuer.answer(url, ada())), 401, 'sso_attempt');
  });

  it('belongs to its browser: with another’s cookie, a made-up one or none, the code opens nothing, and stays good for its own', async () => {
    const [victim, thief] = [await start(app), await start(app)];
    const returned = issuer.answer(victim.url, ada());
    for (const cookie of [thief.browser.cookie, `__Host-lyss_sso=${'A'.repeat(43)}`, '']) expectRefused(await finish(app, { cookie }, returned), 401, 'sso_attempt');
    expect((await finish(app, victim.browser, returned)).status).toBe(200);
  });

  it('takes no code that was given for another one: neither its verifier nor its nonce fits', async () => {
    const [victim, thief] = [await start(app), await start(app)];
    const stolen = issuer.answer(victim.url, ada());
    const own = issuer.answer(thief.url, ada());
    expectRefused(await finish(app, thief.browser, { ...own, code: stolen.code }), 502, 'sso_code_refused');
  });

  it('with a state that nobody gave is unknown', async () => {
    const { browser } = await start(app);
    expectRefused(await finish(app, browser, { state: 'A'.repeat(43), code: 'x' }), 401, 'sso_attempt');
  });

  it('is over after ten minutes', async () => {
    const { url, browser } = await start(app);
    await app.context.tenancy.withTenant(app.owner.tenant_id, (db) => sql`update sso_attempts set expires_at = now() - interval '1 second'`.execute(db));
    expectRefused(await finish(app, browser, issuer.answer(url, ada())), 401, 'sso_attempt');
  });

  it('of a test signs nobody in, and a sign-in is no test', async () => {
    const admin = await app.signInAs('tenant_admin');
    const begun = await app.call('POST', '/api/v1/admin/single-sign-on/test', { as: admin });
    expectRefused(await finish(app, { cookie: readAttemptCookie(begun) }, issuer.answer(begun.body.data.url, ada())), 401, 'sso_attempt');
    const { url, browser } = await start(app);
    const body = { workspace: 'first', ...issuer.answer(url, ada()) };
    expectRefused(await app.call('POST', '/api/v1/admin/single-sign-on/test/result', { as: admin, body, headers: { cookie: browser.cookie } }), 401, 'sso_attempt');
  });

  it('leaves nothing in the database with which its sign-in could be finished', async () => {
    const { url, browser } = await start(app);
    const secret = browser.cookie.split('=')[1] ?? '';
    const nonce = new URL(url).searchParams.get('nonce') ?? '';
    const rows = await app.context.tenancy.withTenant(app.owner.tenant_id, (db) => sql<{ row: string }>`select to_jsonb(a)::text as row from sso_attempts a`.execute(db));
    for (const value of [secret, nonce, new URL(url).searchParams.get('state') ?? '']) expect(JSON.stringify(rows.rows)).not.toContain(value);
  });
});

describe('a mix-up of providers', () => {
  it('ends where the answer comes to another tenant’s address, and the code is sent to nobody', async () => {
    const { url, browser } = await start(app, EVIL_DOMAIN);
    const { state } = evil.answer(url, {});
    const honest = issuer.answer((await start(app)).url, ada());
    const before = evil.seen.length;
    expectRefused(await finish(app, browser, { state, code: honest.code }, 'first'), 401, 'sso_attempt');
    expect(evil.seen.slice(before).filter((line) => line.includes('/token'))).toEqual([]);
  });

  it('ends where the answer names another issuer', async () => {
    const { url, browser } = await start(app);
    expectRefused(await finish(app, browser, issuer.answer(url, ada(), { iss: evil.issuer })), 502, 'sso_token_invalid');
    expect((await signInWith(app, issuer, ada(), { iss: issuer.issuer })).status).toBe(200);
  });

  it('ends where a provider that names itself does not', async () => {
    evil.document['authorization_response_iss_parameter_supported'] = true;
    await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: attacker, body: { scopes: ['profile', 'other'] } });
    expectRefused(await signInWith(app, evil, { sub: 'e' }, {}, attacker.workspace, EVIL_DOMAIN), 502, 'sso_token_invalid');
    delete evil.document['authorization_response_iss_parameter_supported'];
    await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: attacker, body: { scopes: ['profile'] } });
  });

  it('of tenants: a provider signs nobody in at another tenant, nor with an address of another tenant’s domain', async () => {
    const claims = { sub: 'e', email: `ada@${SSO_DOMAIN}`, email_verified: true };
    expectRefused(await signInWith(app, evil, claims, {}, attacker.workspace, EVIL_DOMAIN), 409, 'sso_domain_not_allowed');
    expectRefused(await signInWith(app, evil, { ...claims, email: app.owner.email }, {}, attacker.workspace, EVIL_DOMAIN), 409, 'sso_domain_not_allowed');
  });
});

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const signHmac = (payload: Claims, key: string | Buffer) => {
  const text = `${encode({ alg: 'HS256', kid: 'one' })}.${encode(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};
const seconds = (from_now: number) => Math.floor(Date.now() / 1_000) + from_now;

describe('an ID token', () => {
  const forged: [string, Forging, string][] = [
    ['without a signature', { token: (payload) => `${encode({ alg: 'none' })}.${encode(payload)}.` }, 'sso_token_invalid'],
    ['signed with the client’s secret', { token: (payload) => signHmac(payload, CLIENT.client_secret) }, 'sso_token_invalid'],
    ['signed with the public key as if it were a secret', { token: async (payload) => signHmac(payload, createPublicKey({ key: await issuer.publicJwk(), format: 'jwk' }).export({ type: 'spki', format: 'pem' })) }, 'sso_token_invalid'],
    ['signed by another provider’s key', { token: (payload) => evil.sign(payload) }, 'sso_token_invalid'],
    ['with a changed payload', { token: async (payload) => (await issuer.sign(payload)).replace(/\.[^.]+\./, `.${encode({ ...payload, email: 'boss@sso.example.com' })}.`) }, 'sso_token_invalid'],
    ['of another issuer', { payload: (payload) => ({ ...payload, iss: evil.issuer }) }, 'sso_token_invalid'],
    ['for another client', { payload: (payload) => ({ ...payload, aud: 'somebody-else' }) }, 'sso_token_invalid'],
    ['for several clients', { payload: (payload) => ({ ...payload, aud: [CLIENT.client_id, 'somebody-else'] }) }, 'sso_token_invalid'],
    ['with another nonce', { payload: (payload) => ({ ...payload, nonce: 'other' }) }, 'sso_token_invalid'],
    ['without a nonce', { payload: ({ nonce: _nonce, ...payload }) => payload }, 'sso_token_invalid'],
    ['without a subject', { payload: ({ sub: _sub, ...payload }) => payload }, 'sso_token_invalid'],
    ['that is over', { payload: (payload) => ({ ...payload, iat: seconds(-900), exp: seconds(-120) }) }, 'sso_clock'],
    ['that begins later', { payload: (payload) => ({ ...payload, nbf: seconds(300) }) }, 'sso_clock'],
    ['that is none', { token: () => 'not-a-token' }, 'sso_token_invalid'],
  ];

  it.each(forged)('%s signs nobody in', async (_name, forging, reason) => {
    expectRefused(await signInWith(app, issuer, ada(), forging), 502, reason);
    expect(await app.findAudit(app.owner.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'failed', details: { reason } });
  });

  it('of a clock that is half a minute off is taken', async () => {
    expect((await signInWith(app, issuer, ada(), { payload: (payload) => ({ ...payload, iat: seconds(-330), exp: seconds(-30) }) })).status).toBe(200);
    expect((await signInWith(app, issuer, ada(), { payload: (payload) => ({ ...payload, iat: seconds(30), nbf: seconds(30) }) })).status).toBe(200);
  });
});

it('a secret that the provider refuses is said in words, and nothing of what the provider wrote is passed on', async () => {
  const admin = await app.signInAs('tenant_admin');
  await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: admin, body: { client_secret: 'a-wrong-secret-012345' } });
  const answer = await signInWith(app, issuer, ada());
  expectRefused(answer, 502, 'sso_wrong_secret');
  expect(JSON.stringify(answer.body)).not.toContain('canary-of-the-provider');
  await app.call('PATCH', '/api/v1/admin/single-sign-on', { as: admin, body: { client_secret: CLIENT.client_secret } });
  expect((await testWith(app, issuer, admin, ada())).body.data.refusal).toBeNull();
});

it('the client secret stands in no answer, no log line and no entry; it went to the token endpoint alone', async () => {
  const admin = await app.signInAs('tenant_admin');
  const answers = [await app.call('GET', '/api/v1/admin/single-sign-on', { as: admin }), await testWith(app, issuer, admin, ada()), await app.call('GET', '/api/v1/admin/audit-logs?page_size=100', { as: admin })];
  const forms = [CLIENT.client_secret, Buffer.from(CLIENT.client_secret).toString('base64'), Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')];
  for (const form of forms) {
    for (const answer of answers) expect(JSON.stringify(answer.body)).not.toContain(form);
    for (const line of app.lines) expect(line).not.toContain(form);
  }
  const carrying = issuer.seen.filter((line) => forms.some((form) => line.includes(form)));
  expect(carrying.length).toBeGreaterThan(0);
  for (const line of carrying) expect(line).toMatch(/^POST \/token /);
  expect(evil.seen.filter((line) => line.includes('access_token'))).toEqual([]);
});
