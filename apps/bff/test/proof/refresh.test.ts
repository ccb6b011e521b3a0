import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/crypto/digest.ts';
import { PASSWORD } from '../app.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../browser.ts';
import { openGate } from './gate.ts';
import { ask, countWaiting, killProcess, openProcesses, OWNER_EMAIL, setUp, type ServerProcess, type ServerProcesses } from './server-processes.ts';

const TABS = 50;
const KILLS = 4;
const MOST_MS = 12;
// Named by a failure; put here, the same moments come back.
const SEED = Math.floor(Math.random() * 2 ** 32);

let servers: ServerProcesses;
let [survivor, neighbour]: ServerProcess[] = [];
let superuser: Client;
beforeAll(async () => {
  servers = await openProcesses();
  survivor = await servers.start();
  await setUp(survivor);
  neighbour = await servers.start();
  superuser = new Client({ connectionString: servers.database.superuser_url });
  await superuser.connect();
}, 120_000);
afterAll(async () => {
  await superuser.end();
  await servers.close();
});

const at = (server: ServerProcess | undefined): ServerProcess => server ?? expect.fail('no server');
const cookieIn = (response: Response, name: string) => response.headers.getSetCookie().map((line) => new RegExp(`^${name}=([^;]+)`).exec(line)?.[1]).find(Boolean) ?? '';
const refresh = (server: Pick<ServerProcess, 'url'>, token: string) => ask(server, 'POST', '/api/v1/auth/refresh', { cookie: `${REFRESH_COOKIE}=${token}` });
const readMe = async (server: ServerProcess, token: string) => (await ask(server, 'GET', '/api/v1/auth/me', { cookie: `${ACCESS_COOKIE}=${token}` })).status;

async function signIn(server: ServerProcess): Promise<{ access: string; refresh: string }> {
  const response = await ask(server, 'POST', '/api/v1/auth/login', { body: { email: OWNER_EMAIL, password: PASSWORD } });
  expect(response.status).toBe(200);
  return { access: cookieIn(response, ACCESS_COOKIE), refresh: cookieIn(response, REFRESH_COOKIE) };
}

/** How far a refresh by the token has come, as far as PostgreSQL keeps it. */
async function isCommitted(token: string): Promise<boolean> {
  const { rows } = await superuser.query('select 1 from refresh_tokens where token_hash = $1 and used_at is not null', [sha256(token)]);
  return rows.length > 0;
}

/** The browser asks again, of whoever still runs: it is let in, with one successor, and goes on from there. */
async function goesOn(server: ServerProcess, token: string): Promise<string> {
  const answer = await refresh(server, token);
  expect(answer.status).toBe(200);
  const successor = cookieIn(answer, REFRESH_COOKIE);
  expect(await readMe(server, cookieIn(answer, ACCESS_COOKIE))).toBe(200);
  expect((await refresh(server, successor)).status).toBe(200);
  return successor;
}

describe('a refresh, at servers as operators run them', () => {
  it(`of ${TABS} tabs at once, over two servers, keeps all of them signed in, with one successor`, async () => {
    const first = (await signIn(at(survivor))).refresh;
    const asked = Array.from({ length: TABS }, (_, tab) => (tab % 2 ? at(survivor) : at(neighbour)));
    const answers = await Promise.all(asked.map((server) => refresh(server, first)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: TABS }, () => 200));
    const successors = new Set(answers.map((answer) => cookieIn(answer, REFRESH_COOKIE)));
    expect(successors.size).toBe(1);
    // Each access token is good at the other server, too.
    const served = await Promise.all(answers.map((answer, tab) => readMe(at(tab % 2 ? neighbour : survivor), cookieIn(answer, ACCESS_COOKIE))));
    expect(new Set(served)).toEqual(new Set([200]));
    const [successor = ''] = successors;
    expect((await refresh(at(neighbour), successor)).status).toBe(200);
  });

  it('by a grandparent ends the session: its successors, its access tokens, everywhere', async () => {
    const session = await signIn(at(survivor));
    const second = await refresh(at(survivor), session.refresh);
    const third = await refresh(at(neighbour), cookieIn(second, REFRESH_COOKIE));
    expect(third.status).toBe(200);
    const reused = await refresh(at(survivor), session.refresh);
    expect([reused.status, await reused.json()]).toMatchObject([401, { error: { code: '2003', details: { reason: 'refresh_reused' } } }]);
    expect(reused.headers.getSetCookie().every((line) => line.includes('Max-Age=0'))).toBe(true);
    for (const answer of [second, third]) expect((await refresh(at(survivor), cookieIn(answer, REFRESH_COOKIE))).status).toBe(401);
    for (const server of [at(survivor), at(neighbour)]) {
      for (const access of [session.access, cookieIn(second, ACCESS_COOKIE), cookieIn(third, ACCESS_COOKIE)]) await expect.poll(() => readMe(server, access)).toBe(401);
    }
  });
});

describe('a refresh whose server is killed with -9', () => {
  let doomed: ServerProcess;
  let token: string;
  beforeEach(async () => {
    doomed = await servers.start();
    token = (await signIn(doomed)).refresh;
  }, 90_000);
  afterEach(() => superuser.query('rollback'));
  const kill = () => killProcess(doomed.child);
  const hear = (asked: Promise<Response>) => asked.then((answer) => cookieIn(answer, REFRESH_COOKIE), () => null);

  it('before it was heard goes on at another', async () => {
    const gate = await openGate(doomed.port, 'questions');
    const heard = hear(refresh(gate, token));
    await gate.held;
    await kill();
    gate.close();
    expect([await heard, await isCommitted(token)]).toEqual([null, false]);
    await goesOn(at(survivor), token);
  });

  it.each([
    ['at its beginning', 'sessions where id = (select session_id from refresh_tokens where token_hash = $1)'],
    ['where it uses the token up', 'refresh_tokens where token_hash = $1'],
  ])('inside its transaction, %s, goes on at another', async (_where, rows) => {
    await superuser.query('begin');
    await superuser.query(`select 1 from ${rows} for update`, [sha256(token)]);
    const heard = hear(refresh(doomed, token));
    // Seen by PostgreSQL itself: it waits for that row, with whatever it did before it.
    await expect.poll(() => countWaiting(superuser), { timeout: 15_000, interval: 10 }).toBe(1);
    await kill();
    expect([await heard, await isCommitted(token)]).toEqual([null, false]);
    await superuser.query('rollback');
    await goesOn(at(survivor), token);
  });

  it('after it is committed and before it is answered goes on at another, with the successor that nobody heard of', async () => {
    const gate = await openGate(doomed.port, 'answers');
    const heard = hear(refresh(gate, token));
    await gate.held;
    await kill();
    gate.close();
    expect([await heard, await isCommitted(token)]).toEqual([null, true]);
    const kept = await superuser.query<{ token_hash: Buffer }>('select c.token_hash from refresh_tokens c join refresh_tokens p on p.id = c.parent_id where p.token_hash = $1', [sha256(token)]);
    const successor = await goesOn(at(survivor), token);
    expect(kept.rows.map(({ token_hash }) => token_hash.toString('hex'))).toEqual([sha256(successor).toString('hex')]);
  });

  it.each(drawDelays(SEED))(`after %d ms, whatever it does then, goes on at another (seed ${SEED})`, async (delay_ms) => {
    const heard = hear(refresh(doomed, token));
    await new Promise((resolve) => setTimeout(resolve, delay_ms));
    await kill();
    const told = await heard;
    const successor = await goesOn(at(survivor), token);
    expect(told ?? successor).toBe(successor);
  });
});

/** Moments at random that a seed draws again: mulberry32. */
function drawDelays(seed: number): number[] {
  let state = seed;
  return Array.from({ length: KILLS }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let drawn = Math.imul(state ^ (state >>> 15), 1 | state);
    drawn = (drawn + Math.imul(drawn ^ (drawn >>> 7), 61 | drawn)) ^ drawn;
    return Math.round((((drawn ^ (drawn >>> 14)) >>> 0) / 2 ** 32) * MOST_MS * 100) / 100;
  });
}
