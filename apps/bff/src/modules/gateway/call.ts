import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { costOf, type Counted } from '../../price.ts';
import { translateThrown } from '../../providers/failure.ts';
import { ProviderError } from '../../providers/provider.ts';
import type { Account } from './account.ts';
import type { Asked } from './asked.ts';
import { countUsed, nothingUsed, type Heard } from './count-used.ts';
import { Ended } from './ended.ts';
import type { Exchange } from './exchange.ts';
import type { End } from '../../spending.ts';
import type { GatewayModel, GatewayPorts } from './ports.ts';

/** One go at a supplier, as the request log keeps it. */
interface Attempt {
  credential_id: string;
  supplier: string;
  model: string;
  duration_ms: number;
  error_kind: string | null;
  supplier_status: number | null;
}

const CLIENT_GONE = 499;
const OK = 200;

/** A call that the ledger has let in, until it has ended: what its supplier was heard to say, and why it stops. */
export class Call {
  readonly exchange: Exchange;
  readonly actor: Actor;
  readonly asked: Asked;
  readonly model: GatewayModel;
  readonly account: Account;
  readonly #stop = new AbortController();
  readonly #attempts: Attempt[] = [];
  heard: Heard | null = null;
  #first_at: number | null = null;
  #is_sent = false;

  constructor(given: { exchange: Exchange; actor: Actor; asked: Asked; model: GatewayModel; account: Account }) {
    this.exchange = given.exchange;
    this.actor = given.actor;
    this.asked = given.asked;
    this.model = given.model;
    this.account = given.account;
  }

  get tenant_id(): string {
    return this.actor.tenant_id;
  }

  get id(): string {
    return this.account.id;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  countTokens(): number {
    return this.heard?.said.estimate ?? 0;
  }

  stop(reason: unknown): void {
    this.#stop.abort(reason);
  }

  /** Stops with the signal, also where that has aborted already. */
  follow(signal: AbortSignal, reason: (signal: AbortSignal) => unknown): void {
    const stop = () => this.stop(reason(signal));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }

  /** The first piece of the answer goes out. */
  noteFirst(): void {
    this.#first_at ??= performance.now();
  }

  /** Runs `once`, and once more where its failure is one that another try may mend and nothing has gone out. */
  async attempt<T>(once: () => Promise<T>, chooseRetryDelay: GatewayPorts['chooseRetryDelay']): Promise<T> {
    for (;;) {
      const began = performance.now();
      this.signal.throwIfAborted();
      this.#is_sent = true;
      try {
        const result = await once();
        this.#noteAttempt(began, null);
        return result;
      } catch (thrown) {
        const error = translateThrown(thrown, this.signal);
        this.#noteAttempt(began, error);
        const delay = this.#attempts.length === 1 && this.#first_at === null && !this.signal.aborted ? chooseRetryDelay(error) : null;
        if (delay === null) throw error;
        this.heard = null;
        // Whoever stops the call meanwhile is heard at the loop's beginning.
        await sleep(delay, undefined, { signal: this.signal }).catch(() => undefined);
      }
    }
  }

  #noteAttempt(began: number, error: unknown): void {
    const { supplier, supplier_model, credential_id } = this.model;
    const status = error instanceof ProviderError ? error.status : null;
    this.#attempts.push({ credential_id, supplier, model: supplier_model, duration_ms: Math.round(performance.now() - began), error_kind: error === null ? null : nameKind(error), supplier_status: status });
  }

  /** How the call ended, for the ledger: what was delivered is charged, what wasn't isn't. */
  async describeEnd(failure: unknown): Promise<End> {
    const is_delivered = failure === null || this.#first_at !== null;
    const counted = is_delivered && this.heard ? await countUsed(this.heard, this.asked, this.account) : nothingUsed;
    const { supplier, supplier_model, credential_id } = this.model;
    const { started_at } = this.exchange;
    const kind = failure === null ? null : nameKind(failure);
    return {
      ...{ id: this.id, supplier, supplier_model, credential_id, route: null, is_cache_hit: false },
      ...{ outcome: this.#nameOutcome(failure), status: failure === null || this.exchange.hasBegun ? OK : failure instanceof Ended ? CLIENT_GONE : null, error_kind: kind },
      ...pickTokens(counted),
      cost_nano: this.model.price ? costOf(counted, this.model.price) : null,
      duration_ms: Math.round(performance.now() - started_at),
      time_to_first_token_ms: this.#first_at === null ? null : Math.round(this.#first_at - started_at),
      attempts: this.#attempts,
      maybe_billed: !is_delivered && this.#is_sent && (kind === 'timeout' || failure instanceof Ended),
    };
  }

  #nameOutcome(failure: unknown): 'complete' | 'stopped' | 'interrupted' | 'failed' {
    if (failure === null) return 'complete';
    if (failure instanceof Ended && (failure.reason === 'client_gone' || failure.reason === 'client_stalled')) return 'stopped';
    return this.#first_at === null ? 'failed' : 'interrupted';
  }
}

const pickTokens = ({ input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated }: Counted): Counted => ({ input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated });

function nameKind(error: unknown): string {
  if (error instanceof ProviderError) return error.kind;
  if (error instanceof Ended) return error.reason;
  return error instanceof AppError ? error.error_name.toLowerCase() : 'internal';
}
