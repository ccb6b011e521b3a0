import type { Price } from '@lyss/api-types';
import type { TenantDb } from '../../../db/tenancy.ts';

/** A call that asks to be let in; amounts in nano-units. */
export interface SpendingCall {
  /** A reply's own, so that what ends the one ends the other. */
  id: string;
  surface: 'chat';
  user_id: string;
  api_key_id: string | null;
  conversation_id: string;
  reply_id: string | null;
  workflow: null;
  request_id: string;
  model: string;
  route: null;
  supplier: string;
  supplier_model: string;
  credential_id: string | null;
  is_stream: boolean;
  price: Price | null;
  currency: string | null;
  /** At worst; null where nobody knows its price. */
  amount_nano: bigint | null;
  /** With how little it can do; null where it takes all or nothing. */
  least_nano: bigint | null;
  input_tokens: number;
}

/** How a call ended, as its usage record tells it. */
export interface SpendingEnd {
  id: string;
  outcome: string;
  status: number | null;
  error_kind: string | null;
  supplier: string;
  supplier_model: string | null;
  credential_id: string | null;
  route: null;
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  reasoning_tokens: number;
  estimated: boolean;
  cost_nano: bigint | null;
  duration_ms: number;
  time_to_first_token_ms: number | null;
  attempts: null;
  is_cache_hit: false;
  maybe_billed: boolean;
}

export type SpendingAnswer =
  | { granted_nano: bigint; is_bound: boolean }
  | { reason: 'budget_exceeded' | 'price_unknown'; budget_id: string; period_end: string | null };

/** What chat asks of the ledger: nothing goes to a supplier before `reserve` has let it in. */
export interface Spending {
  reserve(tenant_id: string, call: SpendingCall): Promise<SpendingAnswer>;
  settle(tenant_id: string, end: SpendingEnd): Promise<boolean>;
  /** In the caller's transaction; what it was charged, or null where it had ended before. */
  settleWithin(db: TenantDb, end: SpendingEnd): Promise<{ cost_nano: bigint | null } | null>;
  release(tenant_id: string, id: string): Promise<boolean>;
}
