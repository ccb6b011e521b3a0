import { sql, type Insertable } from 'kysely';
import type { UsageRecords } from '../db/schema.gen.ts';
import type { PlatformDb, Tenancy } from '../db/tenancy.ts';

/** The tenant of a workspace's name, for who sits at the server's own shell. */
export function findWorkspace(tenancy: Tenancy, workspace: string) {
  return tenancy.withPlatform((db) => db.selectFrom('tenants').select(['id', 'locale']).where('workspace', '=', workspace).executeTakeFirst());
}

export function listWorkspaces(db: PlatformDb): Promise<{ id: string; workspace: string }[]> {
  return db.selectFrom('tenants').select(['id', 'workspace']).orderBy('workspace').execute();
}

/** The tenant that set-up made: the platform's operators live there. Throws where nothing was set up. */
export function getFirstTenant(tenancy: Tenancy) {
  return tenancy.withPlatform((db) => db.selectFrom('tenants').select(['id', 'workspace']).orderBy('created_at').orderBy('id').limit(1).executeTakeFirstOrThrow());
}

export async function insertUsage(tenancy: Tenancy, tenant_id: string, rows: Insertable<UsageRecords>[]): Promise<void> {
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('usage_records').values(rows).execute());
}

/** The database's own time, after all that this transaction has written: entries are dated to the millisecond, rounded. */
export async function readClock(db: PlatformDb): Promise<string> {
  const { rows } = await sql<{ now: string }>`select (clock_timestamp() + interval '1 millisecond')::timestamptz(3) as now`.execute(db);
  return rows[0]?.now ?? '';
}
