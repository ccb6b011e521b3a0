import { sql } from 'kysely';
import { makeCheckValue, type Keyring } from '../crypto/keyring.ts';
import type { WrappedDataKey } from '../crypto/vault.ts';
import { CHECK_FACT } from './master-keys.ts';
import { withOwner } from './migrate.ts';
import { rewrapPlatformKeys } from './platform-keys.ts';
import type { Tenancy } from './tenancy.ts';

export interface RotationPorts {
  tenancy: Tenancy;
  keyring: Keyring;
  owner_url: string;
  rewrapDataKey(key: WrappedDataKey): WrappedDataKey;
  onProgress(done: number, total: number): void;
}

/**
 * Seals every tenant's data keys and the platform's own keys under the active master key, one small transaction each,
 * while servers run. It may be ended at any point and run again: it takes up what is still sealed by an older key.
 * Returns how many keys were sealed anew.
 */
export async function rewrapKeys({ tenancy, keyring, owner_url, rewrapDataKey, onProgress }: RotationPorts): Promise<number> {
  const older = await listOlderDataKeys(owner_url, keyring.active_id);
  for (const [index, key] of older.entries()) {
    const { wrapped, master_key_id } = rewrapDataKey(key);
    await tenancy.withTenant(key.tenant_id, (db) => db.updateTable('data_keys').set({ wrapped, master_key_id }).where('id', '=', key.id).execute());
    onProgress(index + 1, older.length);
  }
  const platform = await rewrapPlatformKeys(tenancy, keyring);
  // Only now may the old master key go: the value that proves the right keyring must outlive it too.
  await withOwner(owner_url, (db) => sql`update platform_facts set value = ${makeCheckValue(keyring)} where name = ${CHECK_FACT}`.execute(db));
  return older.length + platform;
}

/** Every tenant's data keys that another master key seals: only the owner may see across tenants here. */
async function listOlderDataKeys(owner_url: string, active_id: string): Promise<WrappedDataKey[]> {
  const found = await withOwner(owner_url, (db) =>
    sql<WrappedDataKey>`select tenant_id, id, wrapped, master_key_id from data_keys where master_key_id <> ${active_id} order by id`.execute(db),
  );
  return found.rows;
}

/** Whether something is still sealed by an older key: an interrupted rotation is finished before another one begins. */
export async function isRotationUnfinished(owner_url: string, active_id: string): Promise<boolean> {
  const found = await withOwner(owner_url, (db) =>
    sql`select from data_keys where master_key_id <> ${active_id} union all select from platform_keys where master_key_id <> ${active_id} limit 1`.execute(db),
  );
  return found.rows.length > 0;
}
