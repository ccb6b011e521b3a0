import { sql } from 'kysely';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { openDatabase, type Database } from './database.ts';
import { createTenancy, type Tenancy, type TenantDb } from './tenancy.ts';

let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
let superuser: Client;
const houses: { tenant_id: string; user_id: string }[] = [];
const asked: string[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  // One connection: whatever one caller leaves behind, the next one gets.
  database = openDatabase({ app_url: test.app_url, max: 1, onError: () => undefined });
  database.pool.on('connect', (client) => {
    const query = vi.spyOn(client, 'query');
    query.mockImplementation(((...given: unknown[]) => {
      asked.push(String(given[0]));
      return (Client.prototype.query as (...all: unknown[]) => unknown).apply(client, given);
    }) as never);
  });
  tenancy = createTenancy(database);
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
  // A commit that fails: what was written is only judged when the transaction ends.
  await superuser.query(`create function judge() returns trigger language plpgsql as 'begin if new.name = ''late'' then raise exception ''judged late''; end if; return null; end'`);
  await superuser.query(`create constraint trigger judge after update on users deferrable initially deferred for each row execute function judge()`);
  await superuser.query(`create function sneak() returns int language plpgsql as 'begin update users set name = ''sneaked''; return 1; end'`);
  for (let count = 0; count < 2; count++) houses.push(await settle());
});
afterAll(async () => {
  await database.close();
  await superuser.end();
  await test.drop();
});

async function settle() {
  const [tenant_id, user_id] = [newId(), newId()];
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: tenant_id, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values({ tenant_id, id: user_id, email: 'u@example.com', name: 'U', roles: ['end_user'], locale: 'en-US' }).execute());
  return { tenant_id, user_id };
}

const read = (db: TenantDb) => db.selectFrom('users').select('id').execute();
const rename = (db: TenantDb, name: string) => db.updateTable('users').set({ name }).execute();
const divide = (db: TenantDb) => db.selectFrom('users').select(sql<number>`1 / (length(name) - length(name))`.as('nothing')).execute();
const misspell = (db: TenantDb) => db.selectFrom('users').select(sql<number>`no_such_column`.as('nothing')).execute();

/** What the one connection is left in: no transaction, no tenant, no platform, writable. */
async function lookAround() {
  const [settings] = await tenancy.lookUp<Record<string, unknown>>(
    `select coalesce(current_setting('app.tenant_id', true), '') as tenant, coalesce(current_setting('app.platform', true), '') as platform,
       current_setting('transaction_read_only') as read_only, (select count(*)::int from users) as users`,
    [],
  );
  const { rows } = await superuser.query(`select state from pg_stat_activity where application_name = 'lyss' and datname = current_database()`);
  return { ...settings, states: rows.map(({ state }) => state as string) };
}
const clean = { tenant: '', platform: '', read_only: 'off', users: 0, states: ['idle'] };

it('a read is one question with its wall, without begin and commit', async () => {
  const [ours] = houses;
  await lookAround();
  asked.length = 0;
  expect(await tenancy.withTenant(ours!.tenant_id, read)).toEqual([{ id: ours!.user_id }]);
  expect(asked).toEqual([expect.stringMatching(/^select "id" from "users"$/)]);
  expect(await lookAround()).toEqual(clean);
});

it('two tenants take turns on one connection, with errors and aborts in between, and neither meets the other or its leavings', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow();
  for (let turn = 0; turn < 300; turn++) {
    const { tenant_id, user_id } = houses[random(2)]!;
    const within = <T>(work: (db: TenantDb) => Promise<T>) => tenancy.withTenant(tenant_id, work);
    const steps = [
      () => within(read),
      () => within(async (db) => [await read(db), await rename(db, 'early')]),
      () => refused(within(divide)),
      () => refused(within(misspell)),
      () => refused(within(async (db) => [await rename(db, 'gone'), await divide(db)])),
      () => refused(within(async (db) => [await rename(db, 'gone'), await divide(db).catch(() => null)])),
      () => refused(within((db) => rename(db, 'late'))),
      () => refused(within(async (db) => [await read(db), await Promise.reject(new Error('mine'))])),
      () => refused(within(async (db) => [await rename(db, 'gone'), await Promise.reject(new Error('mine'))])),
      () => within((db) => divide(db).catch(() => 'swallowed')),
      () => tenancy.withPlatform((db) => db.selectFrom('tenants').select('id').execute()),
    ];
    await steps[random(steps.length)]!();
    expect(await lookAround(), `seed ${seed}, turn ${turn}`).toEqual(clean);
    expect(await within(read), `seed ${seed}, turn ${turn}`).toEqual([{ id: user_id }]);
  }
  const { rows } = await superuser.query(`select distinct name from users where name in ('gone', 'late')`);
  expect(rows).toEqual([]);
});

it('an error in a read, and one in a commit, reaches its caller as PostgreSQL’s', async () => {
  const { tenant_id } = houses[0]!;
  await expect(tenancy.withTenant(tenant_id, divide)).rejects.toMatchObject({ code: '22012' });
  await expect(tenancy.withTenant(tenant_id, misspell)).rejects.toMatchObject({ code: '42703' });
  // Twice: a text that failed to parse isn't taken for one that is known.
  await expect(tenancy.withTenant(tenant_id, misspell)).rejects.toMatchObject({ code: '42703' });
  await expect(tenancy.withTenant(tenant_id, (db) => rename(db, 'late'))).rejects.toThrow('judged late');
  expect(await lookAround()).toEqual(clean);
});

it('a select that writes is refused by PostgreSQL, and inside a transaction it is not', async () => {
  const { tenant_id } = houses[0]!;
  const sneak = (db: TenantDb) => db.selectNoFrom(sql<number>`sneak()`.as('one')).execute();
  await expect(tenancy.withTenant(tenant_id, sneak)).rejects.toMatchObject({ code: '25006' });
  expect(await tenancy.withTenant(tenant_id, async (db) => [await rename(db, 'U'), await sneak(db)])).toMatchObject([{}, [{ one: 1 }]]);
});

it('a row that is read for an update stays locked until the end', async () => {
  const { tenant_id, user_id } = houses[0]!;
  const grab = () => superuser.query('select 1 from users where id = $1 for update nowait', [user_id]);
  await tenancy.withTenant(tenant_id, async (db) => {
    await db.selectFrom('users').select('id').where('id', '=', user_id).forUpdate().execute();
    await expect(grab()).rejects.toMatchObject({ code: '55P03' });
  });
  expect((await grab()).rowCount).toBe(1);
});

it('a connection that has lost its wall reads nothing and is replaced', async () => {
  const { tenant_id, user_id } = houses[0]!;
  await tenancy.lookUp('deallocate wall_of_tenant', []);
  await expect(tenancy.withTenant(tenant_id, read)).rejects.toBeInstanceOf(DatabaseError);
  expect(await tenancy.withTenant(tenant_id, read)).toEqual([{ id: user_id }]);
});

it('a statement that nobody waited for is refused after its transaction, whoever has the connection by then', async () => {
  const { tenant_id } = houses[0]!;
  const kept = await tenancy.withTenant(tenant_id, async (db) => ({ db }));
  await expect(read(kept.db)).rejects.toThrow('its transaction is over');
  const after = await tenancy.withTenant(tenant_id, async (db) => (await rename(db, 'U'), { db }));
  await expect(rename(after.db, 'gone')).rejects.toThrow('its transaction is over');
});

it('nothing is held while nothing is asked', async () => {
  const { tenant_id, user_id } = houses[0]!;
  const seen = await tenancy.withTenant(tenant_id, async (db) => {
    await read(db);
    return [database.pool.idleCount, await tenancy.withTenant(tenant_id, read)];
  });
  expect(seen).toEqual([1, [{ id: user_id }]]);
});
