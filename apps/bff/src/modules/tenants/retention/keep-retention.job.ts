import { appendAudit } from '../../../audit/append.ts';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import * as repository from './repository.ts';
import type { Kept, Kind } from './repository.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 200;
/** Messages that one statement takes with their conversations: as many as it has time for, and nobody waits for. */
const MOST_WEIGHT = 1_000;
const MESSAGES_AT_ONCE = 200;

/** What has its own number of days; messages go with their conversation. */
type Term = Exclude<Kind, 'messages'>;

const kinds: { kind: Term; daysOf(kept: Kept): number | null }[] = [
  { kind: 'conversations', daysOf: (kept) => kept.conversation_retention_days },
  { kind: 'sessions', daysOf: (kept) => kept.session_retention_days },
  { kind: 'links', daysOf: (kept) => kept.session_retention_days },
];

/**
 * Removes what each tenant no longer keeps, by whole days (UTC): a day's rows go in one night, however often it runs. Each
 * small transaction leaves an entry, and the next turn takes up what was cut off; a conversation too long for one goes in
 * pieces. Returns how many went; throws AggregateError of what failed, after every tenant had its turn.
 */
export async function keepRetention(tenancy: Tenancy, at_once = AT_ONCE): Promise<number> {
  let removed = 0;
  const failures: unknown[] = [];
  for (const kept of await tenancy.withPlatform(repository.listKept)) removed += await keepOne(tenancy, kept, at_once).catch((error: unknown) => (failures.push(error), 0));
  if (failures.length > 0) throw new AggregateError(failures, 'retention not kept everywhere');
  return removed;
}

async function keepOne(tenancy: Tenancy, kept: Kept, at_once: number): Promise<number> {
  let removed = 0;
  for (const { kind, daysOf } of kinds) {
    const days = daysOf(kept);
    if (days === null) continue;
    const stretch = { kind, days, before: new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS), at_once };
    for (let last = await removeStretch(tenancy, kept.id, stretch); last !== null; last = await removeStretch(tenancy, kept.id, stretch)) if (last.kind === kind) removed += last.removed;
  }
  return removed;
}

interface Stretch {
  kind: Term;
  days: number;
  before: Date;
  at_once: number;
}

/** One step, with its entry; null where nothing is left to remove. */
function removeStretch(tenancy: Tenancy, tenant_id: string, { kind, days, before, at_once }: Stretch): Promise<{ kind: Kind; removed: number } | null> {
  return tenancy.withTenant(tenant_id, async (db) => {
    const done = kind === 'conversations' ? await removeTalk(db, before, at_once) : { kind, removed: await repository.removeOld(db, kind, before, at_once) };
    if (done.removed === 0) return null;
    const who = { actor: null, caller: { request_id: newId(), address: '' } };
    await appendAudit(db, who, { action: 'tenants.retention_applied', resource_type: 'tenant', resource_id: tenant_id, details: { ...done, older_than: before.toISOString(), days } });
    return done;
  });
}

/** So many conversations as are no more than one statement's work; of one that alone is more, some messages. */
async function removeTalk(db: TenantDb, before: Date, at_most: number): Promise<{ kind: Kind; removed: number }> {
  const weighed = await repository.weighOld(db, before, { at_most, most: MOST_WEIGHT });
  const [first] = weighed;
  if (first && first.weight > MOST_WEIGHT) return { kind: 'messages', removed: await repository.removeNewestMessages(db, first.id, before, MESSAGES_AT_ONCE) };
  let weight = 0;
  const fitting = weighed.filter((one) => (weight += one.weight) <= MOST_WEIGHT);
  return { kind: 'conversations', removed: await repository.removeConversations(db, fitting.map(({ id }) => id), before) };
}
