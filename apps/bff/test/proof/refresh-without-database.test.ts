import { Client } from 'pg';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/crypto/digest.ts';
import { readPassword } from '../../src/db/embedded-cluster.ts';
import { findPostmaster } from '../../src/db/embedded-postmaster.ts';
import { PASSWORD } from '../app.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../browser.ts';
import { ask, countWaiting, openProcesses, OWNER_EMAIL, setUp } from './server-processes.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };

it('a refresh in whose middle PostgreSQL dies is no sign-out: it is told to come again, and then let in', async () => {
  const servers = await openProcesses({ is_built_in: true });
  try {
    const server = await servers.start();
    await setUp(server);
    const cookieIn = (response: Response, name: string) => response.headers.getSetCookie().map((line) => new RegExp(`^${name}=([^;]+)`).exec(line)?.[1]).find(Boolean) ?? '';
    const token = cookieIn(await ask(server, 'POST', '/api/v1/auth/login', { body: { email: OWNER_EMAIL, password: PASSWORD } }), REFRESH_COOKIE);
    const refresh = () => ask(server, 'POST', '/api/v1/auth/refresh', { cookie: `${REFRESH_COOKIE}=${token}` });

    const { pid, port } = findPostmaster(servers.cluster) ?? expect.fail('no PostgreSQL');
    const superuser = new Client({ connectionString: `postgresql://postgres:${readPassword(servers.cluster)}@127.0.0.1:${port}/lyss` });
    superuser.on('error', () => undefined);
    await superuser.connect();
    await superuser.query('begin');
    await superuser.query('select 1 from refresh_tokens where token_hash = $1 for update', [sha256(token)]);
    const asked = refresh();
    await expect.poll(() => countWaiting(superuser), { timeout: 15_000, interval: 10 }).toBe(1);
    process.kill(pid, 'SIGKILL');

    const failed = await asked;
    expect([failed.status, failed.headers.getSetCookie()]).toEqual([503, []]);
    await superuser.end().catch(() => undefined);
    // The server starts it again by itself.
    let answer = await refresh();
    await expect.poll(async () => (answer = await refresh()).status, PATIENCE).toBe(200);
    const successor = cookieIn(answer, REFRESH_COOKIE);
    expect((await ask(server, 'GET', '/api/v1/auth/me', { cookie: `${ACCESS_COOKIE}=${cookieIn(answer, ACCESS_COOKIE)}` })).status).toBe(200);
    expect((await ask(server, 'POST', '/api/v1/auth/refresh', { cookie: `${REFRESH_COOKIE}=${successor}` })).status).toBe(200);
  } finally {
    await servers.close();
  }
}, 180_000);
