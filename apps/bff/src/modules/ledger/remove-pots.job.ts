import type { Tenancy } from '../../db/tenancy.ts';
import * as repository from './repository.ts';

/** Thirteen months: this month can be set beside the same one a year ago. Usage itself is kept by its records. */
const KEPT_MS = 400 * 86_400_000;
const AT_ONCE = 500;

/** Removes pots whose period ended long ago, in small transactions, until none is left. Returns how many went. */
export async function removeOldPots(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  const before = new Date(Date.now() - KEPT_MS);
  let removed = 0;
  for (const tenant_id of await repository.listTenantsWithOldPots(tenancy, before)) {
    for (let last = at_once; last >= at_once; removed += last) last = await tenancy.withTenant(tenant_id, (db) => repository.removePots(db, before, at_once));
  }
  return removed;
}
