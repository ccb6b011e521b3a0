import type { Price } from '@lyss/api-types';

/** A call that asks to be let in; amounts in nano-units of the tenant's currency. */
export interface Call {
  id: string;
  instance_id: string;
  surface: 'chat' | 'gateway' | 'playground' | 'workflow';
  user_id: string;
  api_key_id: string | null;
  conversation_id: string | null;
  reply_id: string | null;
  workflow: string | null;
  request_id: string;
  /** As it was asked for. */
  model: string;
  route: string | null;
  supplier: string;
  supplier_model: string;
  credential_id: string | null;
  is_stream: boolean;
  /** The snapshot that it will be settled at; null where nobody knows it. */
  price: Price | null;
  currency: string | null;
  /** What it can cost at worst; null where its price isn't known, which no hard budget lets through. */
  amount_nano: bigint | null;
  /** With how little it can do, where it is to end sooner rather than not to begin; null where it takes all or nothing. */
  least_nano: bigint | null;
  input_tokens: number;
}

/** What a call that was let in may cost: less than its worst case where a hard budget left less. */
export interface Grant {
  granted_nano: bigint;
  /** Whether a hard budget counts it, which must never be passed: the answer's length has to be bounded by what was granted. */
  is_bound: boolean;
}

/** Why one call was not let in. */
export interface Refusal {
  reason: 'budget_exceeded' | 'price_unknown';
  budget_id: string;
  limit_nano: bigint;
  spent_nano: bigint;
  reserved_nano: bigint;
  /** When the budget is free again; null where it never is. */
  period_end: string | null;
}

/** What is known of a call before it is anybody's: which process makes it is the ledger's to say. */
export type Asking = Omit<Call, 'instance_id'>;

/** How one call ended, as its usage record tells it. */
export interface End {
  id: string;
  outcome: string;
  status: number | null;
  error_kind: string | null;
  supplier: string;
  supplier_model: string | null;
  credential_id: string | null;
  route: string | null;
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  reasoning_tokens: number;
  estimated: boolean;
  cost_nano: bigint | null;
  duration_ms: number;
  time_to_first_token_ms: number | null;
  attempts: object[] | null;
  is_cache_hit: boolean;
  /** The supplier may charge for it although nothing of an answer came. */
  maybe_billed: boolean;
}
