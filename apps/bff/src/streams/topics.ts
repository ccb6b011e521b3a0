import type { PendingEvent } from './log-writer.ts';

export interface Subscription {
  /** Committed events since the last take; null after so many came that the log itself must be read. */
  take(): PendingEvent[] | null;
  /** Resolves when something new was committed or told since the last take, the time is up, or the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface Topics {
  /** What this process has committed, for its own readers. */
  publish(events: PendingEvent[]): void;
  /** Wakes the readers of replies that another process has written to: they read the log. */
  tell(reply_ids: string[]): void;
  /** Whether other processes are heard now. Once they are again, every reader looks: what was said meanwhile was missed. */
  setHearing(is_hearing: boolean): void;
  isHearing(): boolean;
  subscribe(reply_id: string): Subscription;
}

// A reader that lags further behind than this reads the log again instead of filling memory.
const KEPT = 256;

interface Reader extends Subscription {
  receive(event: PendingEvent): void;
  tell(): void;
  wake(): void;
}

/** News of replies for the readers in this process: its own commits themselves, of others only that there are some. */
export function createTopics(): Topics {
  const readers = new Map<string, Set<Reader>>();
  let is_hearing = false;
  const tellAll = (groups: Iterable<Set<Reader> | undefined>) => {
    for (const group of groups) for (const reader of group ?? []) reader.tell();
  };
  return {
    publish(events) {
      const woken = new Set<Reader>();
      for (const event of events) {
        for (const reader of readers.get(event.reply_id) ?? []) {
          reader.receive(event);
          woken.add(reader);
        }
      }
      for (const reader of woken) reader.wake();
    },
    tell: (reply_ids) => tellAll(reply_ids.map((reply_id) => readers.get(reply_id))),
    setHearing(now) {
      is_hearing = now;
      if (now) tellAll(readers.values());
    },
    isHearing: () => is_hearing,
    subscribe(reply_id) {
      const group = readers.get(reply_id) ?? new Set();
      const reader = createReader(() => {
        group.delete(reader);
        if (group.size === 0) readers.delete(reply_id);
      });
      readers.set(reply_id, group.add(reader));
      return reader;
    },
  };
}

function createReader(close: () => void): Reader {
  let kept: PendingEvent[] | null = [];
  let is_told = false;
  let wake: () => void = () => undefined;
  return {
    close,
    wake: () => wake(),
    receive(event) {
      if (kept && kept.length < KEPT) kept.push(event);
      else kept = null;
    },
    tell() {
      is_told = true;
      wake();
    },
    take() {
      const taken = kept;
      kept = [];
      is_told = false;
      return taken;
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || is_told || kept === null || kept.length > 0) return resolve();
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = () => undefined;
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done, { once: true });
        wake = done;
      }),
  };
}
