import { AppError } from '../errors.ts';

/** PostgreSQL's code, of our own class, for "the plan allows no more"; its detail is the refusal's `details` as JSON. */
export const PLAN_EXCEEDED = 'LY009';

/** What a trigger refused, as the refusal that a caller is told: 3009 with what, how many and how many there are. */
export function describePlanExceeded(error: unknown): AppError {
  // Written by our own triggers alone.
  const details = JSON.parse(String((error as { detail?: unknown }).detail)) as Record<string, unknown>;
  return new AppError('QUOTA_EXCEEDED', { details, cause: error });
}
