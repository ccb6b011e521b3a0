import type { Caller } from '../../actor.ts';
import { appendAudit, type AuditEntry } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { networkOf } from '../../http/request-facts.ts';
import { touchFirst, touchKeys, type KeyRow } from './repository.ts';

export type KeyUses = ReturnType<typeof createKeyUses>;
export type KeyRefusal = 'api_key_revoked' | 'api_key_expired' | 'api_key_rotated' | 'api_key_network' | 'user_disabled';

interface Use {
  tenant_id: string;
  api_key_id: string;
  at: Date;
}
interface Refused {
  row: KeyRow;
  reason: KeyRefusal;
  caller: Caller;
  /** How often since the last entry. */
  times: number;
}

const AT_MOST = 20_000;
// Beyond these, refusals of one key are counted together whatever network they come from: a thief has a whole IPv6 block.
const NETWORKS_AT_MOST = 1_000;

/**
 * When each key was last used: noted in memory with every request and written once a minute, but for a day's first use,
 * which is written, with its audit entry, at once. A refusal's entry is written at once too; the like of it (key, reason,
 * network) within the minute are counted into one more. Behind the answers: no request waits for it.
 */
export function createKeyUses(tenancy: Tenancy, onError: (error: unknown) => void, now: () => Date = () => new Date()) {
  let noted = new Map<string, Use>();
  let refused = new Map<string, Refused>();
  const days = new Map<string, string>();
  const writing = new Set<Promise<void>>();
  const write = (work: () => Promise<void>) => {
    const turn = work().catch(onError).finally(() => writing.delete(turn));
    writing.add(turn);
  };

  const writeFirst = async (row: KeyRow, caller: Caller, at: Date) => {
    try {
      await tenancy.withTenant(row.tenant_id, async (db) => {
        if (await touchFirst(db, row.api_key_id, at)) await appendAudit(db, describeWho(row, caller), describeUse(row));
      });
    } catch (error) {
      days.delete(row.api_key_id);
      throw error;
    }
  };
  const writeUses = async (tenant_id: string, used: Use[]) => {
    try {
      await tenancy.withTenant(tenant_id, (db) => touchKeys(db, used));
    } catch (error) {
      // A key may not be used again for long: its last use waits for the next turn.
      for (const use of used) if (!noted.has(use.api_key_id)) noted.set(use.api_key_id, use);
      throw error;
    }
  };
  const writeRefused = async ({ row, reason, caller, times }: Refused) =>
    tenancy.withTenant(row.tenant_id, (db) => appendAudit(db, describeWho(row, caller), { ...describeUse(row), outcome: 'refused', details: { reason, times } }));

  return {
    note(row: KeyRow, caller: Caller): void {
      const at = now();
      noted.set(row.api_key_id, { tenant_id: row.tenant_id, api_key_id: row.api_key_id, at });
      const day = dayOf(at);
      if ((row.last_used_at !== null && dayOf(new Date(row.last_used_at)) === day) || days.get(row.api_key_id) === day) return;
      if (days.size >= AT_MOST) days.clear();
      days.set(row.api_key_id, day);
      write(() => writeFirst(row, caller, at));
    },
    noteRefusal(row: KeyRow, reason: KeyRefusal, caller: Caller): void {
      const network = refused.size < NETWORKS_AT_MOST ? networkOf(caller.address) : '';
      const like = `${row.api_key_id} ${reason} ${network}`;
      const found = refused.get(like);
      if (found) return void found.times++;
      refused.set(like, { row, reason, caller, times: 0 });
      write(() => writeRefused({ row, reason, caller, times: 1 }));
    },
    /** Writes what was noted since the last time. Throws AggregateError of what failed, after everything had its turn. */
    async write(): Promise<void> {
      const [uses, refusals] = [noted, refused];
      noted = new Map();
      refused = new Map();
      const byTenant = [...Map.groupBy(uses.values(), ({ tenant_id }) => tenant_id)];
      const done = await Promise.allSettled([
        ...byTenant.map(([tenant_id, used]) => writeUses(tenant_id, used)),
        ...[...refusals.values()].filter(({ times }) => times > 0).map(writeRefused),
      ]);
      const failures = done.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      if (failures.length > 0) throw new AggregateError(failures, 'uses of keys not written');
    },
    /** Waits until everything that was begun is written. */
    async close(): Promise<void> {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const describeWho = ({ user_id, name, api_key_id, models }: KeyRow, caller: Caller) => ({ actor: { user_id, name, api_key: { id: api_key_id, models } }, caller });
const describeUse = ({ api_key_id }: KeyRow): AuditEntry => ({ action: 'api_keys.used', resource_type: 'api_key', resource_id: api_key_id });
