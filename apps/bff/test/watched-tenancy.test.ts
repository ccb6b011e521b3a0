import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../src/db/database.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { asAnother, createWatchedTenancy, type WatchedTenancy } from './watched-tenancy.ts';

const TENANT = crypto.randomUUID();
const SECOND = 'a second connection was asked for inside a transaction';

let made: TestDatabase;
let database: Database;
let tenancy: WatchedTenancy;
beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase({ app_url: made.app_url, max: 2, onError: () => undefined });
  tenancy = createWatchedTenancy(database);
});
afterAll(async () => {
  await database.close();
  await made.drop();
});

const one = () => tenancy.withTenant(TENANT, async (db) => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one);

it.each<[string, () => Promise<unknown>]>([
  ['another transaction', one],
  ['a look-up across tenants', () => tenancy.lookUp('select count_workspaces($1) as count', [1])],
  ['the platform’s tables', () => tenancy.withPlatform((db) => db.selectFrom('platform_keys').select('id').execute())],
  ['what is counted in the pool itself', async () => database.pool.query('select 1')],
])('%s, asked for inside a transaction, is refused and kept, and outside it is not', async (_what, ask) => {
  const before = tenancy.nested.length;
  await expect(tenancy.withTenant(TENANT, async () => void (await ask()))).rejects.toThrow(SECOND);
  expect(tenancy.nested).toHaveLength(before + 1);
  expect(tenancy.nested.at(-1)).toContain('watched-tenancy.test.ts');
  await ask();
  await tenancy.withTenant(TENANT, async () => void (await asAnother(ask)));
  expect(tenancy.nested).toHaveLength(before + 1);
});

it('goes on after the transaction in which it was begun', async () => {
  let later: Promise<unknown> | undefined;
  await tenancy.withTenant(TENANT, async () => {
    later = new Promise((resolve) => setImmediate(resolve)).then(() => new Promise((resolve) => setTimeout(resolve, 50))).then(one);
  });
  await expect(later).resolves.toBe(1);
});
