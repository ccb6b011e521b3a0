import type { Endpoint } from '@lyss/api-types';
import type { Actor } from '../actor.ts';
import { sha256 } from '../crypto/digest.ts';
import { AppError } from '../errors.ts';

export interface StoredAnswer {
  status: number;
  content_type: string | null;
  body: Uint8Array<ArrayBuffer> | null;
  location: string | null;
}
export interface IdempotentCall {
  actor: Actor;
  key: string;
  endpoint: string;
  body_hash: Buffer;
}
export type Begun = { state: 'new' } | { state: 'running' } | { state: 'unknown' } | { state: 'other_body' } | { state: 'answered'; answer: StoredAnswer };

/** The port that db/ fills: who used which key for what, and what was answered; `unknown` where the first call was cut off. */
export interface IdempotencyStore {
  begin(call: IdempotentCall): Promise<Begun>;
  finish(call: IdempotentCall, answer: StoredAnswer): Promise<void>;
  forget(call: IdempotentCall): Promise<void>;
}

const FAILED = 500;
const keyForm = /^[\x21-\x7e]{1,255}$/;

/** Reads the Idempotency-Key of a POST; null where there is none or nobody to keep it for. */
export function readIdempotentCall(request: Request, endpoint: Endpoint, actor: Actor | null, body: Uint8Array): IdempotentCall | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || request.method !== 'POST' || !actor) return null;
  if (!keyForm.test(key)) {
    const message = '1–255 visible ASCII characters';
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'Idempotency-Key', code: 'invalid_format', message }] } });
  }
  const place = `${endpoint.method} ${new URL(request.url).pathname}`;
  return { actor, key, endpoint: place, body_hash: sha256(Buffer.from(body)) };
}

/**
 * Runs `work` once per key: a second call gets the first one's answer byte for byte, another body or an unfinished
 * first call 409, and so does one whose first call failed or was cut off: nobody knows how much of it was done.
 * An answer with a secret that is shown once is not kept: the second call hears that it was given.
 */
export async function answerOnce(
  store: IdempotencyStore,
  call: IdempotentCall,
  replayable: boolean,
  work: () => Promise<Response>,
  replayStream: (location: string) => Promise<Response>,
): Promise<Response> {
  const begun = await store.begin(call);
  if (begun.state === 'running') throw new AppError('RESOURCE_CONFLICT', { retry_after_s: 1, details: { reason: 'idempotency_running' } });
  if (begun.state === 'unknown') throw refuseUnknown();
  if (begun.state === 'other_body') throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'idempotency_other_body' } });
  if (begun.state === 'answered') return replay(begun.answer, replayStream);
  let response: Response;
  try {
    response = await work();
  } catch (error) {
    await release(store, call, error);
    throw error;
  }
  return keep(store, call, replayable, response);
}

/** A refusal means that nothing was done, so the same key may try again; after any other failure it may have been done. */
async function release(store: IdempotencyStore, call: IdempotentCall, error: unknown): Promise<void> {
  const status = error instanceof AppError ? error.status : FAILED;
  if (status < FAILED) return store.forget(call);
  await finish(store, call, { status, content_type: null, body: null, location: null });
}

/** Without its answer a key tells the next call that nobody knows; that is no reason to keep this caller from it. */
async function finish(store: IdempotencyStore, call: IdempotentCall, answer: StoredAnswer): Promise<void> {
  await store.finish(call, answer).catch(() => undefined);
}

function refuseUnknown(): AppError {
  return new AppError('RESOURCE_CONFLICT', { details: { reason: 'idempotency_unknown' } });
}

async function replay(answer: StoredAnswer, replayStream: (location: string) => Promise<Response>): Promise<Response> {
  if (answer.location !== null) return mark(await replayStream(answer.location));
  if (answer.status >= FAILED) throw refuseUnknown();
  if (answer.body === null && answer.status !== 204) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'shown_once' } });
  const headers = { ...(answer.content_type ? { 'content-type': answer.content_type } : {}), 'cache-control': 'no-store' };
  return mark(new Response(answer.body, { status: answer.status, headers }));
}

function mark(response: Response): Response {
  response.headers.set('idempotency-replayed', 'true');
  return response;
}

async function keep(store: IdempotencyStore, call: IdempotentCall, replayable: boolean, response: Response): Promise<Response> {
  const location = response.headers.get('content-location');
  const content_type = response.headers.get('content-type');
  if (location !== null || !replayable || !response.body) {
    await finish(store, call, { status: response.status, content_type, body: null, location });
    return response;
  }
  const body = new Uint8Array(await response.arrayBuffer());
  await finish(store, call, { status: response.status, content_type, body, location: null });
  return new Response(body, { status: response.status, headers: response.headers });
}
