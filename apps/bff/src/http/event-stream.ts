import type { LoggedEvent } from './route.ts';

const KEEP_AWAKE_MS = 15_000;
const STALLED_MS = 30_000;
const encoder = new TextEncoder();

/** One event on the wire (WHATWG server-sent events). JSON.stringify leaves no raw line break in the data line. */
function formatEvent({ seq, event, data }: LoggedEvent): string {
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * A text/event-stream body that follows `source`. Events that are ready together go out in one write; a comment
 * every 15 s keeps proxies awake; a reader that takes nothing for 30 s is let go. `stop` ends the source, which is
 * then run to its end, so that it lets go of what it holds.
 */
export function writeEventStream(source: AsyncIterator<LoggedEvent[]>, stop: () => void): ReadableStream<Uint8Array> {
  let heartbeat: NodeJS.Timeout | undefined;
  let stalled: NodeJS.Timeout | undefined;
  const { next, end } = endable(source);
  const close = () => {
    clearInterval(heartbeat);
    clearTimeout(stalled);
    stop();
    end();
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': awake\n\n'));
        }, KEEP_AWAKE_MS);
      },
      async pull(controller) {
        clearTimeout(stalled);
        try {
          const batch = await next();
          if (batch.done) {
            close();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(batch.value.map(formatEvent).join('')));
          stalled = setTimeout(() => {
            close();
            controller.error(new Error('the reader stalled'));
          }, STALLED_MS);
        } catch (error) {
          close();
          controller.error(error);
        }
      },
      cancel: close,
    },
    // One write ahead: what a slow reader has not taken stays in the log, not in memory.
    { highWaterMark: 1 },
  );
}

/** A source with an end from outside: a generator that waits at a `yield`, or was never begun, hears of no signal and would never reach its `finally`. */
function endable<T>(source: AsyncIterator<T>): { next(): Promise<IteratorResult<T>>; end(): void } {
  let begun = false;
  const next = () => {
    begun = true;
    return source.next();
  };
  const end = async () => {
    if (!begun) await next();
    await source.return?.();
  };
  // The reader is gone: there is nobody to tell how the source ended.
  return { next, end: () => void end().catch(() => undefined) };
}
