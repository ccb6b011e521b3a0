import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { isAnswering, openDatabase, type Database } from './database.ts';
import { createTenancy } from './tenancy.ts';

const UNANSWERED_MS = 300;
let test: TestDatabase;
let database: Database;
let way: Server;
const sockets: Socket[] = [];
let silent = false;

/** A way to the database on which everything is taken and nothing comes back, as from a host that is frozen. */
beforeAll(async () => {
  test = await createTestDatabase();
  const target = new URL(test.app_url);
  way = createServer((inward) => {
    const outward = connect(Number(target.port), target.hostname);
    sockets.push(inward, outward);
    for (const socket of [inward, outward]) socket.on('error', () => undefined);
    inward.pipe(outward);
    outward.on('data', (chunk) => silent || inward.write(chunk));
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  // A TCP server's address is an object once it listens.
  const { port } = way.address() as AddressInfo;
  const app_url = Object.assign(new URL(test.app_url), { hostname: '127.0.0.1', port: String(port) }).href;
  database = openDatabase({ app_url, max: 2, onError: () => undefined, unanswered_ms: UNANSWERED_MS });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  way.close();
  await database.close();
  await test.drop();
});

it('is given up on: the caller hears of it, and the connection is thrown away', async () => {
  const tenancy = createTenancy(database);
  expect(await isAnswering(database, 1_000)).toBe(true);
  const started = performance.now();
  const asked = tenancy.withTenant(newId(), async (db) => {
    silent = true;
    return db.selectFrom('users').select('id').execute();
  });
  await expect(asked).rejects.toMatchObject({ error_name: 'DATABASE_ERROR' });
  // One wait, not a second one for the rollback.
  expect(performance.now() - started).toBeLessThan(2 * UNANSWERED_MS);
  expect(database.pool.totalCount).toBe(0);
  silent = false;
  expect(await tenancy.withTenant(newId(), (db) => db.selectFrom('users').select('id').execute())).toEqual([]);
});

it('is not ready, and says so in time', async () => {
  expect(await isAnswering(database, 1_000)).toBe(true);
  silent = true;
  const started = performance.now();
  expect(await isAnswering(database, 50)).toBe(false);
  expect(performance.now() - started).toBeLessThan(UNANSWERED_MS);
  silent = false;
});
