import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { networkOf } from './request-facts.ts';

export interface RateLimits {
  /** Counts one call; throws 1005 with Retry-After beyond the limit. */
  take(actor: Actor | null, caller: Caller): Promise<void>;
}

/** Requests in 10 seconds. */
export interface RateLimitPoints {
  per_person: number;
  per_network: number;
}

const WINDOW_S = 10;

/** General limits per person (or, before sign-in, per network), kept in this process; sign-in has stricter ones of its own. */
export function createRateLimits(limits: RateLimitPoints): RateLimits {
  const people = new RateLimiterMemory({ points: limits.per_person, duration: WINDOW_S });
  const networks = new RateLimiterMemory({ points: limits.per_network, duration: WINDOW_S });
  return {
    async take(actor, caller) {
      try {
        await (actor ? people.consume(actor.user_id) : networks.consume(networkOf(caller.address)));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: refused.msBeforeNext / 1000 });
        throw refused;
      }
    },
  };
}
