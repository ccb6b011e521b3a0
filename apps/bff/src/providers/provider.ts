import type { SupplierFailureKind } from '@lyss/api-types';

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

export interface ProviderUsage {
  input_tokens: number;
  /** Reasoning included: what the supplier bills as output. */
  output_tokens: number;
  cached_tokens: number;
  reasoning_tokens: number;
  /** True where the supplier's own figure was missing or not believable and ours stands in. */
  estimated: boolean;
}

export type ProviderEvent =
  | { type: 'text'; delta: string }
  | { type: 'reasoning'; delta: string }
  | { type: 'tool_call'; id: string; name: string; arguments: string }
  | ({ type: 'usage' } & ProviderUsage)
  | { type: 'finish'; reason: FinishReason };

export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

export interface ProviderMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
}

export interface ProviderRequest {
  model: string;
  messages: ProviderMessage[];
  parameters: { temperature?: number; max_output_tokens?: number };
  signal: AbortSignal;
  request_id: string;
}

export interface ProviderConnection {
  base_url: string;
  credential: { id: string; revealFor(origin: string): Promise<string> } | null;
}

/**
 * One wire to a supplier. Both ways of asking give the same events: deltas and whole tool calls, one `usage`, and
 * exactly one `finish`, last. An answer that did not come to its end throws `ProviderError` instead, after the deltas
 * that did arrive. An aborted `signal` throws the signal's own reason, as `fetch` does.
 */
export interface Provider {
  stream(connection: ProviderConnection, request: ProviderRequest): AsyncGenerator<ProviderEvent>;
  complete(connection: ProviderConnection, request: ProviderRequest): Promise<ProviderEvent[]>;
  listModels(connection: ProviderConnection, request: { signal: AbortSignal; request_id: string }): Promise<string[]>;
}

export type VerificationStep = 'address' | 'tls' | 'key' | 'models' | 'completion';

/** What a failed connection came from, where it is known better than its kind says. */
export type ConnectionFault = 'name_not_found';

interface ProviderErrorOptions {
  status?: number | null;
  retry_after_ms?: number | null;
  step?: VerificationStep;
  fault?: ConnectionFault;
  cause?: unknown;
}

/** A supplier's failure in the closed words of the contract. Its message never holds the supplier's text: a key may be echoed in it. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: SupplierFailureKind;
  readonly status: number | null;
  readonly retry_after_ms: number | null;
  readonly step?: VerificationStep;
  readonly fault?: ConnectionFault;

  constructor(kind: SupplierFailureKind, options: ProviderErrorOptions = {}) {
    super(options.status ? `supplier failure: ${kind} (${options.status})` : `supplier failure: ${kind}`, { cause: options.cause });
    this.kind = kind;
    this.status = options.status ?? null;
    this.retry_after_ms = options.retry_after_ms ?? null;
    if (options.step) this.step = options.step;
    if (options.fault) this.fault = options.fault;
  }
}
