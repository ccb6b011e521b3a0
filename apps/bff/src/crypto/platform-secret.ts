import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 random bits, for a key of the platform's own. */
export function randomSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}
