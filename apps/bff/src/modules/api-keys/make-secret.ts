import { KEY_PREFIX } from '@lyss/api-types';
import { keyHint, randomToken, sha256 } from '../../crypto/digest.ts';

/** A new key with what is stored of it: its SHA-256, which 256 random bits need no more than, and its last four characters. */
export function makeSecret(): { key: string; hint: string; secret_hash: Buffer } {
  const key = `${KEY_PREFIX}${randomToken()}`;
  return { key, hint: keyHint(key), secret_hash: sha256(key) };
}
