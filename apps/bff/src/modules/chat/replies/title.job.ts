import type { Tenancy } from '../../../db/tenancy.ts';
import { setModelTitle } from '../repository.ts';
import { costOf } from '../../../price.ts';
import type { ReplyOrder } from './reply.job.ts';
import * as repository from './repository.ts';

const PROMPT =
  'Give this conversation a short title of at most six words, in the language of its first message. Answer with the title alone: no quotes, no full stop.';
const TIMEOUT_MS = 20_000;
const TITLE_TOKENS = 60;
const TITLE_CHARACTERS = 80;
const SHOWN_CHARACTERS = 2_000;

/**
 * Names a conversation from its first exchange with the model that answered it, once; a person's own title is never
 * touched. What it costs is recorded like any call. Where the model fails, the first message's beginning stays.
 */
export async function nameConversation(tenancy: Tenancy, order: ReplyOrder): Promise<void> {
  const { reply, provider, connection, tenant_id } = order;
  const first = order.messages.find((message) => message.role === 'user');
  if (!first) return;
  const started_at = performance.now();
  const events = await provider.complete(connection, {
    model: order.supplier_model,
    messages: [
      { role: 'system', text: PROMPT },
      { role: 'user', text: first.text.slice(0, SHOWN_CHARACTERS) },
    ],
    parameters: { max_output_tokens: TITLE_TOKENS },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    request_id: reply.request_id,
  });
  const title = cleanTitle(events.map((event) => (event.type === 'text' ? event.delta : '')).join(''));
  const usage = events.find((event) => event.type === 'usage');
  await tenancy.withTenant(tenant_id, async (db) => {
    if (title) await setModelTitle(db, reply.conversation_id, title, 'model');
    if (!usage) return;
    const { user_id, conversation_id, model, supplier, credential_id, request_id, price } = reply;
    const { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated } = usage;
    const counted = { input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated };
    await repository.insertUsageRecord(db, {
      ...{ user_id, conversation_id, reply_id: null, model, supplier, credential_id, request_id },
      ...counted,
      cost_nano: price ? costOf(counted, price) : null,
      currency: price?.currency ?? null,
      outcome: 'complete',
      duration_ms: Math.round(performance.now() - started_at),
      time_to_first_token_ms: null,
    });
  });
}

/** One line, no quotes, no control or direction characters: a title is a model's text and is shown everywhere. */
export function cleanTitle(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim().replace(/^["'“”‘’「『《#*\s]+|["'“”‘’」』》。.*\s]+$/gu, '');
  return [...line].slice(0, TITLE_CHARACTERS).join('');
}
