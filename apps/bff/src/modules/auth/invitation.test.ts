import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createTestApp, PASSWORD, type Answer, type TestApp } from '../../../test/app.ts';
import { openBrowser } from '../../../test/browser.ts';
import { sha256 } from '../../crypto/digest.ts';

let app: TestApp;
let superuser: Client;
beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const tokenIn = (link: string) => link.split('/').at(-1) ?? '';
const path = (token: string) => `/api/v1/auth/invitations/${token}`;
const accept = (token: string, body: object = { password: PASSWORD }): Promise<Answer> => app.call('POST', path(token), { body });
const dead = { status: 401, body: { error: { code: '2003' } } };

async function invite(roles: string[] = ['end_user']) {
  const email = `${crypto.randomUUID()}@example.com`;
  const { body } = await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email, name: 'Ina Vited', roles } });
  return { user_id: body.data.user.id as string, email, token: tokenIn(body.data.invitation.url), expires_at: body.data.invitation.expires_at as string };
}

async function resetLink(user_id: string) {
  const { body } = await app.call('POST', `/api/v1/admin/users/${user_id}/reset-password`, { as: app.owner });
  return { token: tokenIn(body.data.invitation.url), expires_at: body.data.invitation.expires_at as string };
}

const findRefused = async (user_id: string) =>
  (await superuser.query<{ details: object }>(`select details from audit_entries where resource_id = $1 and action = 'users.password_chosen' and outcome = 'refused'`, [user_id])).rows.map(({ details }) => details);
const minutesUntil = (instant: string) => Math.round((Date.parse(instant) - Date.now()) / 60_000);
const setStatus = (id: string, status: string) => app.call('PATCH', `/api/v1/admin/users/${id}`, { as: app.owner, body: { status } });

/** Runs `meanwhile` while the call waits for the person's row, which is held. */
async function during(user_id: string, call: () => Promise<Answer>, meanwhile: () => Promise<unknown>): Promise<Answer> {
  await superuser.query('begin');
  await superuser.query(`select 1 from users where id = $1 for update`, [user_id]);
  const answer = call();
  const waits = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await superuser.query(waits)).rows[0].n, { timeout: 10_000, interval: 20 }).toBeGreaterThan(0);
  await meanwhile();
  await superuser.query('commit');
  return answer;
}

describe('a one-time link', () => {
  it('says whom it is for, lets them choose a password and signs them in, once', async () => {
    const { token, email } = await invite();
    const read = await app.call('GET', path(token));
    expect(read.body.data).toEqual({ email, name: 'Ina Vited', tenant_name: 'First', workspace: 'first', purpose: 'invitation', shortest_password: 15 });
    const browser = openBrowser(app);
    const chosen = await browser.call('POST', path(token), { body: { password: PASSWORD, name: 'Ina', locale: 'zh-CN' } });
    expect(chosen.body.data.user).toMatchObject({ email, name: 'Ina', preferences: { locale: 'zh-CN' } });
    expect((await browser.call('GET', '/api/v1/auth/me')).status).toBe(200);
    expect(await accept(token)).toMatchObject(dead);
    expect(await app.call('GET', path(token))).toMatchObject(dead);
  });

  it('of an invitation lasts 72 hours, of a reset 15 minutes', async () => {
    const person = await invite();
    expect(minutesUntil(person.expires_at)).toBe(72 * 60);
    expect((await accept(person.token)).status).toBe(200);
    expect(minutesUntil((await resetLink(person.user_id)).expires_at)).toBe(15);
  });

  it('that has expired is dead', async () => {
    const { token } = await invite();
    await superuser.query(`update user_tokens set expires_at = now() - interval '1 second' where token_hash = $1`, [sha256(token)]);
    expect(await app.call('GET', path(token))).toMatchObject(dead);
    expect(await accept(token)).toMatchObject(dead);
  });

  it('dies when a new one is made; that it was tried stands in the trail', async () => {
    const { token, user_id } = await invite();
    const newer = await resetLink(user_id);
    expect(await accept(token)).toMatchObject(dead);
    await expect.poll(() => findRefused(user_id)).toEqual([{ reason: 'link_not_usable', purpose: 'invitation' }]);
    expect((await accept(newer.token, { password: 'short' })).status).toBe(400);
    expect((await accept(newer.token)).status).toBe(200);
  });

  it('used by ten at once works for one', async () => {
    const { token, user_id } = await invite();
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 401]).toContain(status);
    await expect.poll(async () => (await findRefused(user_id)).length).toBe(9);
  });

  it.each(['null', 'undefined', '', '[]', '{}', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}%00`, `${'A'.repeat(42)}=`])('in the form %j is refused before it is looked up', async (token) => {
    for (const answer of [await app.call('GET', path(token)), await accept(token)]) expect([400, 404]).toContain(answer.status);
  });

  it('keeps its digest alone', async () => {
    const { token } = await invite();
    const { rows } = await superuser.query<{ row: string }>(`select to_jsonb(t)::text as row from user_tokens t union all select to_jsonb(a)::text from audit_entries a`);
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  it('refuses a weak password on its field, and can be used again after that', async () => {
    const { token, email } = await invite();
    for (const [password, code] of [['short', 'password_too_short'], ['passwordpassword', 'password_common'], [`${email.split('@')[0]}`, 'password_contains_name']]) {
      expect(await accept(token, { password })).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'password', code }] } } } });
    }
    expect((await accept(token)).status).toBe(200);
  });

  it('of a disabled person or a suspended tenant is dead', async () => {
    const person = await invite();
    await setStatus(person.user_id, 'disabled');
    expect(await accept(person.token)).toMatchObject(dead);
    expect((await setStatus(person.user_id, 'active')).body.data.status).toBe('invited');
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'S', workspace: 'suspended', admin: { email: 's@example.com', name: 'S' } } });
    await app.call('PATCH', `/api/v1/admin/tenants/${made.body.data.tenant.id}`, { as: app.owner, body: { state: 'suspended' } });
    expect(await accept(tokenIn(made.body.data.invitation.url))).toMatchObject(dead);
  });
});

describe('a reset', () => {
  it('ends every session at once, and the old password with the new one', async () => {
    const person = await app.signInAs('end_user');
    const browser = openBrowser(app);
    await browser.signIn(person);
    const { token } = await resetLink(person.user_id);
    expect(await browser.call('POST', '/api/v1/auth/refresh')).toMatchObject({ status: 401, body: { error: { code: '2003', details: { reason: 'password_reset' } } } });
    const chosen = await app.call('PUT', `/api/v1/auth/password-reset/${token}`, { body: { password: 'another-quiet-lake-9' } });
    expect([chosen.status, chosen.headers.getSetCookie()]).toEqual([204, []]);
    const old = await app.call('POST', '/api/v1/auth/login', { body: { email: person.email, password: PASSWORD } });
    expect(old.status).toBe(401);
    await expect.poll(async () => (await app.call('GET', '/api/v1/auth/me', { as: person })).status).toBe(401);
  });
});

describe('a link used while an admin changes its person', () => {
  it('finds the newer link in its place, without both waiting for each other', async () => {
    const { token, user_id } = await invite();
    const answer = await during(user_id, () => accept(token), () => superuser.query(`update user_tokens set used_at = now() where user_id = $1`, [user_id]));
    expect(answer).toMatchObject(dead);
  });

  it('does not make a disabled person active again', async () => {
    const { token, user_id } = await invite();
    const answer = await during(user_id, () => accept(token), () => superuser.query(`update users set status = 'disabled' where id = $1`, [user_id]));
    expect(answer).toMatchObject(dead);
    expect((await app.call('GET', `/api/v1/admin/users/${user_id}`, { as: app.owner })).body.data.status).toBe('disabled');
  });
});
