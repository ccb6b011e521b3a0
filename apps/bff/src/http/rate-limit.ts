import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor, Caller } from '../actor.ts';
import { AppError } from '../errors.ts';
import { networkOf } from './request-facts.ts';

export interface RateLimits {
  /** Counts one call; throws 1005 with Retry-After beyond the limit. */
  take(actor: Actor | null, caller: Caller): Promise<void>;
  /** Counts one call of a program against its tenant's limit alone; where that stands, null where there is none. Throws as `take` does. */
  takeOfTenant(tenant_id: string): Promise<Taken | null>;
  /** Counts one call that keeps or ends a session, whoever's network it comes from; as many as a person's. */
  takeOfSession(session: string): Promise<void>;
}

/** Where a count of requests stands against its limit of a minute. */
export interface Taken {
  limit: number;
  remaining: number;
  ends_in_ms: number;
}

/** Requests in 10 seconds. */
export interface RateLimitPoints {
  per_person: number;
  per_network: number;
}

/** What all people of a tenant together may ask, which its operator says. */
export interface TenantLimits {
  /** Requests a minute; null for as many as they like. */
  find(tenant_id: string): Promise<number | null>;
}
/** Counts a tenant's requests of this minute, over all replicas. */
export type CountTenant = (tenant_id: string) => Promise<{ count: number; ends_in_ms: number }>;

const WINDOW_S = 10;
const SECOND_MS = 1_000;

/** General limits per person (or, before sign-in, per network), kept in this process; sign-in has stricter ones of its own. */
export function createRateLimits(limits: RateLimitPoints, tenants?: TenantLimits & { count: CountTenant }): RateLimits {
  const people = new RateLimiterMemory({ points: limits.per_person, duration: WINDOW_S });
  const networks = new RateLimiterMemory({ points: limits.per_network, duration: WINDOW_S });
  const sessions = new RateLimiterMemory({ points: limits.per_person, duration: WINDOW_S });
  return {
    async take(actor, caller) {
      await (actor ? consume(people, actor.user_id) : consume(networks, networkOf(caller.address)));
      if (actor && tenants) await takeOfTenant(tenants, actor.tenant_id);
    },
    takeOfTenant: async (tenant_id) => (tenants ? takeOfTenant(tenants, tenant_id) : null),
    takeOfSession: (session) => consume(sessions, session),
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: refused.msBeforeNext / SECOND_MS });
    throw refused;
  }
}

/** Counted only where there is a limit: one write a request, in the database, so that every replica counts the same. */
async function takeOfTenant(tenants: TenantLimits & { count: CountTenant }, tenant_id: string): Promise<Taken | null> {
  const limit = await tenants.find(tenant_id);
  if (limit === null) return null;
  const { count, ends_in_ms } = await tenants.count(tenant_id);
  if (count <= limit) return { limit, remaining: limit - count, ends_in_ms };
  throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: ends_in_ms / SECOND_MS, details: { reason: 'plan_requests', what: 'requests_per_minute', limit } });
}
