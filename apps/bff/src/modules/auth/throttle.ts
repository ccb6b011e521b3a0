import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { sha256Hex } from '../../crypto/digest.ts';
import { translateDatabaseError } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { networkOf } from '../../http/request-facts.ts';

/** A count of attempts by a key of the caller's own. */
export interface AttemptLimit {
  /** Counts one attempt; throws ThrottledError beyond the limit. */
  take(key: string): Promise<void>;
  /** Gives one attempt back. */
  forgive(key: string): Promise<void>;
}

export interface SignInThrottle {
  /** Counts an attempt before its password is looked at; throws ThrottledError beyond the limits. */
  take(email: string, address: string): Promise<void>;
  /** A right password: account and network get this one attempt back. */
  forgive(email: string, address: string): Promise<void>;
}

type Refusal = 'RATE_LIMIT_EXCEEDED' | 'ACCOUNT_LOCKED';

/** 2005 for an account, 1005 for a network, with Retry-After. */
export class ThrottledError extends AppError {
  override name = 'ThrottledError';
  /** Whether this is the refusal with which the lock began: one entry in the audit says it. */
  readonly is_first: boolean;
  constructor(refusal: Refusal, refused: RateLimiterRes, points: number, reason?: string) {
    super(refusal, { retry_after_s: refused.msBeforeNext / 1_000, ...(reason ? { details: { reason } } : {}) });
    this.is_first = refused.consumedPoints === points + 1;
  }
}

/** 10 attempts in 15 min an account, 30 a network; shared by all replicas. It stops sign-ins only, never a signed-in person. */
export function createSignInThrottle(accounts: RateLimiterAbstract, networks: RateLimiterAbstract): SignInThrottle {
  // By the address as it was typed, whoever it belongs to: a count of its own per person would tell where one is.
  const accountKey = (email: string) => sha256Hex(email.toLowerCase());
  return {
    async take(email, address) {
      await count(networks, networkOf(address), 'RATE_LIMIT_EXCEEDED');
      await count(accounts, accountKey(email), 'ACCOUNT_LOCKED');
    },
    async forgive(email, address) {
      try {
        // Never the whole count: who is right in one workspace would begin anew guessing at the same address in another.
        await accounts.reward(accountKey(email), 1);
        await networks.reward(networkOf(address), 1);
      } catch (error) {
        throw translateDatabaseError(error);
      }
    },
  };
}

/** A limit that refuses with `refusal`, and says `reason` where the code's own text would be untrue. */
export function createAttemptLimit(limiter: RateLimiterAbstract, refusal: Refusal, reason?: string): AttemptLimit {
  return {
    take: (key) => count(limiter, key, refusal, reason),
    async forgive(key) {
      await limiter.reward(key, 1).catch((error: unknown) => {
        throw translateDatabaseError(error);
      });
    },
  };
}

async function count(limiter: RateLimiterAbstract, key: string, refusal: Refusal, reason?: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new ThrottledError(refusal, refused, limiter.points, reason);
    throw translateDatabaseError(refused);
  }
}
