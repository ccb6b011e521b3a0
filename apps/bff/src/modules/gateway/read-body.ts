import type { IncomingMessage } from 'node:http';
import { AppError } from '../../errors.ts';

const BODY_BYTES = 8 * 1024 * 1024;

/** The body's bytes, at most 8 MiB: what is announced or sent beyond is 1004 without being read. Throws 1003 for another content type or a body that breaks off. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json' || request.headers['content-encoding'] !== undefined) throw new AppError('INVALID_FORMAT', { status: 415, details: { expected: 'application/json' } });
  const tooLarge = () => new AppError('REQUEST_TOO_LARGE', { details: { limit_bytes: BODY_BYTES } });
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_BYTES) return void chunks.push(chunk);
      request.pause();
      reject(tooLarge());
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', (error) => reject(new AppError('INVALID_FORMAT', { details: { reason: 'cut off' }, cause: error })));
  });
}
