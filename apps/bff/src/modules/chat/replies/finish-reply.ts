import type { ErrorBody, Price, Usage } from '@lyss/api-types';
import { appendAudit } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import type { PendingEvent } from '../../../streams/log-writer.ts';
import { fromNano } from '../../../nano.ts';
import { costOf, type Counted } from '../../../price.ts';
import * as repository from './repository.ts';
import type { EndedMessage } from './repository.ts';

export interface Ending {
  status: EndedMessage['status'];
  finish_reason: NonNullable<EndedMessage['finish_reason']>;
  parts: EndedMessage['content'];
  /** What was delivered; null where nothing was asked of the supplier. */
  counted: Counted | null;
  error: ErrorBody | null;
  attempt: number;
  duration_ms: number;
  time_to_first_token_ms: number | null;
  next_seq: number;
}

/**
 * Ends a reply, exactly once: its last events, its message, its usage record and its audit entry in one transaction.
 * Returns the events for the readers, or null where the reply had ended before or is gone.
 */
export async function finishReply(db: TenantDb, reply_id: string, ending: Ending, caller: { request_id: string; address: string }): Promise<PendingEvent[] | null> {
  const reply = await repository.lockRunningReply(db, reply_id);
  if (!reply) return null;
  const usage = ending.counted && priceUsage(ending.counted, reply.price);
  const events = listLastEvents(reply_id, ending, usage);
  await repository.appendEvents(db, events);
  const { parts: content, status, finish_reason, error, duration_ms, time_to_first_token_ms } = ending;
  const ended = { content, status, finish_reason, usage, error, duration_ms, time_to_first_token_ms };
  await repository.finishReply(db, { ...reply, attempt: ending.attempt }, ended);
  const { user_id, conversation_id, model, supplier, credential_id, request_id } = reply;
  const counted = ending.counted ?? { input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, estimated: false };
  await repository.insertUsageRecord(db, {
    ...{ user_id, conversation_id, reply_id, model, supplier, credential_id, request_id },
    ...counted,
    cost_nano: reply.price && ending.counted ? costOf(ending.counted, reply.price) : null,
    currency: reply.price?.currency ?? null,
    outcome: status,
    ...{ duration_ms, time_to_first_token_ms },
  });
  const who = { actor: { user_id, name: reply.user_name }, caller: { ...caller, request_id } };
  await appendAudit(db, who, { action: 'replies.ended', resource_type: 'reply', resource_id: reply_id, details: { status, model, supplier } });
  return events;
}

function listLastEvents(reply_id: string, ending: Ending, usage: Usage | null): PendingEvent[] {
  const { finish_reason, duration_ms, time_to_first_token_ms, error } = ending;
  const last: [string, unknown][] = [
    ...(usage ? ([['usage', usage]] as [string, unknown][]) : []),
    ...(error ? ([['error', error]] as [string, unknown][]) : []),
    ['end', { finish_reason, duration_ms, time_to_first_token_ms }],
  ];
  return last.map(([event, data], index) => ({ reply_id, seq: ending.next_seq + index, event, data }));
}

function priceUsage(counted: Counted, price: Price | null): Usage {
  const { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated } = counted;
  const cost = price ? { amount: fromNano(costOf(counted, price)), currency: price.currency } : null;
  return { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost };
}
