import type { ErrorBody, ErrorName, Locale, SupplierFailureKind } from '@lyss/api-types';
import { describeError } from '../../../error-texts.ts';
import { EgressError } from '../../../egress/egress-error.ts';
import { AppError } from '../../../errors.ts';
import { ProviderError } from '../../../providers/provider.ts';

const names: Partial<Record<SupplierFailureKind, ErrorName>> = {
  timeout: 'EXTERNAL_API_TIMEOUT',
  connection_failed: 'NETWORK_ERROR',
  address_not_allowed: 'NETWORK_ERROR',
};

/**
 * A supplier's failure as ours, with the kind that tells people what to do; anything else stays what it is. `has_begun`:
 * something of the answer had come. A connection that fails after that was cut short, which is not out of reach.
 */
export function translateProviderError(error: unknown, has_begun: boolean): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { kind, status, retry_after_ms } = error;
  const was_answered = status !== null || (error.cause instanceof EgressError && error.cause.phase === 'body');
  const is_cut = kind === 'connection_failed' && (has_begun || was_answered);
  return new AppError(names[kind] ?? 'AI_PROVIDER_ERROR', {
    details: { kind, supplier_status: status, ...(is_cut ? { reason: 'cut_short' } : {}) },
    ...(retry_after_ms === null ? {} : { retry_after_s: retry_after_ms / 1_000 }),
    cause: error,
  });
}

/** A reply's error as its message keeps it: with the request's id, which a person tells the operator long after. */
export function describeReplyError(error: unknown, locale: Locale, request_id: string): ErrorBody {
  const body = describeError(error, locale);
  return { ...body, details: { ...body.details, request_id } };
}

const repeatable: ReadonlySet<SupplierFailureKind> = new Set(['server_error', 'overloaded', 'connection_failed']);
const PATIENCE_MS = 5_000;
const JITTER_MS = 400;

/** How long to wait before the one other try, before the first byte only; null where another try would not help. */
export function chooseRetryDelay(error: unknown): number | null {
  if (!(error instanceof ProviderError)) return null;
  const jitter = Math.random() * JITTER_MS;
  if (error.kind === 'rate_limited') return error.retry_after_ms !== null && error.retry_after_ms <= PATIENCE_MS ? error.retry_after_ms + jitter : null;
  return repeatable.has(error.kind) ? JITTER_MS + jitter : null;
}
