import type { Endpoint } from '@lyss/api-types';
import type { Actor } from '../actor.ts';
import { newId, sha256 } from '../crypto/digest.ts';
import { AppError } from '../errors.ts';

export interface StoredAnswer {
  status: number;
  content_type: string | null;
  body: Uint8Array<ArrayBuffer> | null;
  location: string | null;
}
export interface IdempotentCall {
  /** This very attempt: another attempt with the same key has another one. */
  claim_id: string;
  actor: Actor;
  key: string;
  endpoint: string;
  body_hash: Buffer;
  request_id: string;
  /** The audit action that its work leaves; null where it leaves none. */
  action: string | null;
}
/** What a call that lost its answer had committed, as its audit entry names it. */
export interface Done {
  resource_type: string;
  resource_id: string | null;
}
export type Begun = { state: 'new' } | { state: 'running' } | { state: 'done'; done: Done } | { state: 'other_body' } | { state: 'answered'; answer: StoredAnswer };

/**
 * The port that db/ fills: who used which key for what, and what was answered. A first call holds its key on a lease;
 * where that has run out without an answer, `done` says that its work was committed, and `new` that nothing was.
 */
export interface IdempotencyStore {
  begin(call: IdempotentCall): Promise<Begun>;
  /** Goes on holding the key of a call that takes long. */
  renew(call: IdempotentCall): Promise<void>;
  finish(call: IdempotentCall, answer: StoredAnswer): Promise<void>;
  /** Lets go of a key for which nothing was done. */
  forget(call: IdempotentCall): Promise<void>;
  /** Lets go soon of a key whose work may still be committing in a connection that was lost. */
  abandon(call: IdempotentCall): Promise<void>;
}

const RENEW_MS = 5_000;
const keyForm = /^[\x21-\x7e]{1,255}$/;

/** Reads the Idempotency-Key of a POST; null where there is none or nobody to keep it for. */
export function readIdempotentCall(request: Request, endpoint: Endpoint, { actor, request_id }: { actor: Actor | null; request_id: string }, body: Uint8Array): IdempotentCall | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || request.method !== 'POST' || !actor) return null;
  if (!keyForm.test(key)) {
    const message = '1–255 visible ASCII characters';
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'Idempotency-Key', code: 'invalid_format', message }] } });
  }
  const place = `${endpoint.method} ${new URL(request.url).pathname}`;
  return { claim_id: newId(), actor, key, endpoint: place, body_hash: sha256(Buffer.from(body)), request_id, action: endpoint.audit };
}

/**
 * Runs `work` once per key: a second call gets the first one's answer byte for byte; another body or an unfinished first
 * call is 409. Where the first call was cut off, its audit entry, written in the work's own transaction, tells whether
 * the work was done: 409 with what was made, or the second call does it. An answer with a secret that is shown once is
 * not kept: the second call hears that it was given.
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
  if (begun.state === 'done') throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'idempotency_done', ...begun.done } });
  if (begun.state === 'other_body') throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'idempotency_other_body' } });
  if (begun.state === 'answered') return replay(begun.answer, replayStream);
  // A renewal that fails is made up for by the next one; the lease outlives several.
  const renewing = setInterval(() => void store.renew(call).catch(() => undefined), RENEW_MS);
  try {
    return await keep(store, call, replayable, await work());
  } catch (error) {
    await release(store, call, error);
    throw error;
  } finally {
    clearInterval(renewing);
  }
}

/** A refusal means that nothing was done, so the same key may try again at once; any other failure may have come after the work. */
async function release(store: IdempotencyStore, call: IdempotentCall, error: unknown): Promise<void> {
  const isRefused = error instanceof AppError && error.is_refusal;
  // Where even that can't be said, the lease ends by itself, and the caller hears of what they asked for.
  await (isRefused ? store.forget(call) : store.abandon(call)).catch(() => undefined);
}

/** Without its answer a key tells the next call what was made; that is no reason to keep this caller from it. */
async function finish(store: IdempotencyStore, call: IdempotentCall, answer: StoredAnswer): Promise<void> {
  await store.finish(call, answer).catch(() => undefined);
}

async function replay(answer: StoredAnswer, replayStream: (location: string) => Promise<Response>): Promise<Response> {
  if (answer.location !== null) return mark(await replayStream(answer.location));
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
