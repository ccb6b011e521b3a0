import { AppError } from '../errors.ts';
import { readRange } from './byte-range.ts';
import type { OpenedStream } from './open-streams.ts';
import type { FileAnswer } from './route.ts';

const STALLED_MS = 30_000;
const PARTIAL = 206;
const BEYOND = 416;

/**
 * A file to be saved (RFC 6266), piece by piece as its reader takes it: one piece ahead, however long the file. A reader
 * that takes nothing for 30 s is let go, and so is one whose session ends. A part, where one is asked for (RFC 9110 §14), so that
 * a broken download goes on. Throws 3006 with status 416 where no byte of it is there.
 */
export function sendFile({ name, media_type, bytes, sha256, read }: FileAnswer, asked: Headers, opened: OpenedStream): Response {
  const etag = sha256 ? `"${sha256}"` : null;
  const part = readRange(asked, { bytes, etag });
  if (part === 'beyond') throw new AppError('OPERATION_NOT_ALLOWED', { status: BEYOND, details: { reason: 'range_not_satisfiable', bytes } });
  return new Response(flow(part ? read(opened.signal, part) : read(opened.signal), opened), {
    ...(part ? { status: PARTIAL } : {}),
    headers: {
      'content-type': media_type,
      'content-length': String(part ? part.last - part.first + 1 : bytes),
      ...(part ? { 'content-range': `bytes ${part.first}-${part.last}/${bytes}` } : {}),
      'accept-ranges': 'bytes',
      ...(etag ? { etag } : {}),
      // Names are ours: letters, digits, dots and hyphens.
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
      'cache-control': 'no-store',
      // RFC 9530: what the whole file's bytes must come to.
      ...(sha256 ? { 'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` } : {}),
    },
  });
}

function flow(source: AsyncIterable<Uint8Array>, { signal, close }: OpenedStream): ReadableStream<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  let stalled: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(stalled);
    close();
    // Its reader is gone: there is nobody to tell how the source ended.
    void pieces.return?.().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
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
}
