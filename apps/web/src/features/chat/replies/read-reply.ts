import type { StreamEvent } from '../../../api/event-stream.ts';

/** The outside of `readReply`: how a log is opened, waited for and given up. */
export interface ReplyPorts {
  /** Opens the log behind `last_event_id` (0: from the beginning). May throw what `isFinal` judges. */
  open(last_event_id: number): Promise<AsyncIterable<StreamEvent>>;
  /** True where trying again is pointless: the log is gone, or it is no longer mine. */
  isFinal(failure: unknown): boolean;
  /** Asked when a connection brought nothing new: is the reply over on the server, though no end was read? */
  isOver(): Promise<boolean>;
  /** Waits before the next try; `failures` counts from 1 and begins again once an event came. */
  wait(failures: number, cause: unknown): Promise<void>;
  /** Says whether the log is being read now. */
  onConnection(connected: boolean): void;
  signal: AbortSignal;
}

/**
 * Reads a reply's log to its end over as many connections as it takes; every event comes out once, in order.
 * Returns at the `end` event, when the server says that the reply is over, or when aborted. Throws a final failure.
 */
export async function* readReply(ports: ReplyPorts, from = 0): AsyncGenerator<StreamEvent> {
  let last = from;
  let failures = 0;
  while (!ports.signal.aborted) {
    const before = last;
    let cause: unknown = null;
    try {
      const events = await ports.open(last);
      ports.onConnection(true);
      for await (const event of events) {
        if (ports.signal.aborted) return;
        if (event.id <= last) continue;
        last = event.id;
        yield event;
        if (event.event === 'end') return;
      }
    } catch (failure) {
      if (ports.signal.aborted) return;
      if (ports.isFinal(failure)) throw failure;
      cause = failure;
    }
    if (last === before && (await ports.isOver())) return;
    failures = last === before ? failures + 1 : 1;
    ports.onConnection(false);
    await ports.wait(failures, cause);
  }
}

/**
 * The same events; throws where none comes for so many milliseconds, so that a dead connection is not waited for.
 * @param connection aborted however the reading ends; aborted from outside, the reading throws.
 */
export async function* limitSilence(events: AsyncIterable<StreamEvent>, ms: number, connection: AbortController): AsyncGenerator<StreamEvent> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await withinTime(iterator.next(), ms, connection.signal);
      if (done === true) return;
      yield value;
    }
  } finally {
    connection.abort();
  }
}

function withinTime<T>(waited: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Error('the connection was left'));
    const timer = setTimeout(() => reject(new Error('the connection is silent')), ms);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    waited.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    });
  });
}
