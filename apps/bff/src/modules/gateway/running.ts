import { setTimeout as sleep } from 'node:timers/promises';
import { Ended } from './ended.ts';
import type { End } from '../../spending.ts';
import type { GatewayPorts } from './ports.ts';

/** A call that was let in and has not ended. */
export interface RunningCall {
  tenant_id: string;
  id: string;
  /** Tokens of the answer so far. */
  countTokens(): number;
  stop(reason: Ended): void;
}

export interface Running {
  add(call: RunningCall): void;
  remove(call: RunningCall): void;
  /** Ends a call in the ledger, once, however long the database takes; resolves when it has, or a second later. */
  settle(tenant_id: string, end: End, request_id: string): Promise<void>;
  count(): number;
  /** Gives what runs its time, ends the rest, and waits until everything has been settled. */
  close(seconds: number): Promise<void>;
}

const CHECKPOINT_MS = 250;
/** How long an answer waits for its settlement to be written. */
const ANSWER_WAITS_MS = 1_000;
const ENDING_MS = 2_000;

interface Watched {
  tokens: number;
  is_asking: boolean;
}

/** The calls of this process: told to the ledger as they move, settled exactly once. */
export function createRunning({ ledger, onFailure }: Pick<GatewayPorts, 'ledger' | 'onFailure'>): Running {
  const calls = new Map<RunningCall, Watched>();
  const settling = new Set<Promise<void>>();

  const tell = async (call: RunningCall, watched: Watched) => {
    const tokens = call.countTokens();
    if (watched.is_asking || tokens === watched.tokens) return;
    Object.assign(watched, { tokens, is_asking: true });
    try {
      if (!(await ledger.checkpoint(call.tenant_id, { id: call.id, output_tokens: tokens }))) call.stop(new Ended('lease_lost'));
    } catch {
      // While the database is away, what runs goes on: its end is settled, or swept at the last checkpoint.
    } finally {
      watched.is_asking = false;
    }
  };
  const timer = setInterval(() => {
    for (const [call, watched] of calls) void tell(call, watched);
  }, CHECKPOINT_MS);
  timer.unref();

  const ended = async (ms: number) => {
    for (const until = performance.now() + ms; calls.size + settling.size > 0 && performance.now() < until; ) await sleep(Math.min(20, ms));
  };

  return {
    add: (call) => void calls.set(call, { tokens: 0, is_asking: false }),
    remove: (call) => void calls.delete(call),
    async settle(tenant_id, end, request_id) {
      const settled: Promise<void> = ledger
        .settle(tenant_id, end)
        // The sweeper ends it at its last checkpoint.
        .then(() => undefined, (error: unknown) => onFailure(error, request_id))
        .finally(() => settling.delete(settled));
      settling.add(settled);
      const late = new AbortController();
      await Promise.race([settled, sleep(ANSWER_WAITS_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
    },
    count: () => calls.size,
    async close(seconds) {
      await ended(Math.max(0, seconds * 1_000 - ENDING_MS));
      for (const call of calls.keys()) call.stop(new Ended('shutdown'));
      await ended(ENDING_MS);
      clearInterval(timer);
    },
  };
}
