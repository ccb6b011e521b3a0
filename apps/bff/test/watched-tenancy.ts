import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { Database } from '../src/db/database.ts';
import { createTenancy, type Tenancy } from '../src/db/tenancy.ts';

/** A tenancy that refuses a second connection or a call to the outside inside a transaction, and keeps where one was asked for, each as a stack. */
export interface WatchedTenancy extends Tenancy {
  nested: readonly string[];
  /** For a call to the outside: locks would be held for as long as somebody else takes to answer. */
  refuseCall(): void;
}

const inside = new AsyncLocalStorage<{ is_over: boolean }>();

/** Runs what another process, or another request, would do while a test holds a transaction open. */
export const asAnother = <T>(work: () => T): T => inside.exit(work);

/** What asks for one all the same: whose file, and why nobody waits for it forever. */
const excused = {
  // Nobody waits for this read: keys in hand are given at once.
  'db/platform-keys.ts': 'reload',
  // Its `at_once` leaves two connections for each archive, of a small pool as well: how far one has come must be seen by others.
  'archives/imports/run-imports.job.ts': 'readPieces',
};
const isExcused = (stack: string) => Object.entries(excused).some(([file, caller]) => stack.split('\n').some((line) => line.includes(file) && line.includes(caller)));

/**
 * As many requests at once as the pool has connections, each of which asks for a second one, wait for each other until they
 * give up. No test of one request at a time sees that; here each of them fails.
 */
export function createWatchedTenancy(database: Database): WatchedTenancy {
  const tenancy = createTenancy(database);
  const nested: string[] = [];
  const refuseInside = (what = 'a second connection was asked for inside a transaction: look up before it, or through it') => {
    if (inside.getStore()?.is_over !== false) return;
    const error = new Error(what);
    const stack = error.stack ?? error.message;
    if (isExcused(stack)) return;
    nested.push(stack);
    throw error;
  };
  const transact = async <T>(run: (within: <R>(work: () => Promise<R>) => Promise<R>) => Promise<T>): Promise<T> => {
    refuseInside();
    const open = { is_over: false };
    return run((work) => inside.run(open, work)).finally(() => (open.is_over = true));
  };
  const query = database.pool.query.bind(database.pool) as (...given: unknown[]) => unknown;
  // What is kept outside any tenant, as the throttles' counts, asks the pool itself. Its type is pg's, which has one for each form.
  database.pool.query = ((...given: unknown[]) => {
    refuseInside();
    return query(...given);
  }) as pg.Pool['query'];
  return {
    nested,
    refuseCall: () => refuseInside('a call to the outside was made inside a transaction: make it before, or after'),
    withTenant: (tenant_id, work) => transact((within) => tenancy.withTenant(tenant_id, (db) => within(() => work(db)))),
    withPlatform: (work) => transact((within) => tenancy.withPlatform((db) => within(() => work(db)))),
    withPlatformAndTenant: (tenant_id, work) => transact((within) => tenancy.withPlatformAndTenant(tenant_id, (platform, db) => within(() => work(platform, db)))),
    inOneTrip: tenancy.inOneTrip,
    lookUp: tenancy.lookUp,
  };
}
