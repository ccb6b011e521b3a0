import type { EgressError } from './egress-error.ts';

/** The other side is asked to wait above this, and to go on below it. */
const FULL_BYTES = 256 * 1024;
const ROOM_BYTES = 64 * 1024;

type Result = IteratorResult<Uint8Array, undefined>;

interface Reader {
  resolve: (result: Result) => void;
  reject: (error: EgressError) => void;
}

/** Chunks between a socket and the one reader of its body: bounded, in order, the failure after the last good byte. */
export class BodyQueue implements AsyncIterableIterator<Uint8Array, undefined> {
  is_ended = false;
  readonly #on: { onFull: () => void; onRoom: () => void; onLeft: () => void };
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #isFull = false;
  #failure: EgressError | undefined;
  #reader: Reader | undefined;

  constructor(on: { onFull: () => void; onRoom: () => void; onLeft: () => void }) {
    this.#on = on;
  }

  push(chunk: Buffer): void {
    const reader = this.#takeReader();
    if (reader !== undefined) return reader.resolve({ done: false, value: chunk });
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= FULL_BYTES || this.#isFull) return;
    this.#isFull = true;
    this.#on.onFull();
  }

  end(): void {
    this.is_ended = true;
    this.#takeReader()?.resolve({ done: true, value: undefined });
  }

  /** What came before a break is still read, but not after the reader's own stop. */
  fail(error: EgressError): void {
    this.#failure = error;
    if (error.kind === 'aborted') this.#chunks.length = 0;
    this.#takeReader()?.reject(error);
  }

  next(): Promise<Result> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.length;
      this.#makeRoom();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.is_ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** Leaving a `for await` early ends the call and closes its socket. */
  return(): Promise<Result> {
    if (!this.is_ended && this.#failure === undefined) this.#on.onLeft();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #makeRoom(): void {
    if (!this.#isFull || this.#bytes > ROOM_BYTES) return;
    this.#isFull = false;
    this.#on.onRoom();
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }
}
