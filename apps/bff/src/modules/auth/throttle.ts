import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { sha256Hex } from '../../crypto/digest.ts';
import { translateDatabaseError } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { networkOf } from '../../http/request-facts.ts';

export interface SignInThrottle {
  /** Counts an attempt before its password is looked at; throws ThrottledError beyond the limits. */
  take(email: string, address: string): Promise<void>;
  /** A right password: account and network get this one attempt back. */
  forgive(email: string, address: string): Promise<void>;
}

/** 2005 for an account, 1005 for a network, with Retry-After. */
export class ThrottledError extends AppError {
  override name = 'ThrottledError';
  /** Whether this is the refusal with which the lock began: one entry in the audit says it. */
  readonly is_first: boolean;
  constructor(refusal: 'RATE_LIMIT_EXCEEDED' | 'ACCOUNT_LOCKED', refused: RateLimiterRes, points: number) {
    super(refusal, { retry_after_s: refused.msBeforeNext / 1_000 });
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

async function count(limiter: RateLimiterAbstract, key: string, refusal: 'RATE_LIMIT_EXCEEDED' | 'ACCOUNT_LOCKED'): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new ThrottledError(refusal, refused, limiter.points);
    throw translateDatabaseError(refused);
  }
}
