import type { Subscription } from './topics.ts';

export interface LogEvent {
  seq: number;
  event: string;
  data: unknown;
}

export interface FollowPorts {
  /** Events after `seq`, in order, at most `limit`. */
  readAfter(seq: number, limit: number): Promise<LogEvent[]>;
  /** Whether the reply still runs somewhere. */
  isRunning(): Promise<boolean>;
  subscription: Subscription;
  /** Whether this very process writes the log, so that its readers are woken and needn't poll. */
  is_local: boolean;
}

const READ_AT_ONCE = 500;
const POLL_MS = 250;
const LOCAL_CHECK_MS = 10_000;

/**
 * Follows a reply's log from after `last_id` to its `end`: what is stored first, then what is committed from now on.
 * Every event once and in order, in batches. Ends early when `signal` aborts.
 */
export async function* followLog(ports: FollowPorts, last_id: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  let seen = last_id;
  try {
    while (!signal.aborted) {
      // Asked before the read: what ended after it has its last events in the next one.
      const running = await ports.isRunning();
      const stored = await ports.readAfter(seen, READ_AT_ONCE);
      for await (const batch of stored.length > 0 ? [stored] : live(ports, seen, signal)) {
        yield batch;
        seen = batch.at(-1)?.seq ?? seen;
        if (batch.at(-1)?.event === 'end') return;
      }
      if (stored.length === 0 && !running) return;
    }
  } finally {
    ports.subscription.close();
  }
}

/** Batches as they are committed here, until one is missing or none comes: then the log has to be read again. */
async function* live({ subscription, is_local }: FollowPorts, seen: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  if (!is_local) {
    await subscription.wait(POLL_MS, signal);
    subscription.take(); // kept or not, the log is read next
    return;
  }
  let last = seen;
  while (!signal.aborted) {
    await subscription.wait(LOCAL_CHECK_MS, signal);
    const batch = subscription.take()?.filter(({ seq }) => seq > last);
    const first = batch?.[0];
    if (!batch || !first || first.seq !== last + 1) return;
    last = batch.at(-1)?.seq ?? last;
    yield batch;
  }
}
