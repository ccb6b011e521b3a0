import { AppError } from '../errors.ts';
import { describeForLog, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface Observed {
  method: string;
  /** A template, never the path. */
  route: string;
  status: number;
  request_id: string;
  duration_ms: number;
}

/** Every request's line in the log and its place in the metrics, when its answer's head is written. */
export function observeRequest({ log, metrics }: { log: Log; metrics: Metrics }, { method, route, status, request_id, duration_ms }: Observed): void {
  metrics.observeRequest(route, method, status, duration_ms / 1_000);
  log.info('request', { method, route, status, request_id, duration_ms: Math.round(duration_ms * 10) / 10 });
}

/** What failed on our side; what was refused is no failure. */
export function logFailure(log: Log, error: unknown, request_id: string): void {
  const expected = error instanceof AppError && error.error_name !== 'INTERNAL_SERVER_ERROR' && error.error_name !== 'DATABASE_ERROR';
  if (!expected) log.error('request failed', { request_id, error: describeForLog(error instanceof AppError ? (error.cause ?? error) : error) });
}
