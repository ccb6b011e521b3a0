import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { listKept, removeOld, type Kept, type Kind } from './repository.ts';

const DAY_MS = 86_400_000;
/** A conversation takes its messages with it: so many as one statement has time for. */
const AT_ONCE = 200;

const kinds: { kind: Kind; daysOf(kept: Kept): number | null }[] = [
  { kind: 'conversations', daysOf: (kept) => kept.conversation_retention_days },
  { kind: 'sessions', daysOf: (kept) => kept.session_retention_days },
  { kind: 'links', daysOf: (kept) => kept.session_retention_days },
];

/**
 * Removes what each tenant no longer keeps, kind by kind, in small transactions that each leave an entry with how many
 * went: one that was cut off is taken up by the next turn. By whole days (UTC), so that however often it runs, a day's
 * rows go in one night. Returns how many went;
 * throws AggregateError of what failed, after every tenant had its turn.
 */
export async function keepRetention(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  let removed = 0;
  const failures: unknown[] = [];
  for (const kept of await tenancy.withPlatform(listKept)) removed += await keepOne(tenancy, kept, at_once).catch((error: unknown) => (failures.push(error), 0));
  if (failures.length > 0) throw new AggregateError(failures, 'retention not kept everywhere');
  return removed;
}

async function keepOne(tenancy: Tenancy, kept: Kept, at_once: number): Promise<number> {
  let removed = 0;
  for (const { kind, daysOf } of kinds) {
    const days = daysOf(kept);
    if (days === null) continue;
    const stretch = { kind, days, before: new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS), at_once };
    for (let last = at_once; last >= at_once; removed += last) last = await removeStretch(tenancy, kept.id, stretch);
  }
  return removed;
}

function removeStretch(tenancy: Tenancy, tenant_id: string, { kind, days, before, at_once }: { kind: Kind; days: number; before: Date; at_once: number }): Promise<number> {
  return tenancy.withTenant(tenant_id, async (db) => {
    const removed = await removeOld(db, kind, before, at_once);
    if (removed === 0) return 0;
    const who = { actor: null, caller: { request_id: newId(), address: '' } };
    await appendAudit(db, who, { action: 'tenants.retention_applied', resource_type: 'tenant', resource_id: tenant_id, details: { kind, removed, older_than: before.toISOString(), days } });
    return removed;
  });
}
