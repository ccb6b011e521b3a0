import { sql } from 'kysely';
import { vi } from 'vitest';
import { openDatabase } from '../src/db/database.ts';
import { createTenancy, type TenantDb } from '../src/db/tenancy.ts';
import type { Answer, TestApp } from './app.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

/** Whether somebody waits for what this very transaction holds. Not pg_stat_activity, of which a transaction sees one moment. */
async function isWaitedFor(db: TenantDb): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(db);
  return rows.length > 0;
}

/** Keeps a transaction open until somebody waits for it: asked through it, so that it is never idle for long. */
export const holdUntilWaitedFor = (db: TenantDb): Promise<unknown> => vi.waitUntil(() => isWaitedFor(db), PATIENCE);

/** Makes the call while somebody else's `change` is written and not yet committed, and commits once the call waits for it; throws where it never does. */
export async function callDuring(app: TestApp, tenant_id: string, change: (db: TenantDb) => Promise<unknown>, call: () => Promise<Answer>): Promise<Answer> {
  // Another replica's: the app's own connections are all the app's.
  const elsewhere = openDatabase({ app_url: app.database.app_url, max: 1, onError: () => undefined });
  try {
    const calling = await createTenancy(elsewhere).withTenant(tenant_id, async (db) => {
      await change(db);
      // In an object: a promise that an async function returns is waited for.
      const begun = { answer: call() };
      const answered = begun.answer.then(({ status }) => Promise.reject(new Error(`answered ${status} without waiting`)));
      await Promise.race([holdUntilWaitedFor(db), answered]);
      // It fails later, with the answer that was waited for.
      answered.catch(() => undefined);
      return begun;
    });
    return await calling.answer;
  } finally {
    await elsewhere.close();
  }
}
