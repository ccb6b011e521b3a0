import { setTimeout as sleep } from 'node:timers/promises';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { Asking, Call, End, Grant, Refusal } from '../../spending.ts';
import { createHeldCalls } from './held.ts';
import * as repository from './repository.ts';
import type { Checkpoint } from './repository.ts';
import { createTurns } from './turns.ts';

/** Past it the sweeper ends a call at its last checkpoint. */
const LEASE_MS = 30_000;
/** How often a process says that it lives: twice and more within a lease. */
export const RENEW_MS = 10_000;
const AT_MOST = 200;
const PATIENCE_MS = 60_000;
const AGAIN_MS = 500;

/** The one way to spend: nothing is sent to a supplier before `reserve` has answered an id. */
export interface Ledger {
  /** Holds the call's worst case of every budget that it counts against; committed when it answers. Throws 5001 or 5004 where the ledger can't answer: then nothing may be sent. */
  reserve(tenant_id: string, call: Asking): Promise<Grant | Refusal>;
  /** How far a stream is; false where the call is no longer open and must end here. */
  checkpoint(tenant_id: string, point: Checkpoint): Promise<boolean>;
  /** Ends a call once: frees what it held, spends what it cost, keeps its record; waits for a database that is away. False where it had ended before. */
  settle(tenant_id: string, end: End): Promise<boolean>;
  /** As `settle`, in a transaction of the caller's, with what else the end changes: what it was charged, or null where it had ended before. */
  settleWithin(db: TenantDb, end: End): Promise<{ cost_nano: bigint | null } | null>;
  /** Gives a call back that was let in and not made: nothing is spent, and no record tells of it. False where it had ended before. */
  release(tenant_id: string, id: string): Promise<boolean>;
  /** Says of all calls that this process makes that it lives. */
  renew(): Promise<void>;
  /** Whether this process makes the call. */
  holds(id: string): boolean;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** `lease_ms`: how long a call stays open of which nobody says that it lives. */
export function createLedger(tenancy: Tenancy, instance_id: string, lease_ms = LEASE_MS): Ledger {
  const held = createHeldCalls();
  const turns = createLedgerTurns(tenancy, lease_ms);
  const closing = new AbortController();
  return {
    async reserve(tenant_id, call) {
      held.add(tenant_id, call.id);
      try {
        const answer = await turns.admissions.ask(tenant_id, { ...call, instance_id });
        if ('reason' in answer) held.remove(call.id);
        return answer;
      } catch (error) {
        held.remove(call.id);
        // It may have been let in, and the answer got lost: nobody will make the call.
        if (isPassing(error)) void turns.releases.ask(tenant_id, call.id).catch(() => undefined);
        throw error;
      }
    },
    checkpoint: turns.checkpoints.ask,
    async settle(tenant_id, end) {
      try {
        return await withPatience(() => turns.settlements.ask(tenant_id, end), closing.signal);
      } finally {
        held.remove(end.id);
      }
    },
    settleWithin: repository.settleWithin,
    async release(tenant_id, id) {
      held.remove(id);
      return turns.releases.ask(tenant_id, id);
    },
    async renew() {
      for (const [tenant_id, ids] of held.listByTenant()) {
        const open = await repository.renewLeases(tenancy, tenant_id, ids, lease_ms);
        for (const id of ids) if (!open.has(id)) held.remove(id);
      }
    },
    holds: held.has,
    async close() {
      closing.abort();
      await Promise.all(Object.values(turns).map((turn) => turn.drain()));
    },
  };
}

function createLedgerTurns(tenancy: Tenancy, lease_ms: number) {
  const base = { isPassing, at_most: AT_MOST };
  return {
    admissions: createTurns<Call, Grant | Refusal>({ ...base, take: (tenant_id, calls) => repository.admitCalls(tenancy, tenant_id, calls, lease_ms) }),
    checkpoints: createTurns<Checkpoint, boolean>({
      ...base,
      async take(tenant_id, points) {
        const open = await repository.checkpointCalls(tenancy, tenant_id, points, lease_ms);
        return points.map(({ id }) => open.has(id));
      },
    }),
    settlements: createTurns<End, boolean>({
      ...base,
      async take(tenant_id, ends) {
        const settled = await repository.settleCalls(tenancy, tenant_id, ends);
        // Of several that end one call in the same turn, the first has.
        return ends.map(({ id }) => settled.delete(id));
      },
    }),
    releases: createTurns<string, boolean>({
      ...base,
      async take(tenant_id, ids) {
        const released = await repository.releaseCalls(tenancy, tenant_id, ids);
        return ids.map((id) => released.delete(id));
      },
    }),
  };
}

/** Whether the database may take the same a little later. */
const isPassing = (error: unknown) => error instanceof AppError && (error.error_name === 'DATABASE_ERROR' || error.error_name === 'SERVICE_UNAVAILABLE');

async function withPatience<T>(ask: () => Promise<T>, closing: AbortSignal): Promise<T> {
  for (const until = performance.now() + PATIENCE_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || performance.now() > until || closing.aborted) throw error;
      await sleep(AGAIN_MS, undefined, { signal: closing }).catch(() => undefined);
    }
  }
}
