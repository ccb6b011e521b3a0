import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createBareApp, PASSWORD, type Answer, type BareApp } from '../../../test/app.ts';
import { openBrowser } from '../../../test/browser.ts';

let app: BareApp;
let superuser: Client;
beforeEach(async () => {
  app = await createBareApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterEach(async () => {
  await superuser.end();
  await app.close();
});

const person = { email: 'first@example.com', password: PASSWORD, name: 'First Person', tenant_name: 'First tenant', workspace: 'first', locale: 'zh-CN' };
const complete = (token: unknown, change: object = {}): Promise<Answer> => app.call('POST', '/api/v1/setup', { body: { token, ...person, ...change } });
const count = async (table: string) => (await superuser.query(`select count(*)::int as n from ${table}`)).rows[0].n as number;
const issue = async () => (await app.context.issueSetupToken()) ?? '';
const isNeeded = async () => (await app.call('GET', '/api/v1/setup')).body.data.needed as boolean;
const dead = { status: 401, body: { error: { code: '2003' } } };

describe('the set-up', () => {
  it('makes tenant, operator and admin, data key, demo supplier and both audit trails, and signs in', async () => {
    expect(await isNeeded()).toBe(true);
    const browser = openBrowser(app);
    const done = await browser.call('POST', '/api/v1/setup', { body: { token: await issue(), ...person } });
    expect(done.status).toBe(201);
    const { user } = done.body.data;
    expect(user).toMatchObject({ email: person.email, roles: ['super_admin', 'tenant_admin'], tenant: { workspace: 'first', currency: 'CNY', time_zone: 'Asia/Shanghai' } });
    expect((await browser.call('GET', '/api/v1/auth/me')).body.data).toEqual(user);
    expect(await isNeeded()).toBe(false);
    expect(await app.context.issueSetupToken()).toBeNull();
    for (const table of ['tenants', 'users', 'data_keys', 'supplier_credentials']) expect(await count(table)).toBe(1);
    const actions = await superuser.query(`select action from platform_audit_entries order by action`);
    expect(actions.rows.map(({ action }) => action)).toEqual(['setup.completed', 'tenants.created']);
  });

  it('takes the time zone of where it is set up, and no made-up one', async () => {
    const token = await issue();
    expect((await complete(token, { time_zone: 'Europe/Atlantis' })).status).toBe(400);
    expect((await complete(token, { time_zone: 'Europe/Lisbon' })).body.data.user.tenant.time_zone).toBe('Europe/Lisbon');
  });

  it('of fifty at once makes exactly one', async () => {
    const token = await issue();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, turn) => complete(token, { email: `p${turn}@example.com`, workspace: `w-${turn}` })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    // Too late, not the one, or turned away before its password was hashed: never a failure of ours.
    for (const { status, body } of answers) expect([201, 401, 409, 503], JSON.stringify(body)).toContain(status);
    for (const table of ['tenants', 'users', 'sessions', 'data_keys']) expect(await count(table)).toBe(1);
  });

  it('of two links that are both good by a fault makes one too', async () => {
    const [one, two] = [await issue(), await issue()];
    await superuser.query(`update setup_tokens set used_at = null`);
    const statuses = (await Promise.all([complete(one), complete(two, { workspace: 'second' })])).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409]);
    expect(await count('tenants')).toBe(1);
  });

  it('refuses an older, an expired, a used and an unknown link', async () => {
    const older = await issue();
    const newer = await issue();
    expect(await complete(older)).toMatchObject(dead);
    expect(await complete('A'.repeat(43))).toMatchObject(dead);
    await superuser.query(`update setup_tokens set expires_at = now() - interval '1 second'`);
    expect(await complete(newer)).toMatchObject(dead);
    const token = await issue();
    expect((await complete(token)).status).toBe(201);
    expect(await complete(token)).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'setup_done' } } } });
    expect(await count('tenants')).toBe(1);
  });

  it('refuses null, empty, array, object and number for a link before it looks one up', async () => {
    await issue();
    for (const token of [null, '', [], {}, 0, true, ['A'.repeat(43)], { $ne: null }, 'A'.repeat(44)]) {
      const answer = await complete(token);
      expect(answer.status, JSON.stringify(token)).toBe(400);
      expect(answer.body.error.details.issues[0].path).toBe('token');
    }
    const { token: _token, ...without } = { token: '', ...person };
    expect(await app.call('POST', '/api/v1/setup', { body: without })).toMatchObject({ status: 400, body: { error: { code: '1002' } } });
  });

  it('refuses a weak password and a bad workspace on their fields, and the link can be used again', async () => {
    const token = await issue();
    expect(await complete(token, { password: 'password123' })).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'password', code: 'password_too_short' }] } } } });
    expect(await complete(token, { workspace: 'No Good', email: 'nobody' })).toMatchObject({ status: 400, body: { error: { details: { issues: [{ path: 'email' }, { path: 'workspace' }] } } } });
    expect((await complete(token)).status).toBe(201);
  });

  it('keeps its link’s digest alone, for thirty minutes', async () => {
    const token = await issue();
    const { rows } = await superuser.query(`select to_jsonb(t)::text as row, extract(epoch from expires_at - created_at) / 60 as minutes from setup_tokens t`);
    expect(rows[0].row).not.toContain(token);
    expect(Math.round(Number(rows[0].minutes))).toBe(30);
  });
});
