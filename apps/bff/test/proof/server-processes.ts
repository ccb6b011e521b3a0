import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { generateKeyringText } from '../../src/crypto/keyring.ts';
import { findPostmaster } from '../../src/db/embedded-postmaster.ts';
import { findFreePort } from '../../src/db/free-port.ts';
import { PASSWORD } from '../app.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
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
  /** Where the PostgreSQL lies that they start for themselves. */
  cluster: string;
  /** A server as an operator starts it, beside the others over the same database. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  close(): Promise<void>;
}

/** Servers over a database of their own; with `is_built_in` over the PostgreSQL that the first of them starts for itself. */
export async function openProcesses({ is_built_in = false } = {}): Promise<ServerProcesses> {
  const database = await createTestDatabase();
  const data_dir = mkdtempSync(join(tmpdir(), 'lyss-proof-'));
  const cluster = join(data_dir, 'postgres', 'cluster');
  const children: ChildProcess[] = [];
  const urls: Record<string, string> = is_built_in ? {} : { DATABASE_URL: database.owner_url, LYSS_APP_DATABASE_URL: database.app_url };
  const settings = { LYSS_PUBLIC_URL: PUBLIC_URL, LYSS_DATA_DIR: data_dir, LYSS_LOG_LEVEL: 'silent', LYSS_DATABASE_POOL: '4', LYSS_MASTER_KEYS: generateKeyringText(), LYSS_REQUESTS_PER_PERSON: '1000000', LYSS_REQUESTS_PER_NETWORK: '1000000' };
  return {
    ...{ database, cluster },
    async start(env = {}) {
      const port = await findFreePort();
      const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'], PORT: String(port), ...settings, ...urls, ...env } });
      children.push(child);
      const server = { url: `http://127.0.0.1:${port}`, port, said: '', child };
      child.stdout?.on('data', (part: Buffer) => (server.said += part.toString()));
      await vi.waitFor(() => expect(server.said).toContain('is ready'), { timeout: 60_000, interval: 20 });
      return server;
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
