import type { Insertable } from 'kysely';
import type { UsageRecords } from '../db/schema.gen.ts';
import type { Tenancy } from '../db/tenancy.ts';

/** The tenant of a workspace's name, for who sits at the server's own shell. */
export function findWorkspace(tenancy: Tenancy, workspace: string) {
  return tenancy.withPlatform((db) => db.selectFrom('tenants').select(['id', 'locale']).where('workspace', '=', workspace).executeTakeFirst());
}

export async function insertUsage(tenancy: Tenancy, tenant_id: string, rows: Insertable<UsageRecords>[]): Promise<void> {
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('usage_records').values(rows).execute());
}
