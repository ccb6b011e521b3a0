import type { OpenedStream } from './open-streams.ts';
import type { FileAnswer } from './route.ts';

const STALLED_MS = 30_000;

/**
 * A file to be saved (RFC 6266), piece by piece as its reader takes it: one piece ahead, however long the file. A reader
 * that takes nothing for 30 s is let go, and so is one whose session ends.
 */
export function sendFile({ name, media_type, bytes, sha256, read }: FileAnswer, { signal, close }: OpenedStream): Response {
  const pieces = read(signal)[Symbol.asyncIterator]();
  let stalled: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(stalled);
    close();
    // Its reader is gone: there is nobody to tell how the source ended.
    void pieces.return?.().catch(() => undefined);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stalled);
        try {
          const piece = await pieces.next();
          if (piece.done) return end(), controller.close();
          signal.throwIfAborted();
          controller.enqueue(piece.value);
          stalled = setTimeout(() => {
            end();
            controller.error(new Error('the reader stalled'));
          }, STALLED_MS);
        } catch (error) {
          end();
          controller.error(error);
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      'content-type': media_type,
      'content-length': String(bytes),
      // Names are ours: letters, digits, dots and hyphens.
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
      'cache-control': 'no-store',
      // RFC 9530: what the whole file's bytes must come to.
      ...(sha256 ? { 'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` } : {}),
    },
  });
}
