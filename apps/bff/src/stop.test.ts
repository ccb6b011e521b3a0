import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test/postgres.ts';
import { findFreePort } from './db/free-port.ts';
import { startServer } from './start-server.ts';

const PASSWORD = 'quiet-lakes-run-deep-7';
let database: TestDatabase;
let folder: string;
let supplier: Server;
let answer: () => void;
let asked: Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'lyss-stop-'));
  let heard: () => void;
  asked = new Promise((resolve) => (heard = resolve));
  // A supplier that answers only when the test lets it: a request that is under way when the server is told to stop.
  supplier = createServer((_request, response) => {
    answer = () => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
    heard();
  });
  await new Promise<void>((resolve) => supplier.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  supplier.closeAllConnections();
  supplier.close();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

it('answers the request under way, refuses new ones, and only then closes', async () => {
  const { port: supplierPort } = supplier.address() as { port: number };
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const env = { PORT: String(port), LYSS_DATA_DIR: folder, DATABASE_URL: database.owner_url, LYSS_APP_DATABASE_URL: database.app_url, LYSS_EGRESS_ALLOW: `127.0.0.1:${supplierPort}`, LYSS_LOG_LEVEL: 'silent' };
  const lines: string[] = [];
  const server = await startServer(env, (line) => lines.push(line));
  const token = /token=(\S+)/.exec(lines.join('\n'))?.[1];
  const send = (path: string, body: object, cookie = '') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers: { origin, cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const setUp = await send('/api/v1/setup', { token, email: 'a@example.com', password: PASSWORD, name: 'A', tenant_name: 'T', workspace: 'tttt', locale: 'en-US' });
  const cookie = setUp.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const test = send('/api/v1/admin/suppliers/test', { provider: 'custom', base_url: `http://127.0.0.1:${supplierPort}/v1`, api_key: 'k' }, cookie);
  await asked;
  const stopped = server.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  answer();
  const answered = await test;
  expect(answered.status).toBe(200);
  expect(((await answered.json()) as { data: { kind: string } }).data.kind).toBe('authentication_failed');
  await stopped;
});
