import { randomBytes } from 'node:crypto';
import { sha256 } from './digest.ts';

// Crockford's base32: no letter looks like another character.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 16;
const GROUP = 4;

/** A code of 80 random bits, as xxxx-xxxx-xxxx-xxxx: too many to try offline, so that a plain digest is enough. */
export function newRecoveryCode(): string {
  // 256 is a multiple of 32: every character is as likely as any other.
  const characters = [...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))?.join('-') ?? '';
}

/** What is stored of a code, as its person may type it: without case, spaces and hyphens, with the letters that stand for digits. */
export function hashRecoveryCode(user_id: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return sha256(`lyss|recovery code|${user_id}|${plain}`);
}
