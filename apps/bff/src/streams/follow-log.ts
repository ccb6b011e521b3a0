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
  /** Whether it was begun here just now and nothing of it is committed yet: all of it will come by the subscription. */
  is_fresh: boolean;
  /** Whether the database may answer the same question later. */
  isPassing(error: unknown): boolean;
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
    for (let fresh = ports.is_fresh; !signal.aborted; fresh = false) {
      const { running, stored } = fresh ? { running: true, stored: [] } : await readPatiently(ports, seen, signal);
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

const AGAIN_MS = 250;

/** A reader waits while the database is away or busy, as the log's writer does: its reply goes on meanwhile. */
async function readPatiently(ports: FollowPorts, seen: number, signal: AbortSignal): Promise<{ running: boolean; stored: LogEvent[] }> {
  for (;;) {
    try {
      // Asked before the read: what ended after it has its last events in the next one.
      const running = await ports.isRunning();
      return { running, stored: await ports.readAfter(seen, READ_AT_ONCE) };
    } catch (error) {
      if (signal.aborted || !ports.isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
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
