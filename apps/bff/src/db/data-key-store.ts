import type { DataKeyStore, WrappedDataKey } from '../crypto/vault.ts';
import type { Tenancy, TenantDb } from './tenancy.ts';

/** The vault's keys in PostgreSQL, each behind its tenant's wall. */
export function createDataKeyStore(tenancy: Tenancy): DataKeyStore {
  const columns = ['id', 'tenant_id', 'master_key_id', 'wrapped'] as const;
  return {
    findActive: async (tenant_id) =>
      (await tenancy.withTenant(tenant_id, (db) => db.selectFrom('data_keys').select(columns).where('active', '=', true).executeTakeFirst())) ?? null,
    find: async (tenant_id, key_id) =>
      (await tenancy.withTenant(tenant_id, (db) => db.selectFrom('data_keys').select(columns).where('id', '=', key_id).executeTakeFirst())) ?? null,
  };
}

/** Stores a tenant's data key in the transaction that makes the tenant. */
export async function insertDataKey(db: TenantDb, key: WrappedDataKey): Promise<void> {
  await db.insertInto('data_keys').values(key).execute();
}
