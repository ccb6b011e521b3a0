import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiError } from '@lyss/api-types';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { generateKeyringText, parseKeyring } from '../crypto/keyring.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { createLog } from '../telemetry/log.ts';
import { startOperations } from './operations.ts';

let database: TestDatabase;
let context: Context;
let wall: Wall;

interface Wall {
  url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between the app and its database, and can be cut like a cable. */
async function buildWall(to: string): Promise<Wall> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let whole = true;
  const server: Server = createServer((inward) => {
    if (!whole) return void inward.destroy();
    const outward = connect(Number(target.port), target.hostname);
    for (const socket of [inward, outward]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    inward.pipe(outward).pipe(inward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an object once it listens.
  const { port } = server.address() as AddressInfo;
  const drop = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: Object.assign(new URL(to), { hostname: '127.0.0.1', port: String(port), search: '' }).href,
    cut: () => ((whole = false), drop()),
    mend: () => void (whole = true),
    close: () => (drop(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

beforeAll(async () => {
  database = await createTestDatabase();
  wall = await buildWall(database.app_url);
  const { config } = readConfig({ LYSS_STOP_SECONDS: '1' });
  context = await createContext(config, { app_url: wall.url, keyring: parseKeyring(generateKeyringText()) }, { log: createLog('silent') });
});
afterAll(async () => {
  await context.close();
  await wall.close();
  await database.drop();
});

const get = async (path: string) => {
  const response = await createApp(context).request(path);
  return { status: response.status, headers: response.headers, body: (await response.json()) as { data?: { needed: boolean } } };
};

describe('health', () => {
  it('lives without anything, and is ready with its database', async () => {
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', dependencies: { database: 'up', server: 'up' } } });
  });

  it('without its database lives on and is not ready: 503, and the API says 5001 or 5004 and when to come back', async () => {
    wall.cut();
    expect((await get('/health/live')).status).toBe(200);
    expect(await get('/health/ready')).toMatchObject({ status: 503, body: { status: 'not_ready', dependencies: { database: 'down' } } });
    const setup = await get('/api/v1/setup');
    expect(setup.status).toBe(503);
    expect(['5001', '5004']).toContain(apiError.parse(setup.body).error.code);
    expect(Number(setup.headers.get('retry-after'))).toBeGreaterThan(0);
    const login = await createApp(context).request('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'a@example.com', password: 'some-long-password' }),
    });
    expect(login.status).toBe(503);
    wall.mend();
    await expect.poll(async () => (await get('/health/ready')).status, { timeout: 15_000 }).toBe(200);
    expect((await get('/api/v1/setup')).body.data?.needed).toBe(true);
  });

  it('metrics answer on the operations port alone, in Prometheus’ form, with templates for paths', async () => {
    await get('/api/v1/admin/users/0193b3f0-0000-7000-8000-000000000000?search=canary');
    const operations = await startOperations(0, context.metrics.registry);
    const { port } = operations.address() as AddressInfo;
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    const text = await metrics.text();
    expect(text).toContain('lyss_http_request_duration_seconds_count{route="/api/v1/admin/users/{id}",method="GET",status="401"} 1');
    expect(text).toMatch(/lyss_open_streams 0/);
    expect(text).not.toContain('canary');
    for (const [path, method] of [['/', 'GET'], ['/metrics', 'POST'], ['/metrics?x=1', 'GET']]) expect((await fetch(`http://127.0.0.1:${port}${path}`, { method: method ?? '' })).status).toBe(404);
    operations.close();
  });
});

describe('a stopping server', () => {
  it('is not ready, takes no new work and says when to come back', async () => {
    const { config } = readConfig({ LYSS_STOP_SECONDS: '1' });
    const ending = await createContext(config, { app_url: database.app_url, keyring: parseKeyring(generateKeyringText()) }, { log: createLog('silent') }).catch((error: unknown) => error);
    // Another keyring than the database was sealed with must not even start.
    expect(ending).toMatchObject({ name: 'Error', problems: [expect.stringContaining('LYSS_MASTER_KEYS')] });
    const app = createApp({ ...context, isDraining: () => true, readiness: async () => ({ ready: false, dependencies: { database: 'up', server: 'draining' } }) });
    const refused = await app.request('/api/v1/setup');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(apiError.parse(await refused.json()).error.code).toBe('5004');
    expect((await app.request('/health/ready')).status).toBe(503);
    expect((await app.request('/health/live')).status).toBe(200);
  });
});
