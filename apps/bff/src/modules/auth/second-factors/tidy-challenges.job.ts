import type { Tenancy } from '../../../db/tenancy.ts';
import { listTenantsWithOldChallenges, removeOldChallenges, removeOldOpenChallenges } from './challenges/repository.ts';

// Long enough to tell an expired one from one that never was, for whoever looks into it.
const KEPT_MS = 24 * 3_600_000;

/** Removes challenges that ran out a day ago. */
export async function tidyChallenges(tenancy: Tenancy): Promise<void> {
  const before = new Date(Date.now() - KEPT_MS);
  for (const tenant_id of await listTenantsWithOldChallenges(tenancy, before)) await tenancy.withTenant(tenant_id, (db) => removeOldChallenges(db, before));
  await tenancy.withPlatform((db) => removeOldOpenChallenges(db, before));
}
