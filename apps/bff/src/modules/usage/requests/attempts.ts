import type { RequestAttempt } from '@lyss/api-types';

/** An attempt as it stands in a record; its credential without its name. */
export type StoredAttempt = Omit<RequestAttempt, 'credential'> & { credential_id: string | null };

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const countOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.round(value)) : null);

/** What a record says of its attempts: JSON that whoever made the call wrote, of which only what is known is shown. */
export function readAttempts(stored: unknown): StoredAttempt[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null).map((entry) => ({
    supplier: textOf(entry['supplier']),
    model: textOf(entry['model'] ?? entry['supplier_model']),
    credential_id: textOf(entry['credential_id']),
    outcome: textOf(entry['outcome']),
    status: countOf(entry['status']),
    error_kind: textOf(entry['error_kind'] ?? entry['kind']),
    started_ms: countOf(entry['started_ms']),
    duration_ms: countOf(entry['duration_ms']),
    time_to_first_token_ms: countOf(entry['time_to_first_token_ms']),
    reason: textOf(entry['reason']),
  }));
}
