import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openBrowser } from '../../../test/browser.ts';
import { keepRetention } from './retention/keep-retention.job.ts';

let app: TestApp;
let client: Client;
beforeAll(async () => {
  app = await createTestApp();
  client = new Client({ connectionString: app.database.superuser_url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await app.close();
});

const set = (as: TestPerson, body: object) => app.call('PATCH', '/api/v1/admin/tenant', { as, body });
const change = (as: TestPerson, password: string) => app.call('PUT', '/api/v1/auth/password', { as, body: { current_password: PASSWORD, password } });
const refresh = (refresh_token: string) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }) });
const one = async <T>(text: string, values: unknown[]) => (await client.query(text, values)).rows[0] as T;

describe('a tenant’s password policy', () => {
  it('is never weaker than the platform’s, and stands in the audit', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (const password_policy of [{ min_length: 8 }, { min_length: 500 }, { blocked_words: [''] }, { blocked_words: 'acme' }]) expect((await set(admin, { password_policy })).status).toBe(400);
    const saved = await set(admin, { password_policy: { min_length: 20, blocked_words: ['acme', '云栖'] } });
    expect(saved.body.data.password_policy).toEqual({ min_length: 20, blocked_words: ['acme', '云栖'] });
    expect((await set(admin, { password_policy: { min_length: 22 } })).body.data.password_policy.blocked_words).toEqual(['acme', '云栖']);
    expect(await app.findAudit(admin.tenant_id, 'tenants.settings_changed')).toMatchObject({ details: { before: { password_policy: { min_length: 20 } }, after: { password_policy: { min_length: 22 } } } });
  });

  it('refuses what is too short for it or holds its words, however they are written, by every way to a password', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await set(admin, { password_policy: { min_length: 22, blocked_words: ['Acme'] } });
    const issue = async (password: string) => (await change(admin, password)).body.error?.details?.issues[0];
    expect(await issue('quiet-lakes-run-deep')).toMatchObject({ path: 'password', code: 'password_too_short_here', message: expect.stringContaining('22 characters') });
    for (const written of ['my-ACME-runs-very-deep-77', 'my-a.c.m.e-runs-very-deep-77', 'my-4cm3-runs-very-deep-77', 'my-ａｃｍｅ-runs-very-deep-77']) expect(await issue(written)).toMatchObject({ code: 'password_blocked_word' });
    const invited = await app.call('POST', '/api/v1/admin/users', { as: admin, body: { email: 'short@example.com', name: 'Short' } });
    const token = String(invited.body.data.invitation.url).split('/').at(-1);
    expect((await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: 'quiet-lakes-run-deep' } })).body.error.details.issues[0].code).toBe('password_too_short_here');
    // Whoever chooses one is told the length before, by each way to it.
    expect((await app.call('GET', `/api/v1/auth/invitations/${token}`)).body.data.shortest_password).toBe(22);
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).body.data.shortest_password).toBe(22);
    expect((await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: 'quiet-lakes-run-very-deep-78' } })).status).toBe(200);
    const reset = await app.call('POST', `/api/v1/admin/users/${invited.body.data.user.id}/reset-password`, { as: admin });
    expect((await app.call('GET', `/api/v1/auth/password-reset/${String(reset.body.data.invitation.url).split('/').at(-1)}`)).body.data.shortest_password).toBe(22);
    expect((await change(admin, 'quiet-lakes-run-very-deep-77')).status).toBe(200);
    // Another tenant's people are asked for the platform's alone.
    expect((await change(await app.signInAs('end_user'), 'quiet-lakes-run-deep')).status).toBe(200);
  });
});

describe('a tenant’s session policy', () => {
  it('is never longer than the platform’s, and shortens sessions at their next refresh and from their start', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    for (const session_policy of [{ idle_minutes: 721 }, { idle_minutes: 0 }, { absolute_minutes: 10_081 }]) expect((await set(admin, { session_policy })).status).toBe(400);
    await set(admin, { session_policy: { idle_minutes: 30, absolute_minutes: 60 } });
    const renewed = await refresh(admin.refresh_token);
    expect(renewed.status).toBe(200);
    const minutes = `extract(epoch from (s.expires_at - s.created_at)) / 60`;
    const session = await one<{ absolute: string; idle: string }>(
      `select ${minutes} as absolute, extract(epoch from (r.idle_expires_at - r.created_at)) / 60 as idle from sessions s join refresh_tokens r on r.session_id = s.id where s.tenant_id = $1 and r.used_at is null order by r.created_at desc`,
      [admin.tenant_id],
    );
    expect([Math.round(Number(session.absolute)), Math.round(Number(session.idle))]).toEqual([60, 30]);
    await client.query(`update sessions set created_at = now() - interval '2 hours' where tenant_id = $1`, [admin.tenant_id]);
    await refresh(renewed.body.refresh_token);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await app.call('GET', '/api/v1/auth/me', { as: admin })).status).toBe(401);
  });

  it.each([
    [{}, 10_080],
    [{ absolute_minutes: 60 }, 60],
    [{ absolute_minutes: 60, idle_minutes: 30 }, 30],
    [{ idle_minutes: 45 }, 45],
  ])('%j: is how long a browser keeps its cookie, signed in, renewed or with another password: %i minutes', async (session_policy, minutes) => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await set(admin, { session_policy });
    const browser = openBrowser(app);
    const signedIn = await browser.signIn(admin);
    const renewed = await browser.call('POST', '/api/v1/auth/refresh');
    const changed = await browser.call('PUT', '/api/v1/auth/password', { body: { current_password: PASSWORD, password: 'another-quiet-lake-9' } });
    for (const { headers } of [signedIn, renewed, changed]) {
      const seconds = Number(/lyss_rt=[^;]+;.*Max-Age=(\d+)/.exec(headers.getSetCookie().join('\n'))?.[1]);
      expect(Math.ceil(seconds / 60)).toBe(minutes);
    }
  });

  it('lets nobody come back after its idle time', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await set(admin, { session_policy: { idle_minutes: 5 } });
    const { refresh_token } = (await refresh(admin.refresh_token)).body;
    await client.query(`update refresh_tokens set idle_expires_at = idle_expires_at - interval '6 minutes' where tenant_id = $1`, [admin.tenant_id]);
    expect((await refresh(refresh_token)).status).toBe(400);
  });
});

describe('what a tenant keeps', () => {
  it('goes when its time is over, kind by kind and in stretches, each with its entry; nothing of another tenant goes with it', async () => {
    const [admin, other] = [await app.signInAs('tenant_admin', { tenant: 'new' }), await app.signInAs('tenant_admin', { tenant: 'new' })];
    for (const as of [admin, other]) for (let number = 0; number < 5; number++) await app.call('POST', '/api/v1/chat/conversations', { as, body: { title: `Of ${number}` } });
    for (const retention of [{ conversations_days: 0 }, { sessions_days: 7 }]) expect((await set(admin, { retention })).status).toBe(400);
    expect((await set(admin, { retention: { conversations_days: 10, sessions_days: 60 } })).body.data.retention).toEqual({ conversations_days: 10, sessions_days: 60 });
    const tenants = [admin.tenant_id, other.tenant_id];
    await client.query(`update conversations set last_message_at = now() - interval '12 days' where tenant_id = any ($1) and title <> 'Of 4'`, [tenants]);
    await client.query(`insert into sessions (tenant_id, id, user_id, user_agent, address, carrier, expires_at) select tenant_id, gen_random_uuid(), id, '', '', 'cookie', now() - interval '40 days' from users where tenant_id = any ($1)`, [tenants]);
    await keepRetention(app.context.tenancy, 3);
    const count = async (table: string, tenant_id: string) => Number((await one<{ count: string }>(`select count(*) from ${table} where tenant_id = $1`, [tenant_id])).count);
    expect([await count('conversations', admin.tenant_id), await count('conversations', other.tenant_id)]).toEqual([1, 5]);
    // The one keeps ended sessions for 60 days, the other for the 30 that it began with.
    expect([await count('sessions', admin.tenant_id), await count('sessions', other.tenant_id)]).toEqual([3, 2]);
    const entries = await client.query<{ details: { kind: string; removed: number; days: number } }>(`select details from audit_entries where tenant_id = $1 and action = 'tenants.retention_applied' order by at, id`, [admin.tenant_id]);
    expect(entries.rows.map(({ details: { kind, removed, days } }) => [kind, removed, days])).toEqual([['conversations', 3, 10], ['conversations', 1, 10]]);
    await set(admin, { retention: { conversations_days: null } });
    await client.query(`update conversations set last_message_at = now() - interval '900 days' where tenant_id = $1`, [admin.tenant_id]);
    await keepRetention(app.context.tenancy);
    expect(await count('conversations', admin.tenant_id)).toBe(1);
  });

  it('takes a huge conversation away piece by piece, so that no step has to wait long or be waited for', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await set(admin, { retention: { conversations_days: 10 } });
    const talk = async () => String((await app.call('POST', '/api/v1/chat/conversations', { as: admin, body: { title: 'Long' } })).body.data.id);
    const [huge, small] = [await talk(), await talk()];
    // A chain: without pieces the first one's end would be the end of all in one statement.
    const chain = `insert into messages (tenant_id, id, conversation_id, parent_id, role, content, status, created_at)
      select $1, m.id, $2, lag(m.id) over (order by m.n), 'user', '[]', 'complete', now() - (2000 - m.n) * interval '1 second' from (select gen_random_uuid() as id, n from generate_series(1, $3::int) n) m`;
    await client.query(chain, [admin.tenant_id, huge, 1_500]);
    await client.query(chain, [admin.tenant_id, small, 20]);
    await client.query(`update conversations set last_message_at = now() - interval '12 days' where tenant_id = $1`, [admin.tenant_id]);
    await keepRetention(app.context.tenancy);
    expect(await one('select (select count(*) from messages where tenant_id = $1)::int as messages, (select count(*) from conversations where tenant_id = $1)::int as conversations', [admin.tenant_id])).toEqual({ messages: 0, conversations: 0 });
    const { rows } = await client.query<{ details: { kind: string; removed: number } }>(`select details from audit_entries where tenant_id = $1 and action = 'tenants.retention_applied' order by at, id`, [admin.tenant_id]);
    const steps = rows.map(({ details: { kind, removed } }) => [kind, removed]);
    expect(steps.filter(([kind]) => kind === 'messages')).toEqual([['messages', 200], ['messages', 200], ['messages', 200]]);
    expect(steps.filter(([kind]) => kind === 'conversations').reduce((sum, [, removed]) => sum + Number(removed), 0)).toBe(2);
  });

  it('loses one-time links that are over with its sessions, with an entry that says how many; living ones and others’ stay', async () => {
    const [admin, other] = [await app.signInAs('tenant_admin', { tenant: 'new' }), await app.signInAs('tenant_admin', { tenant: 'new' })];
    await set(admin, { retention: { sessions_days: 45 } });
    const tenants = [admin.tenant_id, other.tenant_id];
    // Four that ended long ago, one that ended within the time, and one that lives.
    for (const ended_days of [60, 60, 50, 46, 40, -1]) {
      await client.query(
        `insert into user_tokens (tenant_id, id, user_id, purpose, token_hash, expires_at) select tenant_id, gen_random_uuid(), id, 'password_reset', sha256(gen_random_uuid()::text::bytea), now() - $2 * interval '1 day' from users where tenant_id = any ($1)`,
        [tenants, ended_days],
      );
    }
    const count = async (tenant_id: string) => (await one<{ n: number }>(`select count(*)::int as n from user_tokens where tenant_id = $1 and purpose = 'password_reset'`, [tenant_id])).n;
    await keepRetention(app.context.tenancy, 3);
    expect(await count(admin.tenant_id)).toBe(2);
    const told = await client.query<{ actor_user_id: string | null; resource_id: string; details: object }>(`select actor_user_id, resource_id, details from audit_entries where tenant_id = $1 and action = 'tenants.retention_applied' order by at, id`, [admin.tenant_id]);
    const before = new Date((Math.floor(Date.now() / 86_400_000) - 45) * 86_400_000).toISOString();
    expect(told.rows).toEqual([3, 1].map((removed) => ({ actor_user_id: null, resource_id: admin.tenant_id, details: { kind: 'links', removed, older_than: before, days: 45 } })));
    // The other keeps what is over for the 30 days that it began with.
    expect(await count(other.tenant_id)).toBe(1);
  });
});
