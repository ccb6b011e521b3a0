import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { createAuthenticator, type SoftwareAuthenticator, type Tampering } from '../../../../test/authenticator.ts';
import { enrolPasskey, enrolTotp } from '../../../../test/second-factors.ts';

const OWN = '/api/v1/auth/second-factors';
let app: TestApp;
let superuser: Client;
let person: TestPerson;
let key: SoftwareAuthenticator;
let passkey_id: string;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
beforeEach(async () => {
  person = await app.signInAs('end_user');
  ({ authenticator: key, passkey_id } = await enrolPasskey(app.call, { as: person }, createAuthenticator({ counts: true })));
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

let networks = 0;
const elsewhere = () => ({ 'x-forwarded-for': `10.7.${++networks}.1` });
const own = (method: string, path = '', body?: unknown, as = person) => app.call(method, `${OWN}${path}`, { as, ...(body === undefined ? {} : { body }) });
const begin = async () => (await app.call('POST', '/api/v1/auth/passkey/options')).body.data;
const signIn = (response: unknown, headers: Record<string, string> = {}) => app.call('POST', '/api/v1/auth/passkey', { body: { response }, headers });
const signInWith = async (tampering: Tampering = {}, by = key) => signIn(by.get(await begin(), tampering));
const login = (of = person) => app.call('POST', '/api/v1/auth/login', { body: { email: of.email, workspace: of.workspace, password: PASSWORD }, headers: elsewhere() });
const refused = { status: 401, body: { error: { code: '2003', details: { reason: 'passkey_refused' } } } };
const over = { status: 401, body: { error: { code: '2003', details: { reason: 'challenge_ended' } } } };
/** The trail has it, a moment later: nobody's answer waits for it. */
const keeps = async (reason: string, of = person) => {
  await expect.poll(() => app.findAudit(of.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', resource_id: of.user_id, details: { reason } });
};
const isIn = ({ status, headers }: Answer) => status === 200 && headers.getSetCookie().length === 2;

describe('signing in with a passkey alone', () => {
  it('needs no address: the passkey says who it is, and in which workspace', async () => {
    const options = await begin();
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] });
    const answer = await signIn(key.get(options));
    expect(isIn(answer)).toBe(true);
    expect(answer.body.data.user).toMatchObject({ id: person.user_id, tenant: { id: person.tenant_id } });
    expect(await app.findAudit(person.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'success', details: { carrier: 'cookie', second_factor: 'passkey', passkey_id } });
    expect((await own('GET')).body.data.passkeys[0]).toMatchObject({ id: passkey_id, name: 'Laptop', is_synced: false, last_used_at: expect.any(String) });
  });

  it('of the same address in two workspaces comes into the one whose passkey it is', async () => {
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'Twin', workspace: `twin-${networks++}`, admin: { email: person.email, name: 'Twin' } } });
    const accepted = await app.call('POST', `/api/v1/auth/invitations/${made.body.data.invitation.url.split('/').at(-1)}`, { body: { password: PASSWORD } });
    const headers = { cookie: accepted.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') };
    const options = (await app.call('POST', `${OWN}/passkeys/options`, { headers })).body.data;
    const other = createAuthenticator();
    expect((await app.call('POST', `${OWN}/passkeys`, { headers, body: { name: 'Twin', response: other.create(options) } })).status).toBe(201);
    for (const [by, tenant_id] of [[key, person.tenant_id], [other, made.body.data.tenant.id]] as const) expect((await signInWith({}, by)).body.data.user.tenant.id).toBe(tenant_id);
  });

  const attacks: [string, Tampering][] = [
    ['from another origin', { origin: 'https://evil.example' }],
    ['from another port', { origin: 'http://localhost:3001' }],
    ['for another relying party', { rp_id: 'evil.example' }],
    ['without user verification', { verified: false }],
    ['with somebody else’s handle', { user_handle: Buffer.from(crypto.randomUUID()).toString('base64url') }],
    ['of another ceremony', { type: 'webauthn.create' }],
  ];
  it.each(attacks)('%s is refused, and in the trail', async (_name, tampering) => {
    expect(await signInWith(tampering)).toMatchObject(refused);
    await expect.poll(() => app.findAudit(person.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', resource_id: person.user_id, details: { reason: 'passkey_refused' } });
  });

  it('with a signature that was changed, or a passkey that nobody registered, is the same refusal', async () => {
    const given = key.get(await begin());
    const signature = Buffer.from(given.response.signature, 'base64url');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    const forged = await signIn({ ...given, response: { ...given.response, signature: signature.toString('base64url') } });
    const stranger = createAuthenticator();
    stranger.create({ user: { id: 'x' }, rp: { id: 'localhost' }, challenge: 'c' } as never);
    const unknown = await signInWith({}, stranger);
    for (const answer of [forged, unknown]) expect(answer).toMatchObject(refused);
    expect(forged.body.error).toEqual(unknown.body.error);
  });

  it('takes each challenge once, for five minutes, and none that it did not give out', async () => {
    const options = await begin();
    expect(isIn(await signIn(key.get(options)))).toBe(true);
    expect(await signIn(key.get(options))).toMatchObject(over);
    await keeps('challenge_ended');
    const failed = await begin();
    await signIn(key.get(failed, { origin: 'https://evil.example' }));
    expect(await signIn(key.get(failed))).toMatchObject(over);
    const late = await begin();
    await superuser.query(`update passkey_challenges set expires_at = now() - interval '1 second'`);
    expect(await signIn(key.get(late))).toMatchObject(over);
    expect(await signInWith({ challenge: 'A'.repeat(43) })).toMatchObject(over);
    const together = await begin();
    const answers = await Promise.all(Array.from({ length: 5 }, () => signIn(key.get(together))));
    expect(answers.filter(isIn)).toHaveLength(1);
  });

  it('takes no challenge of registering, proving or a second step', async () => {
    const registration = (await own('POST', '/passkeys/options')).body.data.challenge;
    const proof = (await own('POST', '/proof/options')).body.data.challenge;
    const step = (await login()).body.error.details.challenge;
    for (const challenge of [registration, proof, step]) expect(await signInWith({ challenge })).toMatchObject(over);
  });

  it('refuses a copy of the authenticator, whose counter did not go up', async () => {
    expect(isIn(await signInWith({ counter: 40 }))).toBe(true);
    for (const counter of [40, 39, 0]) expect(await signInWith({ counter })).toMatchObject(refused);
    expect(isIn(await signInWith({ counter: 41 }))).toBe(true);
  });

  it('takes a synced passkey, which has no counter, time and again', async () => {
    const other = await app.signInAs('end_user');
    const { authenticator } = await enrolPasskey(app.call, { as: other });
    for (let turn = 0; turn < 2; turn++) expect(isIn(await signInWith({}, authenticator))).toBe(true);
  });

  it('of a disabled person or a suspended tenant is refused with the reason', async () => {
    await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { status: 'disabled' } });
    expect(await signInWith()).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'user_disabled' } } } });
    await keeps('user_disabled');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const { authenticator } = await enrolPasskey(app.call, { as: stranger });
    await app.call('PATCH', `/api/v1/admin/tenants/${stranger.tenant_id}`, { as: app.owner, body: { state: 'suspended' } });
    expect(await signInWith({}, authenticator)).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'tenant_suspended' } } } });
    await keeps('tenant_suspended', stranger);
  });

  it('is nothing for another site’s page', async () => {
    expect((await signIn(key.get(await begin()), { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('a passkey as the second step', () => {
  const finish = (challenge: string, response: unknown) => app.call('POST', '/api/v1/auth/login/second-step', { body: { method: 'passkey', challenge, response } });

  it('signs the sign-in’s own challenge', async () => {
    const { challenge, passkey_options, methods } = (await login()).body.error.details;
    expect([methods, passkey_options.challenge, passkey_options.allowCredentials]).toEqual([['passkey', 'recovery_code'], challenge, [{ id: key.credential_id, type: 'public-key', transports: ['internal', 'hybrid'] }]]);
    expect(isIn(await finish(challenge, key.get(passkey_options)))).toBe(true);
  });

  it('of a colleague, of another tenant’s person, or for another challenge, is refused', async () => {
    const colleague = await app.signInAs('end_user');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (const other of [colleague, stranger]) {
      const { authenticator } = await enrolPasskey(app.call, { as: other });
      const { challenge, passkey_options } = (await login()).body.error.details;
      expect(await finish(challenge, authenticator.get(passkey_options))).toMatchObject({ status: 401, body: { error: { code: '2007', details: { reason: 'passkey_refused', tries_left: 4 } } } });
    }
    const [first, second] = [(await login()).body.error.details, (await login()).body.error.details];
    expect((await finish(first.challenge, key.get(second.passkey_options))).status).toBe(401);
  });
});

describe('registering', () => {
  const register = (response: unknown, name = 'Another', as = person) => own('POST', '/passkeys', { name, response }, as);
  const wanted = async (as = person) => (await own('POST', '/passkeys/options', undefined, as)).body.data;
  const bad = { status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'response', code: 'passkey_refused' }] } } } };
  const ended = { status: 409, body: { error: { code: '3006', details: { reason: 'challenge_ended' } } } };

  it.each<[string, Tampering]>([['another origin', { origin: 'https://evil.example' }], ['another relying party', { rp_id: 'evil.example' }], ['no user verification', { verified: false }], ['a signature for a registration', { type: 'webauthn.get' }]])('with %s is refused', async (_name, tampering) => {
    expect(await register(createAuthenticator().create(await wanted(), tampering))).toMatchObject(bad);
    expect(await app.findAudit(person.tenant_id, 'second_factors.passkey_added')).toMatchObject({ outcome: 'refused', details: { reason: 'passkey_refused' } });
  });

  it('takes each challenge once, of this very session and purpose', async () => {
    const options = await wanted();
    expect((await register(createAuthenticator().create(options))).status).toBe(201);
    expect(await register(createAuthenticator().create(options))).toMatchObject(ended);
    const colleague = await app.signInAs('end_user');
    expect(await register(createAuthenticator().create(await wanted(colleague)))).toMatchObject(ended);
    const proof = (await own('POST', '/proof/options')).body.data.challenge;
    expect(await register(createAuthenticator().create({ ...(await wanted()), challenge: proof }))).toMatchObject(ended);
  });

  it('names those that there are, refuses one that anybody has, and twenty-one', async () => {
    const options = await wanted();
    expect(options.excludeCredentials).toEqual([{ id: key.credential_id, type: 'public-key', transports: ['internal', 'hybrid'] }]);
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect(await register(key.create(await wanted(stranger)), 'Stolen', stranger)).toMatchObject({ status: 409, body: { error: { code: '3005', details: { reason: 'passkey_known' } } } });
    await superuser.query(`insert into passkeys (tenant_id, id, user_id, credential_id, public_key, counter, transports, is_synced, name)
      select tenant_id, gen_random_uuid(), user_id, decode(md5(n::text || user_id), 'hex'), public_key, 0, '{}', false, 'Many' from passkeys, generate_series(1, 19) n where id = $1`, [passkey_id]);
    expect(await own('POST', '/passkeys/options')).toMatchObject({ status: 409, body: { error: { code: '3009', details: { reason: 'too_many_passkeys' } } } });
  });

  it('renames and removes one’s own alone, with its entries', async () => {
    await enrolTotp(app.call, { as: person });
    const renamed = await own('PATCH', `/passkeys/${passkey_id}`, { name: 'Phone' });
    expect(renamed).toMatchObject({ status: 200, body: { data: { name: 'Phone', version: 2 } } });
    expect(await app.findAudit(person.tenant_id, 'second_factors.passkey_renamed')).toMatchObject({ details: { before: { name: 'Laptop' }, after: { name: 'Phone' } } });
    const colleague = await app.signInAs('end_user');
    expect((await own('DELETE', `/passkeys/${passkey_id}`, undefined, colleague)).status).toBe(404);
    expect((await own('DELETE', `/passkeys/${passkey_id}`)).status).toBe(204);
    expect(await signInWith()).toMatchObject(refused);
    expect(await app.findAudit(person.tenant_id, 'second_factors.passkey_removed')).toMatchObject({ details: { before: { name: 'Phone' } } });
  });
});

it('a console at a bare address has no passkeys, and says so', async () => {
  const bare = await createTestApp({}, { LYSS_PUBLIC_URL: 'https://192.0.2.7' });
  expect((await bare.call('GET', '/api/v1/setup')).body.data.passkeys).toBe(false);
  expect((await bare.call('GET', OWN, { as: bare.owner })).body.data.passkeys_possible).toBe(false);
  const impossible = { status: 409, body: { error: { code: '3006', details: { reason: 'passkeys_impossible' } } } };
  expect(await bare.call('POST', '/api/v1/auth/passkey/options')).toMatchObject(impossible);
  expect(await bare.call('POST', `${OWN}/passkeys/options`, { as: bare.owner })).toMatchObject(impossible);
  await bare.close();
});
