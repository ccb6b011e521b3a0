import type { Tenant } from '@lyss/api-types';
import { pickGiven } from '../../given-fields.ts';

/** A tenant as its row tells it; what it uses and does is looked up besides. */
export type TenantRow = Omit<Tenant, 'users_count' | 'last_active_at' | 'used'>;

type Parts = Pick<Tenant, 'limits' | 'password_policy' | 'session_policy' | 'retention'>;
/** Of each part, those fields that are given are set; null is a value. */
export type GivenParts = { [P in keyof Parts]?: { [K in keyof Parts[P]]?: Parts[P][K] | undefined } | undefined };

interface StoredParts {
  seat_limit: number | null;
  api_key_limit: number | null;
  storage_limit: string | null;
  request_limit: number | null;
  password_min_length: number;
  password_blocked_words: string[];
  session_idle_minutes: number | null;
  session_absolute_minutes: number | null;
  conversation_retention_days: number | null;
  session_retention_days: number | null;
}
type StoredRow = Omit<TenantRow, keyof Parts> & StoredParts;

export function describeRow({ seat_limit, api_key_limit, storage_limit, request_limit, ...row }: StoredRow): TenantRow {
  const { password_min_length, password_blocked_words, session_idle_minutes, session_absolute_minutes, conversation_retention_days, session_retention_days, ...rest } = row;
  return {
    ...rest,
    limits: { seats: seat_limit, api_keys: api_key_limit, storage_bytes: storage_limit === null ? null : Number(storage_limit), requests_per_minute: request_limit },
    password_policy: { min_length: password_min_length, blocked_words: password_blocked_words },
    session_policy: { idle_minutes: session_idle_minutes, absolute_minutes: session_absolute_minutes },
    retention: { conversations_days: conversation_retention_days, sessions_days: session_retention_days },
  };
}

export const describeFound = (row: StoredRow | undefined) => row && describeRow(row);

/** The columns of what is given. */
export function storeParts({ limits, password_policy, session_policy, retention }: GivenParts) {
  return pickGiven({
    ...{ seat_limit: limits?.seats, api_key_limit: limits?.api_keys, storage_limit: limits?.storage_bytes, request_limit: limits?.requests_per_minute },
    ...{ password_min_length: password_policy?.min_length, password_blocked_words: password_policy?.blocked_words },
    ...{ session_idle_minutes: session_policy?.idle_minutes, session_absolute_minutes: session_policy?.absolute_minutes },
    ...{ conversation_retention_days: retention?.conversations_days, session_retention_days: retention?.sessions_days },
  });
}
