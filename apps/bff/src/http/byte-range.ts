/** Positions of a file's first and last byte that are asked for, both included. */
export interface ByteRange {
  first: number;
  last: number;
}

const SINGLE = /^bytes=[ \t]*(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))[ \t]*$/i;

/**
 * What a GET asks of a file (RFC 9110 §14.2, §13.1.5): null for all of it, which also answers several ranges, units other
 * than bytes, what is no range at all, and an If-Range that names another file; 'beyond' where no byte of it is there.
 */
export function readRange(headers: Headers, { bytes, etag }: { bytes: number; etag: string | null }): ByteRange | 'beyond' | null {
  const found = SINGLE.exec(headers.get('range') ?? '');
  if (!found) return null;
  // Compared as a whole: a weak one, or a date, never names these very bytes.
  const condition = headers.get('if-range');
  if (condition !== null && condition !== etag) return null;
  const [, from, to, suffix] = found;
  if (suffix !== undefined) return Number(suffix) === 0 || bytes === 0 ? 'beyond' : { first: Math.max(0, bytes - Number(suffix)), last: bytes - 1 };
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= bytes) return 'beyond';
  return { first, last: to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1) };
}
