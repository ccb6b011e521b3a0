import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { openBrowser } from '../../../../test/browser.ts';
import { enrolTotp, type CodeApp } from '../../../../test/second-factors.ts';

let app: TestApp;
let superuser: Client;
let person: TestPerson;
let codes: CodeApp;
let recovery: string[];
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
beforeEach(async () => {
  person = await app.signInAs('end_user');
  const enrolled = await enrolTotp(app.call, { as: person });
  codes = enrolled.app;
  recovery = enrolled.recovery_codes ?? [];
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

let networks = 0;
const elsewhere = () => ({ 'x-forwarded-for': `10.8.${++networks}.1` });
const login = (of = person) => app.call('POST', '/api/v1/auth/login', { body: { email: of.email, workspace: of.workspace, password: PASSWORD }, headers: elsewhere() });
const begin = async (of = person): Promise<string> => (await login(of)).body.error.details.challenge;
const step = (body: object) => app.call('POST', '/api/v1/auth/login/second-step', { body });
const byCode = (challenge: string, code: string) => step({ challenge, method: 'totp', code });
const byRecovery = (challenge: string, code: string) => step({ challenge, method: 'recovery_code', code });
const token = (form: Record<string, string>) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams(form), headers: elsewhere() });
const wrong = { status: 401, body: { error: { code: '2007', details: { reason: 'code_incorrect' } } } };
const over = { status: 401, body: { error: { code: '2003', details: { reason: 'challenge_ended' } } } };
/** The trail has it, a moment later: nobody's answer waits for it. */
const keeps = async (reason: string, of = person) => {
  await expect.poll(() => app.findAudit(of.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', resource_id: of.user_id, details: { reason } });
};
/** As if the step of the last code had long passed. */
const forgetSteps = () => superuser.query('update totp_factors set last_step = 0 where user_id = $1', [person.user_id]);
const signedIn = ({ status, headers }: Answer) => status === 200 && headers.getSetCookie().length === 2;

describe('a right password', () => {
  it('asks for the second step, and lets nobody in', async () => {
    const answer = await login();
    expect(answer).toMatchObject({ status: 401, body: { error: { code: '2007', details: { expires_in: 300, methods: ['totp', 'recovery_code'], passkey_options: null, challenge: expect.stringMatching(/^[\w-]{43}$/) } } } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const done = await byCode(answer.body.error.details.challenge, await codes.code(1));
    expect(signedIn(done)).toBe(true);
    expect(done.body.data.user).toMatchObject({ id: person.user_id, second_factor: { enrolled: true, demanded: false, withheld: 'nothing' } });
    expect(await app.findAudit(person.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'success', details: { carrier: 'cookie', second_factor: 'totp' } });
  });

  it('that is wrong says nothing of a second step', async () => {
    const answer = await app.call('POST', '/api/v1/auth/login', { body: { email: person.email, password: 'not their password at all' }, headers: elsewhere() });
    expect(answer.body.error).toEqual({ code: '2006', message: expect.any(String) });
  });

  it('chosen by an admin’s link or a forgotten one’s is not a way round it', async () => {
    const reset = await app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner });
    const link = reset.body.data.invitation.url.split('/').at(-1);
    expect((await app.call('PUT', `/api/v1/auth/password-reset/${link}`, { body: { password: PASSWORD } })).status).toBe(204);
    expect((await login()).status).toBe(401);
    // As if they had never chosen one: the link that signs in is of the other kind.
    await superuser.query(`update users set status = 'invited' where id = $1`, [person.user_id]);
    const invited = await app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner });
    const accepted = await app.call('POST', `/api/v1/auth/invitations/${invited.body.data.invitation.url.split('/').at(-1)}`, { body: { password: PASSWORD } });
    expect(accepted).toMatchObject({ status: 401, body: { error: { code: '2007' } } });
    expect(accepted.headers.getSetCookie()).toEqual([]);
    expect(signedIn(await byCode(accepted.body.error.details.challenge, await codes.code(1)))).toBe(true);
  });
});

describe('a code', () => {
  it('is good once: not a second time, not after a later one, not for two at once', async () => {
    const first = await codes.code();
    // The code that confirmed the app was a use already.
    expect(await byCode(await begin(), first)).toMatchObject(wrong);
    const next = await codes.code(1);
    const challenges = [await begin(), await begin(), await begin()];
    const answers = await Promise.all(challenges.map((challenge) => byCode(challenge, next)));
    expect(answers.filter(signedIn)).toHaveLength(1);
    expect(await byCode(await begin(), next)).toMatchObject(wrong);
  });

  it.each([-2, 3])('of %i steps away is refused', async (steps) => {
    await forgetSteps();
    expect(await byCode(await begin(), await codes.code(steps))).toMatchObject(wrong);
  });

  it('that is wrong is told with the tries left, is in the trail, and ends the challenge after five', async () => {
    const challenge = await begin();
    for (let left = 4; left >= 0; left--) expect(await byCode(challenge, '000000')).toMatchObject({ ...wrong, body: { error: { details: { tries_left: left } } } });
    expect(await app.findAudit(person.tenant_id, 'auth.signed_in')).toMatchObject({ outcome: 'refused', resource_id: person.user_id, details: { reason: 'second_factor_incorrect', method: 'totp' } });
    expect(await byCode(challenge, await codes.code(1))).toMatchObject(over);
  });

  it('can’t be guessed over many sign-ins, and whoever is signed in stays so', async () => {
    const guesses: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const challenge = await begin();
      for (let guess = 0; guess < 4; guess++) guesses.push((await byCode(challenge, '000000')).status);
    }
    expect(guesses).toEqual([...Array<number>(10).fill(401), 423, 423]);
    const locked = await byCode(await begin(), await codes.code(1));
    expect(locked).toMatchObject({ status: 423, body: { error: { code: '2005', details: { reason: 'second_factor_attempts' } } } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(600);
    expect((await app.call('GET', '/api/v1/auth/me', { as: person })).status).toBe(200);
    const prove = await app.call('POST', '/api/v1/auth/second-factors/proof', { as: person, body: { method: 'recovery_code', code: recovery[0] } });
    expect(prove.status).toBe(200);
    await expect.poll(() => app.findAudit(person.tenant_id, 'auth.signed_in')).toMatchObject({ details: { reason: 'second_factor_locked' } });
  });

  it.each([null, [], {}, 123456, '', '12345', '1234567', '12345a'])('%j is refused before anything is looked at', async (code) => {
    expect((await step({ challenge: await begin(), method: 'totp', code })).status).toBe(400);
  });
});

describe('a challenge', () => {
  it('is good for one sign-in', async () => {
    const challenge = await begin();
    expect(signedIn(await byCode(challenge, await codes.code(1)))).toBe(true);
    await forgetSteps();
    expect(await byCode(challenge, await codes.code())).toMatchObject(over);
    await keeps('challenge_ended');
    expect(await byRecovery(challenge, recovery[0] ?? '')).toMatchObject(over);
  });

  it('of somebody else takes that person’s factors alone, here and in another tenant', async () => {
    const colleague = await app.signInAs('end_user');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (const other of [colleague, stranger]) {
      const theirs = await enrolTotp(app.call, { as: other });
      expect(await byCode(await begin(other), await codes.code(1))).toMatchObject(wrong);
      expect(await byRecovery(await begin(other), recovery[1] ?? '')).toMatchObject(wrong);
      expect(await byCode(await begin(), await theirs.app.code(1))).toMatchObject(wrong);
    }
  });

  it('ends after five minutes, with another password, and with a reset of the factors', async () => {
    const late = await begin();
    await superuser.query(`update factor_challenges set expires_at = now() - interval '1 second' where user_id = $1`, [person.user_id]);
    expect(await byCode(late, await codes.code(1))).toMatchObject(over);
    const older = await begin();
    await app.call('PUT', '/api/v1/auth/password', { as: person, body: { current_password: PASSWORD, password: 'another-quiet-lake-9' } });
    expect(await byCode(older, await codes.code(1))).toMatchObject(over);
  });

  it('of a disabled person lets nobody in', async () => {
    const challenge = await begin();
    await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { status: 'disabled' } });
    expect((await byCode(challenge, await codes.code(1))).status).not.toBe(200);
    await keeps('challenge_ended');
  });

  it('of a suspended tenant’s person is refused with the reason, which is in the trail', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new', enrolled: true });
    const challenge = await begin(stranger);
    await app.call('PATCH', `/api/v1/admin/tenants/${stranger.tenant_id}`, { as: app.owner, body: { state: 'suspended' } });
    expect(await byCode(challenge, '123456')).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'tenant_suspended' } } } });
    await keeps('tenant_suspended', stranger);
  });

  it('of a tenant that closed its passwords meanwhile is in the trail too', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const theirs = await enrolTotp(app.call, { as: stranger });
    const challenge = await begin(stranger);
    await superuser.query(
      `insert into sso_connections (tenant_id, id, issuer, token_origin, client_id, sealed_secret, secret_hint, secret_fingerprint, scopes, creates_users, enabled, sso_only, vouched_roles, vouched)
       values ($1, $2, 'https://id.example', 'https://id.example', 'lyss', '', '', '', '{}', false, true, true, '{}', '{}')`,
      [stranger.tenant_id, crypto.randomUUID()],
    );
    expect(await byCode(challenge, await theirs.app.code(1))).toMatchObject({ status: 409, body: { error: { details: { reason: 'sso_only' } } } });
    await keeps('sso_only', stranger);
  });

  it('that nobody was given is nobody’s: it leaves no entry', async () => {
    const count = async () => Number((await superuser.query(`select count(*) from audit_entries where action = 'auth.signed_in' and outcome = 'refused'`)).rows[0].count);
    const before = await count();
    expect(await byCode('A'.repeat(43), '123456')).toMatchObject(over);
    // Written behind it, so that whatever came before is there too.
    expect(await byCode(await begin(), '000000')).toMatchObject(wrong);
    expect(await count()).toBe(before + 1);
  });

  it.each(['', 'A'.repeat(43), null, {}, ['a']])('%j is none', async (challenge) => {
    const answer = await step({ challenge, method: 'totp', code: '123456' });
    expect([400, 401]).toContain(answer.status);
  });

  it('begun by a browser is not finished by a script, nor the other way round', async () => {
    const browsers = await begin();
    expect((await token({ grant_type: 'second_factor', challenge: browsers, otp: await codes.code(1) })).body).toMatchObject({ error: 'invalid_grant' });
    const scripts = (await token({ grant_type: 'password', username: person.email, workspace: person.workspace, password: PASSWORD })).body.challenge;
    expect(await byCode(scripts, await codes.code(1))).toMatchObject(over);
  });
});

describe('a recovery code', () => {
  it('signs in once, however it is typed, also for ten at once', async () => {
    const [code = '', other = ''] = recovery;
    expect(recovery).toHaveLength(10);
    const challenges: string[] = [];
    for (let turn = 0; turn < 5; turn++) challenges.push(await begin());
    const answers = await Promise.all(challenges.map((challenge) => byRecovery(challenge, code)));
    expect(answers.filter(signedIn)).toHaveLength(1);
    expect(await app.findAudit(person.tenant_id, 'second_factors.recovery_code_used')).toMatchObject({ details: { left: 9 } });
    expect(signedIn(await byRecovery(await begin(), other.toUpperCase().replaceAll('-', ' ')))).toBe(true);
    expect((await app.call('GET', '/api/v1/auth/second-factors', { as: person })).body.data.recovery_codes).toMatchObject({ left: 8 });
  });

  it('is no more once new ones are made', async () => {
    const made = await app.call('POST', '/api/v1/auth/second-factors/recovery-codes', { as: person });
    expect(made.body.data.recovery_codes).toHaveLength(10);
    expect(await byRecovery(await begin(), recovery[0] ?? '')).toMatchObject(wrong);
    expect(signedIn(await byRecovery(await begin(), made.body.data.recovery_codes[3]))).toBe(true);
  });

  it('is kept as a digest, and the app’s key sealed: neither is in the database, the log or the trail', async () => {
    await byRecovery(await begin(), recovery[0] ?? '');
    const rows = await superuser.query(`select to_jsonb(f)::text as row from totp_factors f union all select to_jsonb(c)::text from recovery_codes c union all select to_jsonb(a)::text from audit_entries a`);
    const kept = [...rows.rows.map(({ row }: { row: string }) => row), ...app.lines].join('\n');
    for (const secret of [codes.secret, Buffer.from(codes.secret).toString('hex'), recovery[0] ?? '', Buffer.from(recovery[0] ?? '').toString('hex')]) expect(kept).not.toContain(secret);
  });
});

describe('the token route', () => {
  const password = (more: Record<string, string> = {}) => token({ grant_type: 'password', username: person.email, workspace: person.workspace, password: PASSWORD, ...more });

  it('answers mfa_required, and takes a code in a second form or in the same one', async () => {
    const asked = await password();
    expect(asked).toMatchObject({ status: 400, body: { error: 'mfa_required', code: '2007', methods: ['totp', 'recovery_code'], expires_in: 300 } });
    expect(asked.body).not.toHaveProperty('access_token');
    const done = await token({ grant_type: 'second_factor', challenge: asked.body.challenge, otp: await codes.code(1) });
    expect(done).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 600 } });
    await forgetSteps();
    expect((await password({ otp: await codes.code(1) })).status).toBe(200);
    expect((await password({ otp: await codes.code(1) })).body).toMatchObject({ error: 'invalid_grant', code: '2007' });
  });

  it('takes a recovery code, and never two things or none', async () => {
    const { challenge } = (await password()).body;
    for (const form of [{}, { otp: '123456', recovery_code: recovery[0] ?? '' }]) expect((await token({ grant_type: 'second_factor', challenge, ...form })).body.error).toBe('invalid_request');
    expect((await token({ grant_type: 'second_factor', challenge, recovery_code: recovery[0] ?? '' })).status).toBe(200);
  });
});

it('a wrong first code of an authenticator app is in the trail', async () => {
  const other = await app.signInAs('end_user');
  await app.call('POST', '/api/v1/auth/second-factors/totp', { as: other });
  expect((await app.call('POST', '/api/v1/auth/second-factors/totp/confirm', { as: other, body: { code: '000000' } })).status).toBe(400);
  expect(await app.findAudit(other.tenant_id, 'second_factors.totp_enrolled')).toMatchObject({ outcome: 'refused', details: { reason: 'code_incorrect' } });
});

it('the first factor signs every other device out, and says why', async () => {
  const other = await app.signInAs('end_user');
  const browser = openBrowser(app);
  await browser.signIn(other);
  await enrolTotp(app.call, { as: other });
  expect((await app.call('GET', '/api/v1/auth/me', { as: other })).status).toBe(200);
  expect((await browser.call('GET', '/api/v1/auth/me')).status).toBe(401);
  expect(await browser.call('POST', '/api/v1/auth/refresh')).toMatchObject({ status: 401, body: { error: { details: { reason: 'second_factors_changed' } } } });
});
