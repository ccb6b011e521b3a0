import { setTimeout as sleep } from 'node:timers/promises';
import type { Locale } from '@lyss/api-types';
import type { Tenancy } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { ProviderError, type Provider, type ProviderConnection, type ProviderEvent, type ProviderMessage, type ProviderRequest } from '../../../providers/provider.ts';
import { countMessages, countTokens } from '../../../providers/tokens.ts';
import type { PendingEvent, ReplyLog } from '../../../streams/log-writer.ts';
import { clampCounted, type Counted } from '../../../price.ts';
import { createAnswerMeter, type AnswerMeter } from './answer-meter.ts';
import { chooseRetryDelay, describeReplyError, translateProviderError } from './failure.ts';
import { finishReply, type Ending } from './finish-reply.ts';
import type { NewReply } from './repository.ts';
import type { Bound } from './reserve-reply.ts';
import type { Spending } from './spending.ts';
import { createTranscript, type Transcript } from './transcript.ts';

/** Everything a reply needs while it runs; nothing of the request that started it. */
export interface ReplyOrder {
  tenant_id: string;
  reply: NewReply;
  supplier_model: string;
  api_key_id: string | null;
  /** What it may be charged for at most; null where no hard budget bounds it. */
  bound: Bound | null;
  provider: Provider;
  connection: ProviderConnection;
  messages: ProviderMessage[];
  parameters: ProviderRequest['parameters'];
  /** The conversation's first exchange, which its person has not named: a title is made from it. */
  wants_title: boolean;
  locale: Locale;
  address: string;
}

/** Why a running reply is told to end. */
export type StopReason = 'stopped' | 'shutdown' | 'log_refused';
export class Stopped extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(reason);
    this.reason = reason;
  }
}

export interface ReplyPorts extends Pick<Spending, 'settleWithin'> {
  tenancy: Tenancy;
  publish(events: PendingEvent[]): void;
  isPassing(error: unknown): boolean;
  onOutcome(order: ReplyOrder, error: unknown, latency_ms: number): void;
  /** The end could not be written here. */
  onLost(order: ReplyOrder, error: unknown): void;
}

interface Progress {
  transcript: Transcript;
  counted: Counted | null;
  started_at: number;
  first_at: number | null;
  attempt: number;
  meter: AnswerMeter;
}

export interface ReplySignals {
  /** Ends the reply, with its text so far; the reason is a `Stopped`. */
  stop: AbortSignal;
  /** The process can wait no longer for the end to be written: the next start's sweeper writes it. */
  give_up: AbortSignal;
}

/** Makes one reply: reads the supplier into the log, then ends it once. Never throws; resolves with how it ended. */
export async function runReply(ports: ReplyPorts, order: ReplyOrder, log: ReplyLog, { stop: signal, give_up }: ReplySignals): Promise<Ending['status'] | null> {
  const progress: Progress = { transcript: createTranscript(), counted: null, started_at: performance.now(), first_at: null, attempt: 1, meter: createAnswerMeter(order.bound?.output_tokens ?? null) };
  pushStart(order, log, progress.attempt);
  let failure: unknown = null;
  let finish_reason: Ending['finish_reason'] = 'stop';
  try {
    finish_reason = await readSupplier(order, log, progress, signal);
  } catch (error) {
    failure = signal.aborted ? signal.reason : error;
  }
  ports.onOutcome(order, failure, (progress.first_at ?? performance.now()) - progress.started_at);
  try {
    await log.drain();
    const ending = await describeEnding(order, progress, failure, finish_reason, log.next_seq());
    const events = await endWithPatience(ports, order, ending, give_up);
    if (events) ports.publish(events);
    return events ? ending.status : null;
  } catch (error) {
    // The log took no more: the reply is gone, another process has ended it, or the sweeper will.
    ports.onLost(order, error);
    return null;
  }
}

function pushStart({ reply }: ReplyOrder, log: ReplyLog, attempt: number): void {
  const { id: reply_id, conversation_id, message_id, model, supplier } = reply;
  log.push('start', { reply_id, conversation_id, message_id, model, supplier, attempt });
}

async function readSupplier(order: ReplyOrder, log: ReplyLog, progress: Progress, signal: AbortSignal): Promise<Ending['finish_reason']> {
  for (;;) {
    try {
      return await readAttempt(order, log, progress, signal);
    } catch (error) {
      const delay = progress.attempt === 1 && progress.first_at === null && !signal.aborted ? chooseRetryDelay(error) : null;
      if (delay === null) throw error;
      await pause(delay, signal);
      signal.throwIfAborted();
      progress.attempt += 1;
      pushStart(order, log, progress.attempt);
    }
  }
}

async function readAttempt(order: ReplyOrder, log: ReplyLog, progress: Progress, signal: AbortSignal): Promise<Ending['finish_reason']> {
  const { provider, connection, messages, parameters, supplier_model: model, reply } = order;
  const request: ProviderRequest = { model, messages, parameters, signal, request_id: reply.request_id };
  for await (const event of provider.stream(connection, request)) {
    signal.throwIfAborted();
    if (log.refusal() !== undefined) throw new Stopped('log_refused');
    if (event.type === 'finish') return event.reason;
    take(event, log, progress);
    // It was told how long its answer may be, and goes on.
    if (progress.meter.isOver()) return 'length';
    await log.room();
  }
  throw new AppError('INTERNAL_SERVER_ERROR'); // the port promises a finish or an error
}

function take(event: Exclude<ProviderEvent, { type: 'finish' }>, log: ReplyLog, progress: Progress): void {
  if (event.type === 'usage') {
    const { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated } = event;
    progress.counted = { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated };
    return;
  }
  progress.first_at ??= performance.now();
  if ('delta' in event) progress.meter.add(event.delta);
  const { type, ...data } = event;
  progress.transcript.add(type, data);
  log.push(type, data);
}

async function describeEnding(order: ReplyOrder, progress: Progress, failure: unknown, finish_reason: Ending['finish_reason'], next_seq: number): Promise<Ending> {
  const { transcript, started_at, first_at, attempt } = progress;
  const times = { duration_ms: Math.round(performance.now() - started_at), time_to_first_token_ms: first_at === null ? null : Math.round(first_at - started_at) };
  const delivered = first_at !== null || failure === null;
  const used = progress.counted ?? (delivered ? await countDelivered(order.messages, transcript.said()) : null);
  const counted = used && order.bound ? clampCounted(used, order.bound) : used;
  const supplier_failure = failure instanceof ProviderError ? { kind: failure.kind, status: failure.status } : null;
  const base = { parts: transcript.parts(), counted, supplier_failure, attempt, next_seq, ...times };
  if (failure === null) return { ...base, status: 'complete', finish_reason, error: null };
  if (failure instanceof Stopped && failure.reason === 'stopped') return { ...base, status: 'stopped', finish_reason: 'stopped', error: null };
  const error = failure instanceof Stopped ? new AppError('SERVICE_UNAVAILABLE', { details: { reason: 'interrupted' } }) : translateProviderError(failure, first_at !== null);
  const status = failure instanceof Stopped || !transcript.isEmpty() ? 'interrupted' : 'failed';
  return { ...base, status, finish_reason: 'error', error: describeReplyError(error, order.locale, order.reply.request_id) };
}

/** Tokens by our own count, where the supplier gave none: what was delivered is charged, what wasn't isn't. */
export async function countDelivered(messages: ProviderMessage[], said: string): Promise<Counted> {
  const [input_tokens, output_tokens] = await Promise.all([countMessages(messages), countTokens(said)]);
  return { input_tokens, output_tokens, cached_tokens: 0, reasoning_tokens: 0, estimated: true };
}

const PATIENCE_MS = 90_000;
const AGAIN_MS = 500;

/** The database may be away for a while just now; what was delivered must still be settled, once. */
async function endWithPatience(ports: ReplyPorts, order: ReplyOrder, ending: Ending, give_up: AbortSignal): Promise<PendingEvent[] | null> {
  const caller = { request_id: order.reply.request_id, address: order.address };
  for (const until = performance.now() + PATIENCE_MS; ; ) {
    try {
      return await ports.tenancy.withTenant(order.tenant_id, (db) => finishReply(ports, db, order.reply.id, ending, caller));
    } catch (error) {
      if (!ports.isPassing(error) || performance.now() > until || give_up.aborted) throw error;
      await pause(AGAIN_MS, give_up);
    }
  }
}

/** Resolves after `ms`, or at once when `signal` aborts, also where it has already. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
