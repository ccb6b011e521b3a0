import type { Kysely } from 'kysely';
import type pg from 'pg';
import { translateDatabaseError, type Database } from './database.ts';
import type { DB } from './schema.gen.ts';
import { openTransaction } from './transaction.ts';
import { platformWall, wallOf, type Wall } from './walls.ts';

declare const walled: unique symbol;
/** A transaction in which one tenant's rows exist and nobody else's. Only withTenant makes one. */
export type TenantDb = Kysely<DB> & { readonly [walled]: 'tenant'; readonly tenant_id: string };
/** A transaction over the platform's own tables: no tenant's rows exist in it. */
export type PlatformDb = Kysely<DB> & { readonly [walled]: 'platform' };

export interface Tenancy {
  /** Runs `work` in a transaction behind `tenant_id`'s wall. No network call belongs inside it. */
  withTenant<T>(tenant_id: string, work: (db: TenantDb) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction over the platform's tables, as its operator. */
  withPlatform<T>(work: (db: PlatformDb) => Promise<T>): Promise<T>;
  /** As withPlatform, and in the same transaction behind one tenant’s wall: to make it, or to write its audit. */
  withPlatformAndTenant<T>(tenant_id: string, work: (platform: PlatformDb, tenant: TenantDb) => Promise<T>): Promise<T>;
  /**
   * One function that sets the wall by its first argument and does all its work behind it: one trip, one transaction.
   * For hot paths (performance.md); `withTenant` is for everything else.
   */
  inOneTrip<R>(tenant_id: string, text: string, values: unknown[]): Promise<R[]>;
  /** One look-up function of migrations/0003: rows across the wall, and no more columns than it declares. */
  lookUp<R>(text: string, values: unknown[]): Promise<R[]>;
}

export function createTenancy(database: Database): Tenancy {
  return {
    withTenant: (tenant_id, work) => transact(database.pool, wallOf(tenant_id), (db) => work(Object.assign(db, { tenant_id }) as TenantDb)),
    withPlatform: (work) => transact(database.pool, platformWall, (db) => work(db as PlatformDb)),
    withPlatformAndTenant: (tenant_id, work) =>
      transact(database.pool, wallOf(tenant_id, true), (db) => work(db as PlatformDb, Object.assign(db, { tenant_id }) as TenantDb)),
    inOneTrip: (tenant_id, text, values) => ask(database, text, [tenant_id, ...values]),
    lookUp: (text, values) => ask(database, text, values),
  };
}

async function ask<R>(database: Database, text: string, values: unknown[]): Promise<R[]> {
  try {
    return (await database.pool.query(text, values)).rows as R[];
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function transact<T>(pool: pg.Pool, wall: Wall, work: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  const transaction = openTransaction(pool, wall);
  try {
    const result = await work(transaction.db);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback(error);
    throw translateDatabaseError(error);
  }
}
