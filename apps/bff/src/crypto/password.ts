import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { AppError } from '../errors.ts';
import { createTurnstile } from './turnstile.ts';

/** OWASP's second argon2id profile; the package exports its enums to types only, so id and version go by default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const SALT_BYTES = 16;
/** Two hashes fill both cores of a small server; 16 more wait about a second. */
const LIMITS = { at_once: 2, waiting: 16 };
const RETRY_AFTER_S = 2;

export interface PasswordHasher {
  /** A PHC string of argon2id (RFC 9106) over the NFKC form; throws PasswordBusyError. */
  hash(password: string): Promise<string>;
  /** Whether the password is the hash's; null (nobody there) costs the same and is false. Throws PasswordBusyError. */
  verify(hash: string | null, password: string): Promise<boolean>;
  /** Whether the hash was made with other parameters than today's. */
  needsRehash(hash: string): boolean;
}

/** Too many hashes are waiting: 5004 with Retry-After. */
export class PasswordBusyError extends AppError {
  override name = 'PasswordBusyError';
  override readonly retry_after_s = RETRY_AFTER_S;
  constructor() {
    super('SERVICE_UNAVAILABLE');
  }
}

export function createPasswordHasher(): PasswordHasher {
  const turnstile = createTurnstile({ ...LIMITS, refuse: () => new PasswordBusyError() });
  const nobody = makeDummyHash();
  return {
    hash: (password) => turnstile.pass(() => hash(normalise(password), COST)),
    verify: (stored, password) =>
      turnstile.pass(async () => {
        const same = await verify(stored ?? nobody, normalise(password));
        return same && stored !== null;
      }),
    needsRehash: (stored) => !hasTodaysCost(stored),
  };
}

/** NIST SP 800-63B: normalise before hashing, so that two keyboards' forms of one character agree. */
function normalise(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

/** A well-formed hash of no password at all: checking against it is the same work. */
function makeDummyHash(): string {
  const [salt, output] = [randomBytes(SALT_BYTES), randomBytes(COST.outputLen)].map((bytes) => bytes.toString('base64').replaceAll('=', ''));
  return `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${salt}$${output}`;
}

function hasTodaysCost(stored: string): boolean {
  if (!stored.startsWith('$argon2id$v=19$')) return false;
  const made = parseOptions(stored);
  return Object.entries(COST).every(([name, value]) => made[name as keyof typeof COST] === value);
}
