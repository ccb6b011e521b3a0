import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { openDatabase, translateDatabaseError, type Database } from './database.ts';
import { createTenancy, type Tenancy } from './tenancy.ts';

let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
let superuser: Client;
const lost: Error[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  // One connection: whatever one caller leaves behind, the next one gets.
  database = openDatabase({ app_url: test.app_url, max: 1, onError: (error) => void lost.push(error) });
  tenancy = createTenancy(database);
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
});
afterAll(async () => {
  await database.close();
  await superuser.end();
  await test.drop();
});

interface House {
  tenant_id: string;
  user_id: string;
  conversation_id: string;
}
let ours: House;
let theirs: House;
beforeEach(async () => {
  [ours, theirs] = [await settle(), await settle()];
});

async function settle(): Promise<House> {
  const house = { tenant_id: newId(), user_id: newId(), conversation_id: newId() };
  const tenant = { id: house.tenant_id, name: 'T', workspace: house.tenant_id, locale: 'en-US' as const, currency: 'USD', time_zone: 'UTC' };
  await tenancy.withPlatform((db) => db.insertInto('tenants').values(tenant).execute());
  await tenancy.withTenant(house.tenant_id, async (db) => {
    await db.insertInto('users').values({ tenant_id: house.tenant_id, id: house.user_id, email: `${house.user_id}@example.com`, name: 'U', roles: ['end_user'], locale: 'en-US' }).execute();
    await db.insertInto('conversations').values({ tenant_id: house.tenant_id, id: house.conversation_id, user_id: house.user_id }).execute();
  });
  return house;
}

const countUsers = () => tenancy.withTenant(ours.tenant_id, async (db) => (await db.selectFrom('users').select('id').execute()).length);
/** What a statement sees that comes without withTenant, on the one connection there is. */
const countUnwalled = async () => Number((await tenancy.lookUp<{ n: string }>('select count(*) as n from users', []))[0]?.n);
const settings = async () => (await tenancy.lookUp<Record<string, string>>(`select current_setting('app.tenant_id', true) as tenant, current_setting('app.platform', true) as platform`, []))[0];

describe('a tenant’s transaction', () => {
  it('sees its own rows and nobody else’s', async () => {
    const seen = await tenancy.withTenant(ours.tenant_id, async (db) => ({
      users: await db.selectFrom('users').select('id').execute(),
      theirs: await db.selectFrom('users').select('id').where('id', '=', theirs.user_id).execute(),
      tenants: await db.selectFrom('tenants').select('id').execute(),
    }));
    expect(seen).toEqual({ users: [{ id: ours.user_id }], theirs: [], tenants: [{ id: ours.tenant_id }] });
  });

  it('leaves nothing on its connection: after success, failure, a failed statement, a failed commit', async () => {
    await countUsers();
    expect([await countUnwalled(), await settings()]).toEqual([0, { tenant: '', platform: expect.toSatisfy((value) => value === '' || value === null || value === 'off') }]);
    await expect(tenancy.withTenant(ours.tenant_id, async () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    expect(await countUnwalled()).toBe(0);
    await expect(tenancy.withTenant(ours.tenant_id, (db) => sql`select 1 / 0`.execute(db))).rejects.toMatchObject({ code: '22012' });
    expect(await countUnwalled()).toBe(0);
    await tenancy.withPlatform((db) => db.selectFrom('tenants').select('id').execute());
    expect((await tenancy.lookUp('select id from tenants', [])).length).toBe(0);
    expect(await countUsers()).toBe(1);
  });

  it('rolls back as a whole', async () => {
    const rename = tenancy.withTenant(ours.tenant_id, async (db) => {
      await db.updateTable('users').set({ name: 'Changed' }).execute();
      throw new Error('mine');
    });
    await expect(rename).rejects.toThrow('mine');
    const row = await tenancy.withTenant(ours.tenant_id, (db) => db.selectFrom('users').select('name').executeTakeFirstOrThrow());
    expect(row.name).toBe('U');
  });

  it('whose failed statement somebody swallowed does not pass for done', async () => {
    const swallowed = tenancy.withTenant(ours.tenant_id, async (db) => {
      await db.updateTable('users').set({ name: 'Changed' }).execute();
      await sql`select 1 / 0`.execute(db).catch(() => undefined);
      return 'done';
    });
    await expect(swallowed).rejects.toThrow();
    expect(await countUnwalled()).toBe(0);
  });

  it.each(['', 'x', "'; select 1 --", '0193B3F0-0000-7000-8000-000000000000', '0193b3f0-0000-7000-8000-00000000000g'])('is never begun for %j', (id) => {
    expect(() => tenancy.withTenant(id, async () => 'begun')).toThrow(TypeError);
    expect(() => tenancy.withPlatformAndTenant(id, async () => 'begun')).toThrow(TypeError);
  });

  it('can’t write what is not its own: insert, move, update, delete, reference', async () => {
    const violation = { code: '42501' };
    const foreign = { tenant_id: theirs.tenant_id, id: newId(), email: 'x@example.com', name: 'X', roles: ['super_admin' as const], locale: 'en-US' as const };
    await expect(tenancy.withTenant(ours.tenant_id, (db) => db.insertInto('users').values(foreign).execute())).rejects.toMatchObject(violation);
    await expect(tenancy.withTenant(ours.tenant_id, (db) => db.updateTable('users').set({ tenant_id: theirs.tenant_id }).execute())).rejects.toMatchObject(violation);
    const touched = await tenancy.withTenant(ours.tenant_id, async (db) => [
      (await db.updateTable('users').set({ name: 'Hacked' }).where('id', '=', theirs.user_id).executeTakeFirst()).numUpdatedRows,
      (await db.deleteFrom('users').where('id', '=', theirs.user_id).executeTakeFirst()).numDeletedRows,
      (await db.updateTable('tenants').set({ name: 'Hacked' }).where('id', '=', theirs.tenant_id).executeTakeFirst()).numUpdatedRows,
    ]);
    expect(touched).toEqual([0n, 0n, 0n]);
    const reference = { tenant_id: ours.tenant_id, id: newId(), user_id: theirs.user_id };
    await expect(tenancy.withTenant(ours.tenant_id, (db) => db.insertInto('conversations').values(reference).execute())).rejects.toMatchObject({ code: '23503' });
    const { rows } = await superuser.query(`select name from users where id = $1`, [theirs.user_id]);
    expect(rows).toEqual([{ name: 'U' }]);
  });

  it('can’t learn by a unique key or a foreign key whether another tenant has something', async () => {
    const sameMail = { tenant_id: ours.tenant_id, id: newId(), email: `${theirs.user_id}@example.com`, name: 'X', roles: ['end_user' as const], locale: 'en-US' as const };
    await tenancy.withTenant(ours.tenant_id, (db) => db.insertInto('users').values(sameMail).execute());
    const errors = [];
    for (const user_id of [theirs.user_id, newId()]) {
      const row = { tenant_id: ours.tenant_id, id: newId(), user_id };
      errors.push(await tenancy.withTenant(ours.tenant_id, (db) => db.insertInto('conversations').values(row).execute()).catch((error: { code: string; constraint: string }) => [error.code, error.constraint]));
    }
    expect(errors[0]).toEqual(errors[1]);
  });

  it('keeps each caller behind its own wall when many come at once', async () => {
    const houses = Array.from({ length: 40 }, (_, turn) => (turn % 2 ? ours : theirs));
    const seen = await Promise.all(houses.map(({ tenant_id }) => tenancy.withTenant(tenant_id, (db) => db.selectFrom('users').select('id').executeTakeFirstOrThrow())));
    expect(seen.map(({ id }) => id)).toEqual(houses.map(({ user_id }) => user_id));
  });
});

describe('the platform’s transaction', () => {
  it('sees tenants and nothing inside them', async () => {
    const seen = await tenancy.withPlatform(async (db) => [await db.selectFrom('users').select('id').execute(), await db.selectFrom('audit_entries').select('id').execute()]);
    expect(seen).toEqual([[], []]);
  });

  it('with one tenant’s sees that one', async () => {
    const seen = await tenancy.withPlatformAndTenant(ours.tenant_id, async (platform, db) => [(await platform.selectFrom('tenants').select('id').execute()).length > 1, await db.selectFrom('users').select('id').execute()]);
    expect(seen).toEqual([true, [{ id: ours.user_id }]]);
  });
});

describe('a connection that dies', () => {
  it('in the middle of a transaction fails its caller with 5001, takes nobody else down, and the next caller is served', async () => {
    const dying = tenancy.withTenant(ours.tenant_id, async (db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await superuser.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      // Between two queries: nothing listens to the connection but the pool.
      await expect.poll(() => superuser.query(`select 1 from pg_stat_activity where pid = $1`, [rows[0]?.pid]).then(({ rowCount }) => rowCount)).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return db.selectFrom('users').select('id').execute();
    });
    await expect(dying).rejects.toMatchObject({ error_name: 'DATABASE_ERROR', status: 503 });
    expect(await countUsers()).toBe(1);
  });

  it('while it idles is replaced without a word but a log line', async () => {
    const [row] = await tenancy.lookUp<{ pid: number }>('select pg_backend_pid() as pid', []);
    const before = lost.length;
    await superuser.query('select pg_terminate_backend($1)', [row?.pid]);
    await expect.poll(() => lost.length).toBeGreaterThan(before);
    expect(await countUsers()).toBe(1);
  });

  it.each([['57014', 'SERVICE_UNAVAILABLE'], ['55P03', 'SERVICE_UNAVAILABLE'], ['40P01', 'SERVICE_UNAVAILABLE'], ['40001', 'SERVICE_UNAVAILABLE'], ['53300', 'SERVICE_UNAVAILABLE'], ['57P01', 'DATABASE_ERROR'], ['08006', 'DATABASE_ERROR'], ['ECONNREFUSED', 'DATABASE_ERROR'], ['25P03', 'DATABASE_ERROR']])('SQLSTATE %s is %s to a caller', (code, error_name) => {
    const translated = translateDatabaseError(Object.assign(new Error('x'), { code }));
    expect(translated).toMatchObject({ error_name, retry_after_s: expect.any(Number) });
  });

  it('anything else stays what it was', () => {
    const mistake = Object.assign(new Error('x'), { code: '42P01' });
    expect(translateDatabaseError(mistake)).toBe(mistake);
    expect(translateDatabaseError(null)).toBeNull();
  });
});

describe('limits of time', () => {
  it('are what the rules say', async () => {
    const [row] = await tenancy.lookUp(`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`, []);
    expect(row).toEqual({ statement: '5s', lock: '2s', idle: '10s' });
  });

  it('a caller who can get no connection is told 5004 after two seconds', async () => {
    const holding = tenancy.withTenant(ours.tenant_id, async (db) => {
      await db.updateTable('users').set({ name: 'Held' }).execute();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    });
    await expect(countUsers()).rejects.toMatchObject({ error_name: 'SERVICE_UNAVAILABLE', retry_after_s: 1 });
    await holding;
  });
});
