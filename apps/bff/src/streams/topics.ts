import type { PendingEvent } from './log-writer.ts';

export interface Subscription {
  /** Committed events since the last take; null after so many came that the log itself must be read. */
  take(): PendingEvent[] | null;
  /** Resolves when something new was committed, the time is up, or the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface Topics {
  publish(events: PendingEvent[]): void;
  subscribe(reply_id: string): Subscription;
}

// A reader that lags further behind than this reads the log again instead of filling memory.
const KEPT = 256;

/** What was committed in this process, for its own readers; other processes' readers poll the log. */
export function createTopics(): Topics {
  const readers = new Map<string, Set<{ receive(event: PendingEvent): void; wake(): void }>>();
  return {
    publish(events) {
      const woken = new Set<{ wake(): void }>();
      for (const event of events) {
        for (const reader of readers.get(event.reply_id) ?? []) {
          reader.receive(event);
          woken.add(reader);
        }
      }
      for (const reader of woken) reader.wake();
    },
    subscribe(reply_id) {
      let kept: PendingEvent[] | null = [];
      let wake: () => void = () => undefined;
      const reader = {
        receive(event: PendingEvent) {
          if (kept && kept.length < KEPT) kept.push(event);
          else kept = null;
        },
        wake: () => wake(),
      };
      const group = readers.get(reply_id) ?? new Set();
      readers.set(reply_id, group.add(reader));
      return {
        take() {
          const taken = kept;
          kept = [];
          return taken;
        },
        wait: (ms, signal) =>
          new Promise((resolve) => {
            if (signal.aborted || kept === null || kept.length > 0) return resolve();
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
        close() {
          group.delete(reader);
          if (group.size === 0) readers.delete(reply_id);
        },
      };
    },
  };
}
