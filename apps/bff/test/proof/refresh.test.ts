import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateKeyringText } from '../../src/crypto/keyring.ts';
import { findFreePort } from '../../src/db/free-port.ts';
import { PASSWORD } from '../app.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../browser.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const PUBLIC_URL = 'http://localhost:3000';
const TABS = 50;
const KILLS = 4;

interface Server {
  url: string;
  said: string;
  child: ChildProcess;
}

let test: TestDatabase;
let data_dir: string;
let survivor: Server;
const children: ChildProcess[] = [];
const master_keys = generateKeyringText();
beforeAll(async () => {
  test = await createTestDatabase();
  data_dir = mkdtempSync(join(tmpdir(), 'lyss-proof-'));
  survivor = await startProcess();
  const token = /#token=([\w-]{43})/.exec(survivor.said)?.[1];
  const owner = { token, email: 'owner@example.com', password: PASSWORD, name: 'Olive', tenant_name: 'First', workspace: 'first', locale: 'en-US' };
  const done = await post(survivor, '/api/v1/setup', { body: JSON.stringify(owner) });
  if (done.status !== 201) throw new Error(`no set-up: ${await done.text()}`);
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await test.drop();
  rmSync(data_dir, { recursive: true, force: true });
});

/** A server as an operator starts it, beside the others over the same database. */
async function startProcess(): Promise<Server> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], PORT: String(port), LYSS_PUBLIC_URL: PUBLIC_URL, LYSS_DATA_DIR: data_dir, LYSS_LOG_LEVEL: 'silent', LYSS_DATABASE_POOL: '4', LYSS_MASTER_KEYS: master_keys, DATABASE_URL: test.owner_url, LYSS_APP_DATABASE_URL: test.app_url },
  });
  children.push(child);
  const server = { url: `http://127.0.0.1:${port}`, said: '', child };
  child.stdout?.on('data', (part: Buffer) => (server.said += part.toString()));
  await vi.waitFor(() => expect(server.said).toContain('is ready'), { timeout: 30_000, interval: 20 });
  return server;
}

const post = (server: Server, path: string, { body, headers = {} }: { body?: string; headers?: Record<string, string> }) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { origin: PUBLIC_URL, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) });
const cookieIn = (response: Response, name: string) => response.headers.getSetCookie().map((line) => new RegExp(`^${name}=([^;]+)`).exec(line)?.[1]).find(Boolean) ?? '';
const refresh = (server: Server, token: string) => post(server, '/api/v1/auth/refresh', { headers: { cookie: `${REFRESH_COOKIE}=${token}` } });
const readMe = async (server: Server, token: string) => (await fetch(`${server.url}/api/v1/auth/me`, { headers: { cookie: `${ACCESS_COOKIE}=${token}` } })).status;

async function signIn(server: Server): Promise<{ access: string; refresh: string }> {
  const response = await post(server, '/api/v1/auth/login', { body: JSON.stringify({ email: 'owner@example.com', password: PASSWORD }) });
  expect(response.status).toBe(200);
  return { access: cookieIn(response, ACCESS_COOKIE), refresh: cookieIn(response, REFRESH_COOKIE) };
}

describe('a refresh, at servers as operators run them', () => {
  it(`of ${TABS} tabs at once keeps all of them signed in, with one successor`, async () => {
    const first = (await signIn(survivor)).refresh;
    const answers = await Promise.all(Array.from({ length: TABS }, () => refresh(survivor, first)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: TABS }, () => 200));
    const successors = new Set(answers.map((answer) => cookieIn(answer, REFRESH_COOKIE)));
    expect(successors.size).toBe(1);
    const served = await Promise.all(answers.map((answer) => readMe(survivor, cookieIn(answer, ACCESS_COOKIE))));
    expect(new Set(served)).toEqual(new Set([200]));
    const [successor = ''] = successors;
    expect((await refresh(survivor, successor)).status).toBe(200);
  });

  it('by a grandparent ends the session: its successors, its access tokens, everywhere', async () => {
    const session = await signIn(survivor);
    const second = await refresh(survivor, session.refresh);
    const third = await refresh(survivor, cookieIn(second, REFRESH_COOKIE));
    expect(third.status).toBe(200);
    const reused = await refresh(survivor, session.refresh);
    expect([reused.status, await reused.json()]).toMatchObject([401, { error: { code: '2003', details: { reason: 'refresh_reused' } } }]);
    expect(reused.headers.getSetCookie().every((line) => line.includes('Max-Age=0'))).toBe(true);
    for (const answer of [second, third]) expect((await refresh(survivor, cookieIn(answer, REFRESH_COOKIE))).status).toBe(401);
    for (const access of [session.access, cookieIn(second, ACCESS_COOKIE), cookieIn(third, ACCESS_COOKIE)]) await expect.poll(() => readMe(survivor, access), { timeout: 5_000 }).toBe(401);
  });

  it(`whose server is killed with -9 in the middle goes on at another: ${KILLS} times, at any point`, async () => {
    for (let turn = 0; turn < KILLS; turn += 1) {
      const doomed = await startProcess();
      const { refresh: token } = await signIn(doomed);
      const asked = refresh(doomed, token).then((answer) => cookieIn(answer, REFRESH_COOKIE), () => null);
      const delay_ms = Math.random() * 12;
      await new Promise((resolve) => setTimeout(resolve, delay_ms));
      doomed.child.kill('SIGKILL');
      await once(doomed.child, 'exit');
      const heard = await asked;
      const answer = await refresh(survivor, token);
      expect(answer.status, `killed after ${delay_ms} ms`).toBe(200);
      const successor = cookieIn(answer, REFRESH_COOKIE);
      if (heard !== null) expect(successor).toBe(heard);
      expect(await readMe(survivor, cookieIn(answer, ACCESS_COOKIE))).toBe(200);
      expect((await refresh(survivor, successor)).status).toBe(200);
    }
  }, 90_000);
});
