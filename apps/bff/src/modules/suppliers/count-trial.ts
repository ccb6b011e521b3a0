import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { AppError } from '../../errors.ts';
import type { SupplierPorts } from './ports.ts';

// A trial is a call to a host of the caller's choice: enough for a person at a form, too few for a scanner.
export const TRIALS = { points: 30, duration: 600 };

/** The ports of a verb that may ask a supplier on somebody's word. */
export interface TryingPorts extends SupplierPorts {
  trials: RateLimiterAbstract;
}

/** Counts one trial of a key or an address, whichever verb it is for; throws 1005 beyond 30 in 10 min a tenant, before anything is asked. */
export async function countTrial({ trials }: TryingPorts, tenant_id: string): Promise<void> {
  try {
    await trials.consume(tenant_id);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) throw new AppError('RATE_LIMIT_EXCEEDED', { retry_after_s: refused.msBeforeNext / 1_000, details: { reason: 'too_many_trials' } });
    throw refused;
  }
}
