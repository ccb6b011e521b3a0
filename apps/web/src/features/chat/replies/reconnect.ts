import { errorTable } from '@lyss/api-types/error';
import { ApiFailure } from '../../../api/client.ts';
import { readReason } from '../../../api/failure.ts';

const FIRST_MS = 500;
const LONGEST_MS = 10_000;
const MS = 1_000;

/** Milliseconds before try number `failures` (from 1): doubling, at most 10 s, spread by a fifth; the server's own word where it said one. */
export function backOff(failures: number, cause: unknown, random: () => number = Math.random): number {
  if (cause instanceof ApiFailure && cause.retry_after_s !== undefined) return cause.retry_after_s * MS;
  const base = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(base * (0.8 + random() * 0.4));
}

/** Waits, but not longer than until the network is back or the reader gives up. */
export function waitForNetwork(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

const lost = new Set<ApiFailure['code']>([errorTable.RESOURCE_NOT_FOUND.code, errorTable.INSUFFICIENT_PERMISSIONS.code]);

/** Whether a reply that runs can be followed no more: its log is gone, or this person is. */
export function isLost(failure: unknown): boolean {
  return failure instanceof ApiFailure && (lost.has(failure.code) || failure.status === 401);
}

const TRIES = 3;

/**
 * Whether a send is refused for good. A lost connection is tried again a few times: its Idempotency-Key makes that safe;
 * and where the first try is still being answered, its answer is waited for.
 */
export function isRefused(failure: unknown, tries: number): boolean {
  if (!(failure instanceof ApiFailure)) return tries >= TRIES;
  if (failure.details?.['reason'] === 'idempotency_running') return false;
  return failure.code !== 'OFFLINE' || tries >= TRIES;
}

/** The reply that an earlier try of the same send began, where the server says so; else null. */
export function findMadeReply(failure: unknown): string | null {
  if (!(failure instanceof ApiFailure) || readReason(failure) !== 'idempotency_done') return null;
  const { resource_type, resource_id } = failure.details ?? {};
  return resource_type === 'reply' && typeof resource_id === 'string' ? resource_id : null;
}
