import type { Tenancy } from '../../db/tenancy.ts';
import * as repository from './repository.ts';
import type { Call, Checkpoint, End, Grant, Refusal } from './repository.ts';
import { createTurns } from './turns.ts';

/** Past it the sweeper ends a call at its last checkpoint. */
export const LEASE_MS = 30_000;
const AT_MOST = 200;

export type Asking = Omit<Call, 'instance_id'>;

/** The one way to spend: nothing is sent to a supplier before `reserve` has answered an id. */
export interface Ledger {
  /** Holds the call's worst case of every budget that it counts against; committed when it answers. Throws 5001 where the ledger can't answer. */
  reserve(tenant_id: string, call: Asking): Promise<Grant | Refusal>;
  /** How far a stream is; false where the call is no longer open and must end here. */
  checkpoint(tenant_id: string, point: Checkpoint): Promise<boolean>;
  /** Ends a call once: frees what it held, spends what it cost, keeps its record. False where it had ended before. */
  settle(tenant_id: string, end: End): Promise<boolean>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export function createLedger(tenancy: Tenancy, instance_id: string): Ledger {
  const admissions = createTurns<Call, Grant | Refusal>((tenant_id, calls) => repository.admitCalls(tenancy, tenant_id, calls, LEASE_MS), AT_MOST);
  const checkpoints = createTurns<Checkpoint, boolean>(async (tenant_id, points) => {
    const open = await repository.checkpointCalls(tenancy, tenant_id, points, LEASE_MS);
    return points.map(({ id }) => open.has(id));
  }, AT_MOST);
  const settlements = createTurns<End, boolean>(async (tenant_id, ends) => {
    const settled = await repository.settleCalls(tenancy, tenant_id, ends);
    // Of several that end one call in the same turn, the first has.
    return ends.map(({ id }) => settled.delete(id));
  }, AT_MOST);
  return {
    reserve: (tenant_id, call) => admissions.ask(tenant_id, { ...call, instance_id }),
    checkpoint: checkpoints.ask,
    settle: settlements.ask,
    async close() {
      await Promise.all([admissions.drain(), checkpoints.drain(), settlements.drain()]);
    },
  };
}
