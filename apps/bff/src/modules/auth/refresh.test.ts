import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createTestApp, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { ACCESS_COOKIE, openBrowser, REFRESH_COOKIE, type Browser } from '../../../test/browser.ts';
import { sha256 } from '../../crypto/digest.ts';

let app: TestApp;
let owner: Client;
let member: TestPerson;
let browser: Browser;
beforeAll(async () => {
  app = await createTestApp();
  // The clock is moved in the rows: as the superuser, since the application may not and a test must not wait.
  owner = new Client({ connectionString: app.database.superuser_url });
  await owner.connect();
});
beforeEach(async () => {
  member = await app.signInAs('end_user');
  browser = openBrowser(app);
  await browser.signIn(member);
});
afterAll(async () => {
  await owner.end();
  await app.close();
});

const refreshToken = () => browser.cookies.get(REFRESH_COOKIE) ?? '';
const refreshWith = (token: string): Promise<Answer> => app.call('POST', '/api/v1/auth/refresh', { headers: { cookie: `${REFRESH_COOKIE}=${token}` } });
const successorIn = (answer: Answer): string => /^__Host-lyss_rt=([^;]*)/.exec(answer.headers.getSetCookie()[1] ?? '')?.[1] ?? '';
const age = (token: string, seconds: number) =>
  owner.query(`update refresh_tokens set used_at = used_at - make_interval(secs => $2) where token_hash = $1`, [sha256(token), seconds]);
const sessionOf = async (token: string) =>
  (await owner.query(`select s.* from sessions s join refresh_tokens r on r.session_id = s.id where r.token_hash = $1`, [sha256(token)])).rows[0];
const scripts = (refresh_token: string) => app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }) });

const dead = { status: 401, body: { error: { code: '2003' } } };
const cleared = [`${ACCESS_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0`, `${REFRESH_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=0`];

describe('a refresh', () => {
  it('rotates both cookies and keeps the person', async () => {
    const [first, access] = [refreshToken(), browser.cookies.get(ACCESS_COOKIE)];
    const answer = await browser.call('POST', '/api/v1/auth/refresh');
    expect(answer).toMatchObject({ status: 200, body: { data: { authenticated: true, expires_in: 600, user: { id: member.user_id } } } });
    expect(refreshToken()).toMatch(/^[\w-]{43}$/);
    expect(refreshToken()).not.toBe(first);
    expect(browser.cookies.get(ACCESS_COOKIE)).not.toBe(access);
    expect((await browser.call('GET', '/api/v1/auth/me')).status).toBe(200);
  });

  it('without a cookie says so with 200, which no console has to explain', async () => {
    expect(await app.call('POST', '/api/v1/auth/refresh')).toMatchObject({ status: 200, body: { data: { authenticated: false, user: null, expires_in: null } } });
  });

  it('keeps only digests of its tokens', async () => {
    const first = refreshToken();
    await browser.call('POST', '/api/v1/auth/refresh');
    const { rows } = await owner.query<{ row: string }>(`select to_jsonb(r)::text as row from refresh_tokens r`);
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) for (const token of [first, refreshToken()]) expect(row).not.toContain(token);
  });

  it('of two tabs at once gives both the same successor, and the session lives', async () => {
    const first = refreshToken();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshWith(first)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(successorIn)).size).toBe(1);
    expect((await refreshWith(successorIn(answers[0] as Answer))).status).toBe(200);
    const { rows } = await owner.query(`select count(*)::int as n from refresh_tokens where session_id = $1`, [(await sessionOf(first)).id]);
    expect(rows[0].n).toBe(3);
  });

  it('by the parent after its ten seconds is theft: the session ends, the audit says so, the cookies go', async () => {
    const first = refreshToken();
    await refreshWith(first);
    await age(first, 9);
    expect((await refreshWith(first)).status).toBe(200);
    await age(first, 2);
    const reused = await refreshWith(first);
    expect(reused).toMatchObject(dead);
    expect(reused.headers.getSetCookie()).toEqual(cleared);
    expect(await sessionOf(first)).toMatchObject({ revoke_reason: 'refresh_reused', revoked_at: expect.any(Date) });
    expect(await app.findAudit(member.tenant_id, 'auth.refresh_reused')).toMatchObject({ outcome: 'refused' });
  });

  it('by a grandparent is theft at once, and its honest successor is dead with it', async () => {
    const first = refreshToken();
    const second = successorIn(await refreshWith(first));
    const third = successorIn(await refreshWith(second));
    expect(await refreshWith(first)).toMatchObject(dead);
    expect(await refreshWith(third)).toMatchObject(dead);
    expect(await refreshWith(second)).toMatchObject(dead);
  });

  it.each(['', 'x', 'A'.repeat(43), `${'A'.repeat(42)}!`, 'A'.repeat(4000)])('by garbage (%#) is 2003 and clears the cookies', async (token) => {
    const answer = await refreshWith(token);
    if (token === '') return expect(answer.body.data.authenticated).toBe(false);
    expect(answer).toMatchObject(dead);
    expect(answer.headers.getSetCookie()).toEqual(cleared);
  });

  it('after twelve idle hours, or after the session’s own end, is over', async () => {
    const token = refreshToken();
    await owner.query(`update refresh_tokens set idle_expires_at = now() - interval '1 second' where token_hash = $1`, [sha256(token)]);
    expect(await refreshWith(token)).toMatchObject(dead);
    await browser.signIn(member);
    await owner.query(`update sessions set expires_at = now() - interval '1 second' where user_id = $1`, [member.user_id]);
    expect(await refreshWith(refreshToken())).toMatchObject(dead);
  });

  it('idles out after twelve hours and ends after seven days, operators after one', async () => {
    const hours = async (token: string) => {
      const sql = `select extract(epoch from r.idle_expires_at - r.created_at) / 3600 as idle, extract(epoch from s.expires_at - s.created_at) / 3600 as absolute
        from refresh_tokens r join sessions s on s.id = r.session_id where r.token_hash = $1`;
      const { idle, absolute } = (await owner.query(sql, [sha256(token)])).rows[0];
      return [Math.round(Number(idle)), Math.round(Number(absolute))];
    };
    expect(await hours(refreshToken())).toEqual([12, 168]);
    await browser.signIn(await app.signInAs('super_admin', { enrolled: false }));
    expect(await hours(refreshToken())).toEqual([12, 24]);
  });

  it('keeps a cookie’s token and a script’s token apart', async () => {
    expect(await refreshWith(member.refresh_token)).toMatchObject(dead);
    expect(await scripts(refreshToken())).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await scripts(member.refresh_token)).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 600 } });
  });

  it('is refused to another site, with or without a word of where it comes from', async () => {
    const cookie = `${REFRESH_COOKIE}=${refreshToken()}`;
    for (const headers of [{ cookie, origin: 'https://evil.example' }, { cookie, origin: 'null' }, { cookie, origin: '' }]) {
      expect(await app.call('POST', '/api/v1/auth/refresh', { headers })).toMatchObject({ status: 403, body: { error: { code: '2004' } } });
    }
    expect((await browser.call('POST', '/api/v1/auth/refresh')).status).toBe(200);
  });

  it('does not wait for somebody who holds the person’s row, or the two would wait for each other', async () => {
    await owner.query('begin');
    await owner.query(`select 1 from users where id = $1 for update`, [member.user_id]);
    const answer = await refreshWith(refreshToken());
    await owner.query('rollback');
    expect(answer.status).toBe(200);
  });

  it('while an admin changes the same person never fails with 5xx', async () => {
    const work = Array.from({ length: 12 }, async (_, turn) => {
      if (turn % 3 === 0) return app.call('PATCH', `/api/v1/admin/users/${member.user_id}`, { as: app.owner, body: { status: turn % 2 ? 'active' : 'disabled' } });
      if (turn % 3 === 1) return app.call('POST', `/api/v1/admin/users/${member.user_id}/reset-password`, { as: app.owner });
      return refreshWith(refreshToken());
    });
    for (const { status, body } of await Promise.all(work)) expect(status, JSON.stringify(body)).toBeLessThan(500);
  });
});
