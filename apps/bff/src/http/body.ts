import { AppError } from '../errors.ts';
import { parseJson } from './json-text.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The body's bytes, at most `limit` of them; what is announced or sent beyond is 1004 without being read. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new AppError('REQUEST_TOO_LARGE', { details: { limit_bytes: limit } });
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of readChunks(request.body)) {
    size += chunk.byteLength;
    if (size > limit) throw new AppError('REQUEST_TOO_LARGE', { details: { limit_bytes: limit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body's chunks; a body that breaks off or whose coding is broken is the sender's failure, not ours. */
async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new AppError('INVALID_FORMAT', { details: { reason: 'cut off' }, cause: error });
  }
}

/** A JSON body as a value, `{}` where there is none. 1003 for another content type, invalid UTF-8 or broken JSON. */
export function readJson(request: Request, bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return {};
  const type = mediaType(request);
  if (type !== 'application/json') throw new AppError('INVALID_FORMAT', { status: 415, details: { expected: 'application/json' } });
  return parseJson(decode(bytes));
}

/** A form body (WHATWG urlencoded) as an object of strings; a repeated name is refused. */
export function readForm(request: Request, bytes: Uint8Array): Record<string, string> {
  const expected = 'application/x-www-form-urlencoded';
  if (mediaType(request) !== expected) throw new AppError('INVALID_FORMAT', { status: 415, details: { expected } });
  return readPairs(new URLSearchParams(decode(bytes)));
}

/** Query or form pairs as an object; the same name twice is refused, since readers disagree on which one counts. */
export function readPairs(pairs: URLSearchParams): Record<string, string> {
  const seen = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (seen.has(name)) throw refusePair(name, 'repeated', 'sent more than once');
    // No column of text can hold one, and `__proto__` would be no field at all.
    if (value.includes('\0') || name === '__proto__') throw refusePair(name, 'invalid_format', 'not accepted here');
    seen.set(name, value);
  }
  return Object.fromEntries(seen);
}

const NAME_CHARACTERS = 200;

function refusePair(name: string, code: string, message: string): AppError {
  return new AppError('INVALID_INPUT', { details: { issues: [{ path: name.slice(0, NAME_CHARACTERS), code, message }] } });
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new AppError('INVALID_FORMAT', { details: { reason: 'not UTF-8' }, cause: error });
  }
}
