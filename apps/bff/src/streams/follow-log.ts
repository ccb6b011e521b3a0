import type { Subscription } from './topics.ts';

export interface LogEvent {
  seq: number;
  event: string;
  data: unknown;
}

export interface LogPage {
  events: LogEvent[];
  /** Whether the reply still ran, somewhere, as these events were read: where it did not, nothing comes after the last. */
  is_running: boolean;
}

export interface FollowPorts {
  /** Events after `seq`, in order, at most `limit`. */
  read(seq: number, limit: number): Promise<LogPage>;
  subscription: Subscription;
  /** Whether this very process writes the log, so that its readers get what is committed from memory. */
  is_local: boolean;
  /** Whether it was begun here just now and nothing of it is committed yet: all of it will come by the subscription. */
  is_fresh: boolean;
  /** Whether other processes' notices are heard now. */
  isHearing(): boolean;
  /** Whether the database may answer the same question later. */
  isPassing(error: unknown): boolean;
}

const READ_AT_ONCE = 500;
// A bound alone: a notice wakes whoever follows another process's reply.
export const POLL_MS = 2_000;
export const DEAF_POLL_MS = 250;
// A writer commits up to forty times a second; a reader elsewhere can't tell 50 ms from none.
const GATHER_MS = 50;
const LOCAL_CHECK_MS = 10_000;
const AGAIN_MS = 250;

/**
 * Follows a reply's log from after `last_id` to its `end`: what is stored first, then what is committed from now on.
 * Every event once and in order, in batches. Ends early when `signal` aborts.
 */
export async function* followLog(ports: FollowPorts, last_id: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  let seen = last_id;
  try {
    for (let fresh = ports.is_fresh; !signal.aborted; fresh = false) {
      const { events, is_running } = fresh ? { events: [], is_running: true } : await readPatiently(ports, seen, signal);
      for await (const batch of goOn(ports, events, is_running, seen, signal)) {
        yield batch;
        seen = batch.at(-1)?.seq ?? seen;
        if (batch.at(-1)?.event === 'end') return;
      }
      if (!is_running && events.length < READ_AT_ONCE) return;
    }
  } finally {
    ports.subscription.close();
  }
}

/** What was read, and then, where that was all there is, what comes. */
async function* goOn(ports: FollowPorts, events: LogEvent[], is_running: boolean, seen: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  if (events.length > 0) yield events;
  if (!is_running || events.length === READ_AT_ONCE) return;
  if (ports.is_local) yield* readCommitted(ports, events.at(-1)?.seq ?? seen, signal);
  else await waitElsewhere(ports, signal);
}

/** A reader waits while the database is away or busy, as the log's writer does: its reply goes on meanwhile. */
async function readPatiently(ports: FollowPorts, seen: number, signal: AbortSignal): Promise<LogPage> {
  for (;;) {
    try {
      // What is told from here on is newer than what is read, or read with it.
      ports.subscription.take();
      return await ports.read(seen, READ_AT_ONCE);
    } catch (error) {
      if (signal.aborted || !ports.isPassing(error)) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

async function waitElsewhere({ subscription, isHearing }: FollowPorts, signal: AbortSignal): Promise<void> {
  await sleep(GATHER_MS);
  await subscription.wait(isHearing() ? POLL_MS : DEAF_POLL_MS, signal);
}

/** Batches as they are committed here, until one is missing or none comes: then the log has to be read again. */
async function* readCommitted({ subscription }: FollowPorts, seen: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  let last = seen;
  while (!signal.aborted) {
    await subscription.wait(LOCAL_CHECK_MS, signal);
    const taken = subscription.take();
    if (!taken || taken.length === 0) return;
    const batch = taken.filter(({ seq }) => seq > last);
    if (batch.length === 0) continue;
    if (batch[0]?.seq !== last + 1) return;
    last = batch.at(-1)?.seq ?? last;
    yield batch;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
