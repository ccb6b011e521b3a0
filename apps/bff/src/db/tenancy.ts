import type { Kysely } from 'kysely';
import type pg from 'pg';
import { bindKysely, isUnanswered, translateDatabaseError, type Database } from './database.ts';
import type { DB } from './schema.gen.ts';

declare const walled: unique symbol;
/** A transaction in which one tenant's rows exist and nobody else's. Only withTenant makes one. */
export type TenantDb = Kysely<DB> & { readonly [walled]: 'tenant'; readonly tenant_id: string };
/** A transaction over the platform's own tables: no tenant's rows exist in it. */
export type PlatformDb = Kysely<DB> & { readonly [walled]: 'platform' };

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Tenancy {
  /** Runs `work` in a transaction behind `tenant_id`'s wall. No network call belongs inside it. */
  withTenant<T>(tenant_id: string, work: (db: TenantDb) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction over the platform's tables, as its operator. */
  withPlatform<T>(work: (db: PlatformDb) => Promise<T>): Promise<T>;
  /** As withPlatform, and in the same transaction behind one tenant’s wall: to make it, or to write its audit. */
  withPlatformAndTenant<T>(tenant_id: string, work: (platform: PlatformDb, tenant: TenantDb) => Promise<T>): Promise<T>;
  /** One look-up function of migrations/0003: rows across the wall, and no more columns than it declares. */
  lookUp<R>(text: string, values: unknown[]): Promise<R[]>;
}

export function createTenancy(database: Database): Tenancy {
  return {
    withTenant(tenant_id, work) {
      // It goes into the text of the first statement, which saves a round trip; so it must be a UUID and nothing else.
      if (!uuid.test(tenant_id)) throw new TypeError('withTenant: not a tenant id');
      const setting = `set_config('app.tenant_id', '${tenant_id}', true)`;
      return transact(database.pool, setting, (db) => work(Object.assign(db, { tenant_id }) as TenantDb));
    },
    withPlatform: (work) => transact(database.pool, `set_config('app.platform', 'on', true)`, (db) => work(db as PlatformDb)),
    withPlatformAndTenant(tenant_id, work) {
      if (!uuid.test(tenant_id)) throw new TypeError('withPlatformAndTenant: not a tenant id');
      const settings = `set_config('app.platform', 'on', true), set_config('app.tenant_id', '${tenant_id}', true)`;
      return transact(database.pool, settings, (db) => work(db as PlatformDb, Object.assign(db, { tenant_id }) as TenantDb));
    },
    async lookUp<R>(text: string, values: unknown[]) {
      try {
        return (await database.pool.query(text, values)).rows as R[];
      } catch (error) {
        throw translateDatabaseError(error);
      }
    },
  };
}

async function transact<T>(pool: pg.Pool, setting: string, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  let client: pg.PoolClient | undefined;
  let broken = false;
  try {
    client = await pool.connect();
    await client.query(`begin; select ${setting}`);
    const result = await work(bindKysely(client));
    const { command } = await client.query('commit');
    // PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and somebody went on: nothing was written.
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit');
    return result;
  } catch (error) {
    // A connection whose rollback fails is thrown away: nothing may inherit its transaction or its tenant.
    if (client) broken = isUnanswered(error) || (await client.query('rollback').then(() => false, () => true));
    throw translateDatabaseError(error);
  } finally {
    client?.release(broken);
  }
}
