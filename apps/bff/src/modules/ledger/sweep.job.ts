import type { Tenancy } from '../../db/tenancy.ts';
import { costOf } from '../../price.ts';
import * as repository from './repository.ts';
import type { End } from '../../spending.ts';
import type { LeftCall } from './repository.ts';

export interface CallSweepPorts {
  tenancy: Tenancy;
  instance_id: string;
  isGone(instance_id: string): Promise<boolean>;
  /** Whether this process makes the call. */
  holds(id: string): boolean;
  onFailure(id: string, error: unknown): void;
}

export interface CallSweeper {
  /** Ends calls whose lease has run out and whose process doesn't make them any more; returns how many. */
  sweep(): Promise<number>;
  /** Ends what this process leaves behind as it stops; returns how many. */
  endOwn(): Promise<number>;
}

const AT_ONCE = 500;
/** A process that answers but renews nothing for so long has lost its database, or stands still: its calls are over too. */
const SILENT_MS = 120_000;

/** Any replica may, several at once: each call is taken out once, and nothing where its lease was renewed meanwhile. */
export function createCallSweeper(ports: CallSweepPorts): CallSweeper {
  return {
    async sweep() {
      const ending: LeftCall[] = [];
      for (const [instance_id, calls] of Map.groupBy(await repository.listCallsToEnd(ports.tenancy, null, AT_ONCE), (call) => call.instance_id)) {
        const isGone = instance_id !== ports.instance_id && (await ports.isGone(instance_id));
        ending.push(...calls.filter((call) => isGone || isLost(ports, call)));
      }
      return endCalls(ports, ending, true);
    },
    async endOwn() {
      const calls = await repository.listCallsToEnd(ports.tenancy, ports.instance_id, AT_ONCE);
      return endCalls(ports, calls.filter(({ instance_id }) => instance_id === ports.instance_id), false);
    },
  };
}

function isLost(ports: CallSweepPorts, { id, instance_id, lease_ends_at }: LeftCall): boolean {
  if (instance_id === ports.instance_id) return !ports.holds(id);
  return Date.now() - Date.parse(lease_ends_at) > SILENT_MS;
}

async function endCalls({ tenancy, onFailure }: CallSweepPorts, calls: LeftCall[], expired_only: boolean): Promise<number> {
  let ended = 0;
  for (const call of calls) {
    try {
      // One by one: a call that can't be ended must not keep the others.
      const gone = call.was_sent ? await repository.settleCalls(tenancy, call.tenant_id, [describeInterrupted(call)], expired_only) : await repository.releaseCalls(tenancy, call.tenant_id, [call.id]);
      ended += gone.size;
    } catch (error) {
      onFailure(call.id, error);
    }
  }
  return ended;
}

/** At its last checkpoint: what had come is charged, nothing where nothing had, though its supplier may. */
function describeInterrupted(call: LeftCall): End {
  const { id, has_begun, price, supplier, supplier_model, credential_id, route } = call;
  const tokens = has_begun ? { input_tokens: Number(call.input_tokens), output_tokens: Number(call.output_tokens) } : { input_tokens: 0, output_tokens: 0 };
  const counted = { ...tokens, cached_tokens: 0, reasoning_tokens: 0, estimated: true };
  return {
    ...{ id, outcome: 'interrupted', status: null, error_kind: 'interrupted', supplier, supplier_model, credential_id, route, ...counted },
    ...{ cost_nano: price && costOf(counted, price), duration_ms: call.lasted_ms, time_to_first_token_ms: null, attempts: null, is_cache_hit: false, maybe_billed: !has_begun },
  };
}
