import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Locale } from '@lyss/api-types';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { describeFailure } from './describe-failure.ts';
import { Ended } from './ended.ts';

const STALLED_MS = 30_000;

/** One request and its answer, written to the raw response; `left` aborts when the caller goes away before its end. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly caller: Caller;
  readonly started_at = performance.now();
  /** Of this answer alone, beside those that every answer has. */
  readonly headers: Record<string, string> = {};
  /** What logs and metrics call the path. */
  route = '/v1/*';
  readonly #response: ServerResponse;
  readonly #left = new AbortController();
  readonly #onHead: (status: number) => void;

  constructor(request: IncomingMessage, response: ServerResponse, caller: Caller, onHead: (exchange: Exchange, status: number) => void) {
    this.request = request;
    this.caller = caller;
    this.#response = response;
    this.#onHead = (status) => onHead(this, status);
    response.on('error', () => undefined); // a broken socket is a caller that has left
    response.once('close', () => {
      if (!response.writableFinished) this.#left.abort(new Ended('client_gone'));
    });
  }

  get left(): AbortSignal {
    return this.#left.signal;
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  /** English, unless the caller asks for Chinese: programs that say nothing are read by developers and their tools. */
  get locale(): Locale {
    return this.caller.locale === 'zh-CN' && /\bzh\b/i.test(this.request.headers['accept-language'] ?? '') ? 'zh-CN' : 'en-US';
  }

  sendJson(status: number, value: unknown, headers: Record<string, string> = {}): void {
    this.sendBytes(status, Buffer.from(JSON.stringify(value)), headers);
  }

  sendBytes(status: number, bytes: Buffer, headers: Record<string, string> = {}): void {
    if (this.left.aborted) return;
    this.#onHead(status);
    const is_head = this.request.method === 'HEAD';
    this.#response.writeHead(status, { ...this.headers, ...headers, 'content-type': 'application/json', 'cache-control': 'no-store', 'content-length': String(bytes.length) });
    this.#response.end(is_head ? undefined : bytes);
  }

  /** Passes on a piece of a stream; resolves when the next may come. Throws Ended for a caller that is gone or reads nothing for half a minute. */
  async pass(bytes: Buffer): Promise<void> {
    if (this.left.aborted) throw new Ended('client_gone');
    this.#begin();
    if (!this.#response.write(bytes)) await this.#waitForRoom();
  }

  end(bytes: Buffer): void {
    if (this.left.aborted) return;
    this.#begin();
    this.#response.end(bytes);
  }

  #begin(): void {
    if (this.hasBegun) return;
    this.#onHead(200);
    this.#response.writeHead(200, { ...this.headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' });
  }

  /** Says why nothing, or nothing more, comes. A stream that has begun is broken off after it: it must not look complete. */
  fail(error: unknown): void {
    if (this.left.aborted) return;
    const { status, headers, error: body } = describeFailure(error, this.locale);
    // What is left of a body that is too large isn't read.
    const closing = error instanceof AppError && error.error_name === 'REQUEST_TOO_LARGE' ? { connection: 'close' } : {};
    if (!this.hasBegun) return this.sendJson(status, { error: body }, { ...headers, ...closing });
    const response = this.#response;
    response.write(`data: ${JSON.stringify({ error: body })}\n\n`, () => response.destroy());
  }

  /** Closes the socket of a caller that reads nothing. */
  cutOff(): void {
    this.#response.destroy();
  }

  #waitForRoom(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const response = this.#response;
    const onDrain = () => resolve();
    const onLeft = () => reject(new Ended('client_gone'));
    const timer = setTimeout(() => reject(new Ended('client_stalled')), STALLED_MS);
    response.once('drain', onDrain);
    this.left.addEventListener('abort', onLeft, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      this.left.removeEventListener('abort', onLeft);
    });
  }
}
