/** One event of one reply on its way into the log. */
export interface PendingEvent {
  reply_id: string;
  seq: number;
  event: string;
  data: unknown;
}

export interface LogWriterPorts {
  /** Commits events of one tenant; resolves only when they are durable. `again`: what is there already counts as written. */
  append(tenant_id: string, events: PendingEvent[], again: boolean): Promise<void>;
  /** Told after the commit, in order, once for each batch. */
  onCommitted(events: PendingEvent[]): void;
  /** Whether the database may take the same write later. */
  isPassing(error: unknown): boolean;
}

/** The log of one reply, written by the one process that makes it. */
export interface ReplyLog {
  /** Takes the next number; a delta that follows its like, still unwritten, is joined to it. */
  push(event: string, data: unknown): void;
  /** Resolves when the log has room for more: at once, unless much of this reply is still unwritten. */
  room(): Promise<void>;
  /** Resolves when all that was pushed is committed; rejects where the log can't take it any more. */
  drain(): Promise<void>;
  /** Why the log takes nothing more (its conversation is gone, another process took over), or undefined. */
  refusal(): unknown;
  next_seq(): number;
}

// Below this a commit an event would be the whole cost; a reader can't tell 25 ms from none.
const GATHER_MS = 25;
const RETRY_MS = 250;
const GIVE_UP_MS = 90_000;
const UNWRITTEN_CHARACTERS = 256 * 1024;
const joinable: ReadonlySet<string> = new Set(['text', 'reasoning']);

/** What goes into one commit. */
interface Batch {
  events: PendingEvent[];
  /** Each reply's newest event in it. */
  newest: Map<string, PendingEvent>;
  /** When its first event came, on performance.now()'s clock. */
  began_at: number;
  written: PromiseWithResolvers<void>;
}

/**
 * Group commit for all replies of this process: what gathers while one batch of a tenant is written goes with the next.
 * Readers are told after the commit, so nobody has seen what a crash could take back.
 */
export function createLogWriter(ports: LogWriterPorts): { open(tenant_id: string, reply_id: string): ReplyLog } {
  const gathering = new Map<string, Batch>();
  const refusals = new Map<string, unknown>();

  const writeAll = async (tenant_id: string): Promise<void> => {
    for (let batch = gathering.get(tenant_id); batch; batch = gathering.get(tenant_id)) {
      // Counted from its first event: what waited while the last one was written has gathered enough.
      await sleep(batch.began_at + GATHER_MS - performance.now());
      // What comes from here on belongs to the next one.
      const next = createBatch();
      gathering.set(tenant_id, next);
      await writeBatch(ports, tenant_id, batch.events, refusals);
      batch.written.resolve();
      if (next.events.length === 0) gathering.delete(tenant_id);
    }
  };

  const gather = (tenant_id: string): Batch => {
    const found = gathering.get(tenant_id);
    if (found) return found;
    const batch = createBatch();
    gathering.set(tenant_id, batch);
    void writeAll(tenant_id);
    return batch;
  };

  return { open: (tenant_id, reply_id) => createReplyLog(reply_id, () => gather(tenant_id), refusals) };
}

function createBatch(): Batch {
  return { events: [], newest: new Map(), began_at: performance.now(), written: Promise.withResolvers<void>() };
}

function createReplyLog(reply_id: string, gather: () => Batch, refusals: Map<string, unknown>): ReplyLog {
  let seq = 0;
  let last: Batch | null = null;
  let characters = 0;
  return {
    push(event, data) {
      if (refusals.has(reply_id)) return;
      const batch = gather();
      if (batch !== last) characters = 0;
      last = batch;
      characters += joinable.has(event) ? (data as { delta: string }).delta.length : 0;
      const newest = batch.newest.get(reply_id);
      if (newest && newest.event === event && joinable.has(event)) {
        newest.data = joinDeltas(newest.data, data);
        return;
      }
      if (batch.events.length === 0) batch.began_at = performance.now();
      const pending = { reply_id, seq: ++seq, event, data };
      batch.events.push(pending);
      batch.newest.set(reply_id, pending);
    },
    room: async () => (characters > UNWRITTEN_CHARACTERS ? last?.written.promise : undefined),
    async drain() {
      await last?.written.promise;
      const error = refusals.get(reply_id);
      refusals.delete(reply_id);
      if (error !== undefined) throw error;
    },
    refusal: () => refusals.get(reply_id),
    next_seq: () => seq + 1,
  };
}

function joinDeltas(before: unknown, after: unknown): { delta: string } {
  return { delta: (before as { delta: string }).delta + (after as { delta: string }).delta };
}

async function writeBatch(ports: LogWriterPorts, tenant_id: string, batch: PendingEvent[], refusals: Map<string, unknown>): Promise<void> {
  if ((await tryAppend(ports, tenant_id, batch)) === null) return ports.onCommitted(batch);
  // One reply's refusal must not take its neighbours with it: each is tried by itself.
  for (const [reply_id, events] of Map.groupBy(batch, (event) => event.reply_id)) {
    const failure = await tryAppend(ports, tenant_id, events);
    if (failure === null) ports.onCommitted(events);
    else refusals.set(reply_id, failure.error);
  }
}

/** null when committed. Tries again for 90 s while the database is away; the events wait in memory meanwhile. */
async function tryAppend(ports: LogWriterPorts, tenant_id: string, events: PendingEvent[]): Promise<{ error: unknown } | null> {
  const until = performance.now() + GIVE_UP_MS;
  for (let again = false; ; again = true) {
    try {
      // A commit whose answer was lost has written them all the same.
      await ports.append(tenant_id, events, again);
      return null;
    } catch (error) {
      if (!ports.isPassing(error) || performance.now() > until) return { error: error ?? new Error('refused') };
      await sleep(RETRY_MS);
    }
  }
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
