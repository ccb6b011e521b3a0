import fc from 'fast-check';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/crypto/digest.ts';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { createTenancy, type Tenancy, type TenantDb } from '../../src/db/tenancy.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';

const TRANSACTIONS = 10_000;
const AT_ONCE = 8;

let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
let superuser: Client;
beforeAll(async () => {
  test = await createTestDatabase();
  // Whatever one transaction leaves behind, the next one gets: there is no other connection.
  database = openDatabase({ app_url: test.app_url, max: 1, onError: () => undefined });
  tenancy = createTenancy(database);
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await database.close();
  await superuser.end();
  await test.drop();
});

const insert = (db: TenantDb, name: string) => db.insertInto('roles').values({ tenant_id: db.tenant_id, id: newId(), name, permissions: ['chat.use'] }).execute();
const newest = (db: TenantDb) => db.selectFrom('roles').select('tenant_id').orderBy('id', 'desc').limit(5).execute();

/** How a transaction ends that has written one row; those of the first two kinds keep it. */
const endings: [string, (db: TenantDb) => Promise<unknown>][] = [
  ['kept', async () => undefined],
  ['kept after a look', newest],
  ['thrown', async () => Promise.reject(new Error('mine'))],
  ['a failed statement', (db) => sql`select 1 / 0`.execute(db)],
  ['a failed statement that was swallowed', (db) => sql`select 1 / 0`.execute(db).catch(() => undefined)],
  ['a row across the wall', (db) => db.updateTable('roles').set({ tenant_id: newId() }).execute()],
  ['a connection that dies', (db) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(db)],
];
const RARE = endings.length - 1;

async function settle(): Promise<string> {
  const id = newId();
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id, name: 'T', workspace: id, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  return id;
}

it(`${TRANSACTIONS} transactions of two tenants over one connection, aborted at random, leave no row astray`, async () => {
  const tenants = [await settle(), await settle()] as const;
  const seed = Math.floor(Math.random() * 2 ** 31);
  const turns = fc.sample(fc.tuple(fc.nat(1), fc.nat(999), fc.boolean()), { numRuns: TRANSACTIONS, seed });
  const kept: Record<string, string[]> = { [tenants[0]]: [], [tenants[1]]: [] };
  const astray: string[] = [];
  let aborted = 0;
  const turn = async (at: number) => {
    const [who, dice, outside] = turns[at] ?? [0, 0, false];
    const tenant_id = tenants[who as 0 | 1];
    const name = `${who}-${at}`;
    // One in five hundred dies: a new connection costs more than the other endings together.
    const [ending, end] = endings[dice < 2 ? RARE : dice % RARE] as (typeof endings)[number];
    const note = (what: string, isRight: boolean) => void (isRight || astray.push(`${name} (${ending}): ${what}`));
    const done = await tenancy.withTenant(tenant_id, async (db) => {
      note('sees another tenant’s rows before it writes', (await newest(db)).every((row) => row.tenant_id === tenant_id));
      await insert(db, name);
      note('sees another tenant’s rows', (await newest(db)).every((row) => row.tenant_id === tenant_id));
      await end(db);
    }).then(() => true, () => false);
    note(done ? 'was kept' : 'was lost', done === ending.startsWith('kept'));
    if (done) kept[tenant_id]?.push(name);
    else aborted += 1;
    if (outside) note('left a tenant on the connection', (await tenancy.lookUp('select 1 from roles limit 1', [])).length === 0);
  };
  let next = 0;
  const work = async () => {
    while (next < TRANSACTIONS) await turn(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(astray, `seed ${seed}`).toEqual([]);
  expect(aborted, `seed ${seed}`).toBeGreaterThan(TRANSACTIONS / 2);
  for (const id of tenants) {
    const { rows } = await superuser.query<{ name: string }>(`select name from roles where tenant_id = $1 order by name collate "C"`, [id]);
    expect(rows.map(({ name }) => name), `seed ${seed}`).toEqual(kept[id]?.toSorted());
  }
  expect((await superuser.query('select count(*)::int as n from roles')).rows[0].n).toBe(Object.values(kept).flat().length);
}, 120_000);
