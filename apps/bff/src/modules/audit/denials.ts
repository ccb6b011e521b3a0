import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { refusedLately } from './repository.ts';

export interface Denial {
  /** By its name in the contract: `users.update`. */
  endpoint: string;
  details: Record<string, unknown>;
}

export interface Denials {
  /** That somebody signed in was refused (2004), behind the answer: at most once a minute for a person and an endpoint. */
  record(actor: Actor, caller: Caller, denial: Denial): void;
  /** Waits until everything is written. */
  close(): Promise<void>;
}

const QUIET_MS = 60_000;
const MOST_KNOWN = 10_000;

export function createDenials(tenancy: Tenancy, onError: (error: unknown) => void): Denials {
  const known = new Map<string, number>();
  const writing = new Set<Promise<void>>();
  const write = async (actor: Actor, caller: Caller, { endpoint, details }: Denial) => {
    const entry = { action: 'access.refused', resource_type: 'endpoint', resource_id: endpoint };
    await tenancy.withTenant(actor.tenant_id, async (db) => {
      // Another replica may have told it.
      if (await refusedLately(db, actor.user_id, entry)) return;
      await appendAudit(db, { actor, caller }, { ...entry, outcome: 'refused', details });
    });
  };
  return {
    record(actor, caller, denial) {
      const key = `${actor.user_id} ${denial.endpoint}`;
      const now = Date.now();
      if (now - (known.get(key) ?? 0) < QUIET_MS) return;
      // Oldest first, as they were put in: forgetting one costs a look at the database, no more.
      if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value ?? '');
      known.delete(key);
      known.set(key, now);
      const turn = write(actor, caller, denial).catch(onError).finally(() => writing.delete(turn));
      writing.add(turn);
    },
    async close() {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
}
