import { errorBody, finishReasons, id, message, messageStatuses, part, price, usage } from '@lyss/api-types';
import { z } from 'zod';
import { at, maybe, nanoCost, own, text, tokenCount, type ArchivedTable } from './table.ts';

const MODEL = 300;
const milliseconds = z.int().min(0);

const conversations: ArchivedTable = {
  name: 'conversations',
  row: z.strictObject({
    ...own,
    user_id: id,
    title: maybe(text(2000)),
    title_source: maybe(z.enum(['person', 'model'])),
    model: maybe(text(MODEL)),
    system_prompt: maybe(text(100_000)),
    pinned: z.boolean(),
    archived: z.boolean(),
    last_message_at: at,
    created_at: at,
    updated_at: at,
  }),
  born: 'created_at',
  left_out: { version: 'bookkeeping' },
};

/** Characters of one message as JSON: more than any model writes. */
const CONTENT = 1_000_000;
/** Parts of one message, as many as the JSON of one line may have in any case. */
const MOST_PARTS = 10_000;

const messages: ArchivedTable = {
  name: 'messages',
  row: z.strictObject({
    ...own,
    conversation_id: id,
    parent_id: maybe(id),
    reply_id: maybe(id),
    role: message.shape.role,
    content: z.array(part).max(MOST_PARTS).refine((parts) => JSON.stringify(parts).length <= CONTENT, { message: 'too long' }),
    status: z.enum(messageStatuses),
    model: maybe(text(MODEL)),
    supplier: maybe(text(MODEL)),
    finish_reason: maybe(z.enum(finishReasons)),
    usage: maybe(usage),
    error: maybe(errorBody),
    duration_ms: maybe(milliseconds),
    time_to_first_token_ms: maybe(milliseconds),
    created_at: at,
  }),
  born: 'created_at',
  left_out: {},
};

const replies: ArchivedTable = {
  name: 'replies',
  row: z.strictObject({
    ...own,
    conversation_id: id,
    message_id: id,
    user_id: id,
    model: text(MODEL),
    supplier: text(MODEL),
    credential_id: maybe(id),
    price: maybe(price),
    request_id: text(64),
    attempt: z.int().positive(),
    status: z.enum(messageStatuses),
    started_at: at,
    ended_at: maybe(at),
  }),
  born: 'started_at',
  left_out: { instance_id: 'bookkeeping', log_removed: 'bookkeeping', stop_requested_at: 'bookkeeping' },
};

const usageRecords: ArchivedTable = {
  name: 'usage_records',
  row: z.strictObject({
    ...own,
    user_id: id,
    conversation_id: maybe(id),
    reply_id: maybe(id),
    ...{ surface: text(40), api_key_id: maybe(id), workflow: maybe(text(MODEL)), route: maybe(text(MODEL)) },
    model: text(MODEL),
    supplier: text(MODEL),
    supplier_model: maybe(text(MODEL)),
    credential_id: maybe(id),
    ...{ is_stream: z.boolean(), is_cache_hit: z.boolean(), maybe_billed: z.boolean(), status: maybe(z.int()), error_kind: maybe(text(40)) },
    ...{ input_tokens: tokenCount, output_tokens: tokenCount, cached_tokens: tokenCount, reasoning_tokens: tokenCount },
    estimated: z.boolean(),
    cost_nano: maybe(nanoCost),
    currency: maybe(z.string().regex(/^[A-Z]{3}$/)),
    outcome: text(40),
    duration_ms: milliseconds,
    time_to_first_token_ms: maybe(milliseconds),
    request_id: text(64),
    created_at: at,
  }),
  born: 'created_at',
  // Which pots it was charged to, and which targets were tried before the one that answered, mean something here alone.
  left_out: { pots: 'bookkeeping', attempts: 'bookkeeping' },
};

export const chatTables = [conversations, messages, replies, usageRecords];
