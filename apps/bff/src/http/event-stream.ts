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
 * every 15 s keeps proxies awake; a reader that takes nothing for 30 s is let go. `stop` ends the source.
 */
export function writeEventStream(source: AsyncIterator<LoggedEvent[]>, stop: () => void): ReadableStream<Uint8Array> {
  let heartbeat: NodeJS.Timeout | undefined;
  let stalled: NodeJS.Timeout | undefined;
  const close = () => {
    clearInterval(heartbeat);
    clearTimeout(stalled);
    stop();
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
          const next = await source.next();
          if (next.done) {
            close();
            controller.close();
            return;
          }
          controller.enqueue(encoder.encode(next.value.map(formatEvent).join('')));
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
