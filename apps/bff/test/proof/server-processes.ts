import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { expect, vi } from 'vitest';
import { generateKeyringText } from '../../src/crypto/keyring.ts';
import { findPostmaster } from '../../src/db/embedded-postmaster.ts';
import { findFreePort } from '../../src/db/free-port.ts';
import { PASSWORD } from '../app.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const PUBLIC_URL = 'http://localhost:3000';
export const OWNER_EMAIL = 'owner@example.com';

export interface ServerProcess {
  url: string;
  port: number;
  said: string;
  child: ChildProcess;
}

export interface Asking {
  token?: string;
  cookie?: string;
  body?: object | URLSearchParams;
}

export interface ServerProcesses {
  database: TestDatabase;
  data_dir: string;
  /** Where the PostgreSQL lies that they start for themselves. */
  cluster: string;
  /** A server as an operator starts it, beside the others over the same database. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** Begins a command of the operator's, over the same database and data folder. */
  begin(command: string[]): { child: ChildProcess; said(): string };
  /** The same, and waits for its end. */
  run(command: string[]): Promise<{ code: number | null; said: string }>;
  close(): Promise<void>;
}

/** Servers over a database of their own; with `is_built_in` over the PostgreSQL that the first of them starts for itself, with `has_own_keyring` with the master key that it makes. */
export async function openProcesses({ is_built_in = false, has_own_keyring = false } = {}): Promise<ServerProcesses> {
  const database = await createTestDatabase();
  const data_dir = mkdtempSync(join(tmpdir(), 'lyss-proof-'));
  const cluster = join(data_dir, 'postgres', 'cluster');
  const children: ChildProcess[] = [];
  const urls: Record<string, string> = is_built_in ? {} : { DATABASE_URL: database.owner_url, LYSS_APP_DATABASE_URL: database.app_url };
  const settings = { LYSS_PUBLIC_URL: PUBLIC_URL, LYSS_DATA_DIR: data_dir, LYSS_LOG_LEVEL: 'silent', LYSS_DATABASE_POOL: '4', LYSS_REQUESTS_PER_PERSON: '1000000', LYSS_REQUESTS_PER_NETWORK: '1000000', ...(has_own_keyring ? {} : { LYSS_MASTER_KEYS: generateKeyringText() }) };
  const start = (program: string, args: string[], env: Record<string, string>) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], ...settings, ...urls, ...env } });
    children.push(child);
    let said = '';
    child.stdout?.on('data', (part: Buffer) => (said += part.toString()));
    return { child, said: () => said };
  };
  const begin = (command: string[]) => start(cli, command, {});
  return {
    ...{ database, data_dir, cluster, begin },
    async start(env = {}) {
      const port = await findFreePort();
      const { child, said } = start(main, [], { PORT: String(port), ...env });
      await vi.waitFor(() => expect(said()).toContain('is ready'), { timeout: 60_000, interval: 20 });
      return { url: `http://127.0.0.1:${port}`, port, said: said(), child };
    },
    async run(command) {
      const { child, said } = begin(command);
      const [code] = await once(child, 'close');
      return { code, said: said() };
    },
    async close() {
      for (const child of children) await killProcess(child);
      const left = findPostmaster(cluster);
      if (left) process.kill(left.pid, 'SIGQUIT');
      await database.drop();
      rmSync(data_dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** How many wait for a row, as PostgreSQL sees it; asked inside a transaction too, which else would be told what it was told before. */
export async function countWaiting(superuser: Client): Promise<number> {
  await superuser.query('select pg_stat_clear_snapshot()');
  const { rows } = await superuser.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  return rows[0]?.n ?? 0;
}

/** As `kill -9` does it, or a machine that goes dark. */
export async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** One call through the socket, by a token, by cookies, or by nobody. */
export function ask({ url }: Pick<ServerProcess, 'url'>, method: string, path: string, { token, cookie, body }: Asking = {}): Promise<Response> {
  const isForm = body instanceof URLSearchParams;
  return fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? { origin: PUBLIC_URL } : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
}

/** The answer's `data`, of a call that must come through. */
// Tests read answers of every shape; each asserts what it reads.
// oxlint-disable-next-line typescript/no-explicit-any
export async function getData(answer: Response | Promise<Response>): Promise<any> {
  const response = await answer;
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answers ${response.status}: ${text}`);
  return text === '' ? null : JSON.parse(text).data;
}

/** The first tenant and its first person, by the link that the server has said. */
export async function setUp(server: ServerProcess): Promise<void> {
  const token = /#token=([\w-]{43})/.exec(server.said)?.[1];
  const body = { token, email: OWNER_EMAIL, password: PASSWORD, name: 'Olive', tenant_name: 'First', workspace: 'first', locale: 'en-US' };
  await getData(ask(server, 'POST', '/api/v1/setup', { body }));
}

/** A script's access token. */
export async function getToken(server: ServerProcess, email: string, password = PASSWORD): Promise<string> {
  const response = await ask(server, 'POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: email, password }) });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`${email} is not let in: ${answer}`);
  return JSON.parse(answer).access_token;
}
