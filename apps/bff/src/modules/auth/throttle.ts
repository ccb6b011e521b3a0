import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { sha256Hex } from '../../crypto/digest.ts';
import { translateDatabaseError } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import { networkOf } from '../../http/request-facts.ts';

export interface SignInThrottle {
  /** Counts an attempt before its password is looked at; throws 2005 or 1005 with Retry-After beyond the limits. */
  take(email: string, address: string): Promise<void>;
  /** A right password: the account's count starts anew, the network gets its attempt back. */
  forgive(email: string, address: string): Promise<void>;
}

/** 10 attempts in 15 min an account, 30 a network; shared by all replicas. It stops sign-ins only, never a signed-in person. */
export function createSignInThrottle(accounts: RateLimiterAbstract, networks: RateLimiterAbstract): SignInThrottle {
  const accountKey = (email: string) => sha256Hex(email.toLowerCase());
  return {
    async take(email, address) {
      await count(networks, networkOf(address), 'RATE_LIMIT_EXCEEDED');
      await count(accounts, accountKey(email), 'ACCOUNT_LOCKED');
    },
    async forgive(email, address) {
      try {
        await accounts.delete(accountKey(email));
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
    if (refused instanceof RateLimiterRes) throw new AppError(refusal, { retry_after_s: refused.msBeforeNext / 1_000 });
    throw translateDatabaseError(refused);
  }
}
