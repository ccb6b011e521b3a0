import type { Dispatcher } from 'undici';
import { BodyQueue } from './body-queue.ts';
import type { WaitingCall } from './connect.ts';
import { EgressError, findErrorCode, type EgressPhase } from './egress-error.ts';
import type { EgressLimits, EgressResponse } from './port.ts';

type Controller = Dispatcher.DispatchController;
type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** One request and its answer on undici's lowest level, held to its limits from the first byte to the last. */
export class Exchange implements Dispatcher.DispatchHandler, WaitingCall {
  leave: (() => void) | undefined;
  readonly response: Promise<EgressResponse>;
  readonly #limits: EgressLimits;
  readonly #signal: AbortSignal | undefined;
  readonly #body: BodyQueue;
  readonly #total: NodeJS.Timeout;
  readonly #settle: { resolve: (response: EgressResponse) => void; reject: (error: EgressError) => void };
  #controller: Controller | undefined;
  #phase: EgressPhase = 'connect';
  #timer: NodeJS.Timeout | undefined;
  #received = 0;
  #failure: EgressError | undefined;

  constructor(limits: EgressLimits, signal: AbortSignal | undefined, started_at: number) {
    const { promise, resolve, reject } = Promise.withResolvers<EgressResponse>();
    this.response = promise;
    this.#settle = { resolve, reject };
    this.#limits = limits;
    this.#signal = signal;
    this.#body = new BodyQueue({ onFull: () => this.#pause(), onRoom: () => this.#resume(), onLeft: () => this.#fail(new EgressError('aborted', 'body')) });
    const spent_ms = performance.now() - started_at;
    this.#total = setTimeout(() => this.#fail(new EgressError('timeout', this.#phase)), limits.total_ms - spent_ms);
    this.#enter('connect', limits.connect_ms - spent_ms);
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get is_over(): boolean {
    return this.#failure !== undefined || this.#body.is_ended;
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure);
    else this.#enter('headers', this.#limits.headers_ms);
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    // 1xx answers don't start the body, nor do they buy time.
    if (status < 200 || this.#failure !== undefined) return;
    if (isEncoded(headers)) return this.#fail(new EgressError('connection_failed', 'headers', 'CONTENT_ENCODED'));
    if (Number(headers['content-length']) > this.#limits.max_bytes) return this.#fail(new EgressError('too_large', 'headers'));
    this.#enter('body', this.#limits.idle_ms);
    this.#settle.resolve({ status, headers: flatten(headers), body: this.#body });
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    if (this.#failure !== undefined) return;
    this.#received += chunk.length;
    if (this.#received > this.#limits.max_bytes) return this.#fail(new EgressError('too_large', 'body'));
    this.#timer?.refresh();
    this.#body.push(chunk);
  }

  onResponseEnd(): void {
    this.#stopWaiting();
    this.#body.end();
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#fail(error instanceof EgressError ? error : new EgressError(readKind(error), this.#phase, findErrorCode(error)));
  }

  readonly #onAbort = (): void => this.#fail(new EgressError('aborted', this.#phase));

  #enter(phase: EgressPhase, ms: number): void {
    clearTimeout(this.#timer);
    this.#phase = phase;
    this.#timer = setTimeout(() => this.#fail(new EgressError('timeout', this.#phase)), ms);
  }

  /** While the reader is the slow one, the other side's silence doesn't count. */
  #pause(): void {
    clearTimeout(this.#timer);
    this.#controller?.pause();
  }

  #resume(): void {
    if (this.#failure !== undefined) return;
    this.#enter('body', this.#limits.idle_ms);
    this.#controller?.resume();
  }

  #fail(error: EgressError): void {
    if (this.is_over) return;
    this.#failure = error;
    this.#stopWaiting();
    this.#settle.reject(error);
    this.#body.fail(error);
    this.leave?.();
    this.#controller?.abort(error);
  }

  #stopWaiting(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#total);
    this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}

/** A compressed answer could grow past any limit, and nobody asked for one. */
function isEncoded(headers: Headers): boolean {
  const encoding = String(headers['content-encoding'] ?? '').trim().toLowerCase();
  return encoding !== '' && encoding !== 'identity';
}

function flatten(headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
}

function readKind(error: Error): 'too_large' | 'connection_failed' {
  return findErrorCode(error) === 'UND_ERR_HEADERS_OVERFLOW' ? 'too_large' : 'connection_failed';
}
