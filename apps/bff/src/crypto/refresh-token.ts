import { randomBytes } from 'node:crypto';
import { equalsConstantTime, hmac } from './digest.ts';

// 256 bits in all: which session, chance (or, of a successor, what follows from its parent), and a seal over both.
const MARK_BYTES = 8;
const SEED_BYTES = 16;
const SEAL_BYTES = 8;
const TOKEN_BYTES = MARK_BYTES + SEED_BYTES + SEAL_BYTES;

/** Refresh tokens: 43 characters in which nobody else can read or guess anything, and of which we can say without a look whose they are. */
export interface RefreshTokens {
  /** The first token of a chain in a session. */
  make(session_id: string): string;
  /** The same for the same token, always: two tabs get one successor though only its digest is stored. */
  succeed(session_id: string, token: string): string;
  /** What all tokens of one session have in common, and no other's; null for a token that was not made here. It may have ended long ago. */
  findMark(token: string): string | null;
}

/** `key`: a secret of the platform, the same for every replica. */
export function createRefreshTokens(key: Buffer): RefreshTokens {
  // None of the three can be asked for another's answer: the word before the bar keeps them apart.
  const seal = (content: Buffer) => hmac(key, `seal|${content.toString('hex')}`).subarray(0, SEAL_BYTES);
  const compose = (session_id: string, seed: Buffer) => {
    const content = Buffer.concat([hmac(key, `mark|${session_id}`).subarray(0, MARK_BYTES), seed]);
    return Buffer.concat([content, seal(content)]).toString('base64url');
  };
  return {
    make: (session_id) => compose(session_id, randomBytes(SEED_BYTES)),
    succeed: (session_id, token) => compose(session_id, hmac(key, `next|${token}`).subarray(0, SEED_BYTES)),
    findMark(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== token) return null;
      const content = bytes.subarray(0, MARK_BYTES + SEED_BYTES);
      return equalsConstantTime(seal(content), bytes.subarray(MARK_BYTES + SEED_BYTES)) ? bytes.subarray(0, MARK_BYTES).toString('hex') : null;
    },
  };
}
