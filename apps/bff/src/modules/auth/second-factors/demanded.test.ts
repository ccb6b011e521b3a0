import { Client } from 'pg';
import { listEndpoints, platformPermissions } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { linkIn, startMailServer, type MailServer } from '../../../../test/mail-server.ts';
import { openBrowser } from '../../../../test/browser.ts';
import { enrolPasskey, enrolTotp } from '../../../../test/second-factors.ts';

const OWN = '/api/v1/auth/second-factors';
const SHORT = 'lake-run-7x9';
let app: TestApp;
let mail: MailServer;
let superuser: Client;
beforeAll(async () => {
  mail = await startMailServer();
  app = await createTestApp({}, { LYSS_SMTP_URL: mail.url, LYSS_TRUST_PROXY: '1' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
  await mail.close();
});

let networks = 0;
const elsewhere = () => ({ 'x-forwarded-for': `10.6.${++networks}.1` });
const call = (as: TestPerson, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => app.call(method, path, { as, headers, ...(body === undefined ? {} : { body }) });
const meOf = async (as: TestPerson) => (await call(as, 'GET', '/api/v1/auth/me')).body.data;
const demand = (as: TestPerson, require_second_factor: string) => call(as, 'PATCH', '/api/v1/admin/tenant', { require_second_factor });
const needed = { status: 403, body: { error: { code: '2004', details: { reason: 'second_factor_needed' } } } };
const stale = { status: 403, body: { error: { code: '2004', details: { reason: 'fresh_proof_needed' } } } };
const age = (person: TestPerson) => superuser.query(`update sessions set proved_at = now() - interval '6 minutes' where user_id = $1`, [person.user_id]);
const tokenForm = (of: TestPerson, more: Record<string, string> = {}) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: of.email, workspace: of.workspace, password: PASSWORD, ...more }), headers: elsewhere() });

/** What was just decided is felt, long before a slow answer would end by itself; that it takes a second is test/proof's to show. */
const felt = async (person: TestPerson, status: number) => {
  await expect.poll(async () => (await call(person, 'GET', '/api/v1/models')).status).toBe(status);
};

/** A tenant of its own, whose admin has an authenticator app, with a member and an auditor who have none. */
async function foundTenant() {
  const admin = await app.signInAs('tenant_admin', { tenant: 'new', enrolled: true });
  const add = async (body: object): Promise<TestPerson> => {
    const email = `${crypto.randomUUID()}@example.com`;
    const made = await call(admin, 'POST', '/api/v1/admin/users', { email, name: 'Somebody', ...body });
    await app.call('POST', `/api/v1/auth/invitations/${made.body.data.invitation.url.split('/').at(-1)}`, { body: { password: PASSWORD } });
    const of = { email, workspace: admin.workspace, user_id: made.body.data.user.id, tenant_id: admin.tenant_id, access_token: '', refresh_token: '' };
    return { ...of, ...(await tokenForm(of)).body };
  };
  const role = await call(admin, 'POST', '/api/v1/admin/roles', { name: 'Auditor', permissions: ['audit.read'] });
  return { admin, member: await add({}), auditor: await add({ roles: ['end_user'], custom_role_ids: [role.body.data.id] }) };
}

describe('an operator without a second factor', () => {
  it('keeps the tenant’s work, and waits with the platform’s, by session and by key, until one is set up', async () => {
    const operator = await app.signInAs('super_admin', { enrolled: false });
    expect((await meOf(operator)).second_factor).toEqual({ enrolled: false, demanded: true, withheld: 'platform' });
    expect((await meOf(operator)).permissions.filter((name: never) => platformPermissions.includes(name))).toEqual([]);
    for (const path of ['/api/v1/admin/tenants', '/api/v1/admin/platform-audit-logs']) expect(await call(operator, 'GET', path)).toMatchObject(needed);
    expect((await call(operator, 'PATCH', '/api/v1/auth/me', { name: 'Op' })).status).toBe(200);
    await enrolTotp(app.call, { as: operator });
    expect((await meOf(operator)).second_factor).toEqual({ enrolled: true, demanded: true, withheld: 'nothing' });
    expect((await call(operator, 'GET', '/api/v1/admin/tenants')).status).toBe(200);
  });

  it('gives nobody else what they may not use themselves', async () => {
    const both = await app.signInAs('super_admin', { enrolled: false });
    await call(app.owner, 'PATCH', `/api/v1/admin/users/${both.user_id}`, { roles: ['super_admin', 'tenant_admin'] });
    const again = { ...both, ...(await tokenForm(both)).body };
    expect((await meOf(again)).second_factor.withheld).toBe('platform');
    const made = await call(again, 'POST', '/api/v1/admin/users', { email: 'more@example.com', name: 'More', roles: ['super_admin'] });
    expect(made).toMatchObject({ status: 403, body: { error: { details: { reason: 'beyond_own_permissions' } } } });
  });

  it('keeps the last factor', async () => {
    const operator = await app.signInAs('super_admin');
    expect(await call(operator, 'DELETE', `${OWN}/totp`)).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'second_factor_demanded' } } } });
    const { passkey_id } = await enrolPasskey(app.call, { as: operator });
    expect((await call(operator, 'DELETE', `${OWN}/totp`)).status).toBe(204);
    expect((await call(operator, 'DELETE', `${OWN}/passkeys/${passkey_id}`)).status).toBe(409);
    expect((await meOf(operator)).second_factor.enrolled).toBe(true);
  });
});

describe('a tenant', () => {
  it('that demands it of everybody lets whoever has none set one up, read themselves and leave, and nothing else', async () => {
    const { admin, member } = await foundTenant();
    const key = (await call(member, 'POST', '/api/v1/api-keys', { name: 'Script', scopes: ['chat.use'] })).body.data.key;
    expect((await demand(admin, 'everyone')).status).toBe(200);
    expect(await app.findAudit(admin.tenant_id, 'tenants.settings_changed')).toMatchObject({ details: { before: { require_second_factor: 'none' }, after: { require_second_factor: 'everyone' } } });
    await felt(member, 403);
    expect(await meOf(member)).toMatchObject({ permissions: [], second_factor: { enrolled: false, demanded: true, withheld: 'everything' } });
    for (const [id, { method, path, permission, before_enrolment, carriers }] of listEndpoints()) {
      if (permission === 'public' || before_enrolment) continue;
      const target = path.replace('{provider}', 'openai').replace(/\{\w+\}/g, crypto.randomUUID());
      expect(await call(member, method, target), id).toMatchObject(needed);
      if (carriers === 'any') expect((await app.call(method, target, { headers: { authorization: `Bearer ${key}` } })).body.error.details.reason, id).toBe('second_factor_needed');
    }
    expect((await tokenForm(member)).body).toMatchObject({ error: 'invalid_grant' });
    const browser = openBrowser(app);
    expect((await browser.signIn(member)).status).toBe(200);
    expect((await browser.call('GET', '/api/v1/models')).status).toBe(403);
    expect((await browser.call('GET', OWN)).status).toBe(200);
    expect((await browser.call('POST', '/api/v1/auth/logout')).status).toBe(204);
    await enrolPasskey(app.call, { as: member });
    await felt(member, 200);
    await expect.poll(async () => (await app.call('GET', '/api/v1/models', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
  });

  it('that demands it of admins means whoever may do more than a member, by whichever role', async () => {
    const { admin, member, auditor } = await foundTenant();
    await demand(admin, 'admins');
    await expect.poll(async () => (await call(auditor, 'GET', '/api/v1/admin/audit-logs')).status).toBe(403);
    expect((await call(member, 'GET', '/api/v1/models')).status).toBe(200);
    expect(await call(auditor, 'GET', '/api/v1/admin/audit-logs')).toMatchObject(needed);
    expect((await call(admin, 'GET', '/api/v1/admin/audit-logs')).status).toBe(200);
    const told = (await call(admin, 'GET', `/api/v1/admin/users/${auditor.user_id}`)).body.data;
    expect(told).toMatchObject({ has_second_factor: false, second_factors: { totp: false, passkeys_count: 0, recovery_codes_left: 0, demanded: true } });
    const found = async (state: string) => (await call(admin, 'GET', `/api/v1/admin/users?second_factor=${state}`)).body.data.items.map(({ id }: { id: string }) => id);
    expect(await found('enrolled')).toEqual([admin.user_id]);
    expect((await found('none')).toSorted()).toEqual([member.user_id, auditor.user_id].toSorted());
  });

  it('is not told to demand it by somebody who has none', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (const who of ['admins', 'everyone']) expect(await demand(admin, who)).toMatchObject({ status: 409, body: { error: { details: { reason: 'enrol_yourself_first' } } } });
    expect((await demand(admin, 'none')).status).toBe(200);
    expect((await demand(admin, 'some')).status).toBe(400);
  });
});

describe('changing factors', () => {
  const prove = (person: TestPerson, body: object) => call(person, 'POST', `${OWN}/proof`, body);

  it('asks for a proof of the last five minutes, by the password where there is no factor', async () => {
    const person = await app.signInAs('end_user');
    await age(person);
    expect((await call(person, 'GET', OWN)).body.data).toMatchObject({ fresh_until: null, proof_methods: ['password'] });
    expect(await call(person, 'POST', `${OWN}/totp`)).toMatchObject(stale);
    expect(await prove(person, { method: 'password', password: 'not their password' })).toMatchObject({ status: 401, body: { error: { code: '2006', details: { reason: 'proof_password', issues: [{ path: 'password' }] } } } });
    expect((await prove(person, { method: 'password', password: PASSWORD })).status).toBe(200);
    expect((await call(person, 'POST', `${OWN}/totp`)).status).toBe(201);
  });

  it('asks for the factor where there is one: the password alone, right or wrong, proves nothing', async () => {
    const person = await app.signInAs('end_user');
    const { recovery_codes } = await enrolTotp(app.call, { as: person });
    const { authenticator, passkey_id } = await enrolPasskey(app.call, { as: person });
    await age(person);
    expect((await call(person, 'GET', OWN)).body.data).toMatchObject({ fresh_until: null, proof_methods: ['passkey', 'totp', 'recovery_code'] });
    const changes = [['POST', '/totp'], ['DELETE', '/totp'], ['POST', '/passkeys/options'], ['DELETE', `/passkeys/${passkey_id}`], ['POST', '/recovery-codes']];
    for (const [method = '', path] of changes) expect(await call(person, method, `${OWN}${path}`), path).toMatchObject(stale);
    for (const password of [PASSWORD, 'not their password']) {
      expect(await prove(person, { method: 'password', password })).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'proof_by_factor' } } } });
      expect(await app.findAudit(person.tenant_id, 'second_factors.proved')).toMatchObject({ outcome: 'refused', details: { method: 'password', reason: 'proof_by_factor' } });
    }
    expect(await prove(person, { method: 'totp', code: '000000' })).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'code', code: 'code_incorrect' }] } } } });
    const options = (await call(person, 'POST', `${OWN}/proof/options`)).body.data;
    expect((await prove(person, { method: 'passkey', response: authenticator.get(options, { verified: false }) })).status).toBe(400);
    expect(await app.findAudit(person.tenant_id, 'second_factors.proved')).toMatchObject({ outcome: 'refused', details: { method: 'passkey' } });
    expect(await call(person, 'DELETE', `${OWN}/totp`)).toMatchObject(stale);
    const proved = await prove(person, { method: 'passkey', response: authenticator.get(options) });
    expect(Date.parse(proved.body.data.fresh_until) - Date.now()).toBeGreaterThan(290_000);
    expect((await prove(person, { method: 'passkey', response: authenticator.get(options) })).status).toBe(400);
    await age(person);
    const by_recovery = { method: 'recovery_code', code: recovery_codes?.[0] };
    expect((await prove(person, by_recovery)).status).toBe(200);
    expect(await app.findAudit(person.tenant_id, 'second_factors.recovery_code_used')).toMatchObject({ details: { left: 9 } });
    expect(await prove(person, by_recovery)).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'code', code: 'code_incorrect' }] } } } });
    expect((await call(person, 'DELETE', `${OWN}/passkeys/${passkey_id}`)).status).toBe(204);
  });

  it('stops after ten wrong proofs, and signing in goes on', async () => {
    const person = await app.signInAs('end_user');
    await age(person);
    const guess = () => call(person, 'POST', `${OWN}/proof`, { method: 'password', password: 'a guess of somebody at an open laptop' });
    for (let turn = 0; turn < 10; turn++) expect((await guess()).status).toBe(401);
    expect(await guess()).toMatchObject({ status: 423, body: { error: { code: '2005', details: { reason: 'second_factor_attempts' } } } });
    expect((await tokenForm(person)).status).toBe(200);
  });

  it('with an API key never comes so far', async () => {
    const person = await app.signInAs('end_user');
    const { key } = (await call(person, 'POST', '/api/v1/api-keys', { name: 'Script', scopes: ['chat.use'] })).body.data;
    expect(await app.call('POST', `${OWN}/totp`, { headers: { authorization: `Bearer ${key}` } })).toMatchObject({ status: 403, body: { error: { details: { reason: 'not_with_an_api_key' } } } });
  });

  it('takes recovery codes away with the last factor', async () => {
    const person = await app.signInAs('end_user', { enrolled: true });
    expect((await call(person, 'DELETE', `${OWN}/totp`)).status).toBe(204);
    expect((await call(person, 'GET', OWN)).body.data).toMatchObject({ enrolled: false, totp: null, passkeys: [], recovery_codes: null });
    expect((await tokenForm(person)).status).toBe(200);
    expect(await call(person, 'POST', `${OWN}/recovery-codes`)).toMatchObject({ status: 409, body: { error: { details: { reason: 'no_second_factor' } } } });
  });
});

describe('a password of eight characters', () => {
  const change = (person: TestPerson, password: string) => call(person, 'PUT', '/api/v1/auth/password', { current_password: PASSWORD, password });

  it('is enough beside a second factor alone, which then stays', async () => {
    const without = await app.signInAs('end_user');
    expect(await change(without, SHORT)).toMatchObject({ status: 400, body: { error: { details: { issues: [{ code: 'password_too_short' }] } } } });
    const person = await app.signInAs('end_user', { enrolled: true });
    expect(await change(person, 'lake-7x')).toMatchObject({ status: 400, body: { error: { details: { issues: [{ code: 'password_too_short_for_factor' }] } } } });
    expect((await change(person, SHORT)).status).toBe(200);
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: person.refresh_token });
    const renewed = { ...person, ...(await app.call('POST', '/api/v1/auth/token', { body: form })).body };
    expect(await call(renewed, 'DELETE', `${OWN}/totp`)).toMatchObject({ status: 409, body: { error: { details: { reason: 'short_password' } } } });
    const reset = await call(app.owner, 'DELETE', `/api/v1/admin/users/${person.user_id}/second-factors?reason=Lost`);
    expect(reset.status).toBe(204);
    expect((await tokenForm(person, { password: SHORT })).body.error).toBe('invalid_grant');
    expect(await app.findAudit(person.tenant_id, 'users.second_factors_reset')).toMatchObject({ details: { password_ended: true } });
    const letter = await mail.findTo(person.email);
    expect(letter.text).toContain('fewer than 15 characters');
  });
});

describe('an admin’s reset', () => {
  const reset = (as: TestPerson, id: string, reason = 'Lost the phone') => call(as, 'DELETE', `/api/v1/admin/users/${id}/second-factors${reason ? `?${new URLSearchParams({ reason })}` : ''}`);

  it('takes every factor away, ends every session, says why in the trail, and writes to the person', async () => {
    const person = await app.signInAs('end_user', { enrolled: true });
    const { authenticator } = await enrolPasskey(app.call, { as: person });
    const challenge = (await app.call('POST', '/api/v1/auth/login', { body: { email: person.email, password: PASSWORD }, headers: elsewhere() })).body.error.details.challenge;
    const admin = await app.signInAs('tenant_admin');
    expect((await reset(admin, person.user_id, '')).status).toBe(400);
    expect((await reset(admin, person.user_id)).status).toBe(204);
    expect((await call(person, 'GET', '/api/v1/auth/me')).status).toBe(401);
    expect(await app.findAudit(person.tenant_id, 'users.second_factors_reset')).toMatchObject({ outcome: 'success', resource_id: person.user_id, details: { reason: 'Lost the phone', before: { totp: true, passkeys_count: 1, recovery_codes_left: 10 }, password_ended: false } });
    const options = (await app.call('POST', '/api/v1/auth/passkey/options')).body.data;
    expect((await app.call('POST', '/api/v1/auth/passkey', { body: { response: authenticator.get(options) } })).status).toBe(401);
    expect((await app.call('POST', '/api/v1/auth/login/second-step', { body: { challenge, method: 'totp', code: '123456' } })).body.error.details.reason).toBe('challenge_ended');
    expect((await tokenForm(person)).status).toBe(200);
    const letter = await mail.findTo(person.email);
    expect(letter.subject).toBe('Your second factors for Lyss were reset');
    expect(linkIn(letter).pathname).toBe('/sign-in');
    expect(await reset(admin, person.user_id)).toMatchObject({ status: 409, body: { error: { details: { reason: 'no_second_factor' } } } });
  });

  it('is not for one’s own, for whoever may do more, for another tenant’s, or for a member', async () => {
    const admin = await app.signInAs('tenant_admin', { enrolled: true });
    expect(await reset(admin, admin.user_id)).toMatchObject({ status: 409, body: { error: { details: { reason: 'own_second_factors' } } } });
    expect(await reset(admin, app.owner.user_id)).toMatchObject({ status: 403, body: { error: { details: { reason: 'beyond_own_permissions' } } } });
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new', enrolled: true });
    expect((await reset(admin, stranger.user_id)).status).toBe(404);
    expect((await reset(await app.signInAs('end_user'), admin.user_id)).status).toBe(403);
  });
});
