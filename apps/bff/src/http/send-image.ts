import type { ImageAnswer } from './route.ts';

/** Nothing of it runs, even where somebody opens it by itself. */
const policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** A picture to be drawn. Its bytes are for ever those of its id, so whoever has it is told so by the id alone (RFC 9110 §13.1.2, RFC 8246). */
export function sendImage({ media_type, etag, bytes }: ImageAnswer, request: Request): Response {
  const tag = `"${etag}"`;
  // Of one person's browser alone: what stands between must not keep what a tenant's people alone may see.
  const headers = { etag: tag, 'cache-control': 'private, max-age=31536000, immutable', 'content-security-policy': policy };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (known.includes(tag) || known.includes('*')) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': media_type, 'content-length': String(bytes.byteLength), 'content-disposition': 'inline' } });
}
