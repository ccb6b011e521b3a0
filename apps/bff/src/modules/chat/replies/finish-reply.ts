import type { ErrorBody, Price, Usage } from '@lyss/api-types';
import { appendAudit } from '../../../audit/append.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import type { PendingEvent } from '../../../streams/log-writer.ts';
import { fromNano } from '../../../nano.ts';
import { costOf, type Counted } from '../../../price.ts';
import * as repository from './repository.ts';
import type { EndedMessage } from './repository.ts';
import type { End } from '../../../spending.ts';
import type { Spending } from './spending.ts';

export interface Ending {
  status: EndedMessage['status'];
  finish_reason: NonNullable<EndedMessage['finish_reason']>;
  parts: EndedMessage['content'];
  /** What was delivered; null where nothing was asked of the supplier. */
  counted: Counted | null;
  error: ErrorBody | null;
  /** What the supplier said or did, where it failed. */
  supplier_failure: { kind: string; status: number | null } | null;
  attempt: number;
  duration_ms: number;
  time_to_first_token_ms: number | null;
  next_seq: number;
}

/**
 * Ends a reply, exactly once: its last events, its message, what it cost with its usage record, and its audit entry in one
 * transaction. Returns the events for the readers, or null where the reply had ended before or is gone.
 */
export async function finishReply({ settleWithin }: Pick<Spending, 'settleWithin'>, db: TenantDb, reply_id: string, ending: Ending, caller: { request_id: string; address: string }): Promise<PendingEvent[] | null> {
  const reply = await repository.lockRunningReply(db, reply_id);
  if (!reply) return null;
  const end = describeEnd(reply, ending);
  const cost_nano = (await settleWithin(db, end))?.cost_nano ?? end.cost_nano;
  const usage = ending.counted && describeUsage(ending.counted, cost_nano, reply.price);
  const events = listLastEvents(reply_id, ending, usage);
  await repository.appendEvents(db, events);
  const { parts: content, status, finish_reason, error, duration_ms, time_to_first_token_ms } = ending;
  const ended = { content, status, finish_reason, usage, error, duration_ms, time_to_first_token_ms };
  await repository.finishReply(db, { ...reply, attempt: ending.attempt }, ended);
  const { user_id, model, supplier, request_id } = reply;
  const who = { actor: { user_id, name: reply.user_name }, caller: { ...caller, request_id } };
  await appendAudit(db, who, { action: 'replies.ended', resource_type: 'reply', resource_id: reply_id, details: { status, model, supplier } });
  return events;
}

const NOTHING: Counted = { input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, estimated: false };

/** Nothing was delivered: nothing is charged, though its supplier may where it fell silent or was told to stop. */
function describeEnd(reply: { id: string; supplier: string; credential_id: string | null; price: Price | null }, ending: Ending): End {
  const { id, supplier, credential_id, price } = reply;
  const { counted, supplier_failure, status, duration_ms, time_to_first_token_ms } = ending;
  const kind = supplier_failure?.kind ?? null;
  const was_cut_off = status === 'stopped' || status === 'interrupted' || kind === 'timeout';
  return {
    ...{ id, supplier, credential_id, supplier_model: null, route: null, attempts: null, is_cache_hit: false, outcome: status },
    ...{ status: supplier_failure?.status ?? null, error_kind: kind ?? (status === 'interrupted' ? 'interrupted' : null) },
    ...(counted ?? NOTHING),
    ...{ cost_nano: price && costOf(counted ?? NOTHING, price), duration_ms, time_to_first_token_ms, maybe_billed: counted === null && was_cut_off },
  };
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

function describeUsage(counted: Counted, cost_nano: bigint | null, price: Price | null): Usage {
  const { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated } = counted;
  const cost = price && cost_nano !== null ? { amount: fromNano(cost_nano), currency: price.currency } : null;
  return { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost };
}
