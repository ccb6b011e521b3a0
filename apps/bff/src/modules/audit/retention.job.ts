import { appendAudit } from '../../audit/append.ts';
import { newId } from '../../crypto/digest.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import * as repository from './repository.ts';

const DAY_MS = 86_400_000;
/** As many as one statement has time for, several times over. */
const AT_ONCE = 10_000;

/**
 * Removes each tenant's entries that are older than it keeps them, from the chain's beginning, and then the months that
 * nobody has entries in. Each stretch leaves an entry of its own in its transaction. Returns how many went;
 * throws AggregateError of what failed, after every tenant had its turn.
 */
export async function applyRetention(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  let removed = 0;
  const failures: unknown[] = [];
  for (const { id, audit_retention_days } of await tenancy.withPlatform(repository.listRetentions)) {
    // By whole days: however often this runs, a day's entries go at once.
    const before = new Date((Math.floor(Date.now() / DAY_MS) - audit_retention_days) * DAY_MS);
    removed += await removeOld(tenancy, id, { before, audit_retention_days, at_once }).catch((error: unknown) => (failures.push(error), 0));
  }
  await repository.dropEmptyPartitions(tenancy);
  if (failures.length > 0) throw new AggregateError(failures, 'the audit’s retention not applied everywhere');
  return removed;
}

interface Old {
  before: Date;
  audit_retention_days: number;
  at_once: number;
}

async function removeOld(tenancy: Tenancy, tenant_id: string, old: Old): Promise<number> {
  let removed = 0;
  for (let last = old.at_once; last >= old.at_once; removed += last) last = await removeStretch(tenancy, tenant_id, old);
  return removed;
}

function removeStretch(tenancy: Tenancy, tenant_id: string, { before, audit_retention_days, at_once }: Old): Promise<number> {
  return tenancy.withTenant(tenant_id, async (db) => {
    const removed = await repository.removeBefore(db, before, at_once);
    if (removed === 0) return 0;
    const who = { actor: null, caller: { request_id: newId(), address: '' } };
    const details = { removed, older_than: before.toISOString(), days: audit_retention_days };
    await appendAudit(db, who, { action: 'audit.retention_applied', resource_type: 'audit', resource_id: tenant_id, details });
    return removed;
  });
}
