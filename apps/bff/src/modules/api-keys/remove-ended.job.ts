import type { Tenancy } from '../../db/tenancy.ts';
import { listTenantsWithEndedKeys, removeEndedKeys } from './repository.ts';

// Its person can see for a while what became of a key, and its use is still refused by name.
const KEPT_MS = 30 * 86_400_000;
const AT_ONCE = 500;

/** Removes keys that ended more than 30 days ago, in small transactions, until none is left. Returns how many went. */
export async function removeLongEndedKeys(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  const before = new Date(Date.now() - KEPT_MS);
  let removed = 0;
  for (const tenant_id of await listTenantsWithEndedKeys(tenancy, before)) {
    for (let last = at_once; last >= at_once; removed += last) last = await tenancy.withTenant(tenant_id, (db) => removeEndedKeys(db, before, at_once));
  }
  return removed;
}
