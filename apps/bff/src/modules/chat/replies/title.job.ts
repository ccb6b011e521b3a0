import { newId } from '../../../crypto/digest.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { clampCounted, costOf, worstCostOf, type Counted } from '../../../price.ts';
import { ProviderError, type ProviderEvent, type ProviderMessage } from '../../../providers/provider.ts';
import { countMessages } from '../../../providers/tokens.ts';
import { setModelTitle } from '../repository.ts';
import { countDelivered, type ReplyOrder } from './reply.job.ts';
import type { Asking, End } from '../../../spending.ts';
import type { Spending } from './spending.ts';

const PROMPT =
  'Give this conversation a short title of at most six words, in the language of its first message. Answer with the title alone: no quotes, no full stop.';
const TIMEOUT_MS = 20_000;
const TITLE_TOKENS = 60;
const TITLE_CHARACTERS = 80;
const SHOWN_CHARACTERS = 2_000;

interface TitlePorts extends Pick<Spending, 'reserve' | 'settle'> {
  tenancy: Tenancy;
}

/**
 * Names a conversation from its first exchange with the model that answered it, once; a person's own title is never
 * touched. It is paid for like any call. Where a budget refuses it or the model fails, the first message's beginning stays.
 */
export async function nameConversation(ports: TitlePorts, order: ReplyOrder): Promise<void> {
  const first = order.messages.find((message) => message.role === 'user');
  if (!first) return;
  const messages: ProviderMessage[] = [
    { role: 'system', text: PROMPT },
    { role: 'user', text: first.text.slice(0, SHOWN_CHARACTERS) },
  ];
  const call = describeCall(order, await countMessages(messages));
  const answer = await ports.reserve(order.tenant_id, call);
  if ('reason' in answer) return;
  const started_at = performance.now();
  const settle = (outcome: string, counted: Counted, maybe_billed = false) => {
    const duration_ms = Math.round(performance.now() - started_at);
    const charged = answer.is_bound ? clampCounted(counted, { input_tokens: call.input_tokens, output_tokens: TITLE_TOKENS }) : counted;
    return ports.settle(order.tenant_id, describeEnd(call, { outcome, counted: charged, duration_ms, maybe_billed }));
  };
  try {
    const events = await askForTitle(order, messages);
    const said = events.map((event) => (event.type === 'text' ? event.delta : '')).join('');
    const usage = events.find((event) => event.type === 'usage');
    await settle('complete', usage ? pickCounted(usage) : await countDelivered(messages, said));
    const title = cleanTitle(said);
    if (title) await ports.tenancy.withTenant(order.tenant_id, (db) => setModelTitle(db, order.reply.conversation_id, title, 'model'));
  } catch (error) {
    await settle('failed', { input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, estimated: false }, error instanceof ProviderError && error.kind === 'timeout');
    throw error;
  }
}

function askForTitle({ provider, connection, supplier_model, reply }: ReplyOrder, messages: ProviderMessage[]): Promise<ProviderEvent[]> {
  return provider.complete(connection, { model: supplier_model, messages, parameters: { max_output_tokens: TITLE_TOKENS }, signal: AbortSignal.timeout(TIMEOUT_MS), request_id: reply.request_id });
}

function describeCall({ reply, supplier_model, api_key_id }: ReplyOrder, input_tokens: number): Asking {
  const { user_id, conversation_id, model, supplier, credential_id, request_id, price } = reply;
  return {
    ...{ id: newId(), surface: 'chat', user_id, api_key_id, conversation_id, reply_id: null, workflow: null, request_id, model, route: null, supplier, supplier_model, credential_id },
    ...{ is_stream: false, price, currency: price?.currency ?? null, amount_nano: price && worstCostOf(input_tokens, TITLE_TOKENS, price), least_nano: null, input_tokens },
  };
}

function describeEnd(call: Asking, { outcome, counted, duration_ms, maybe_billed }: { outcome: string; counted: Counted; duration_ms: number; maybe_billed: boolean }): End {
  const { id, supplier, supplier_model, credential_id, price } = call;
  return {
    ...{ id, outcome, status: null, error_kind: null, supplier, supplier_model, credential_id, route: null, ...counted, cost_nano: price && costOf(counted, price) },
    ...{ duration_ms, time_to_first_token_ms: null, attempts: null, is_cache_hit: false, maybe_billed },
  };
}

const pickCounted = ({ input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated }: Counted): Counted => ({ input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated });

/** One line, no quotes, no control or direction characters: a title is a model's text and is shown everywhere. */
export function cleanTitle(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim().replace(/^["'“”‘’「『《#*\s]+|["'“”‘’」』》。.*\s]+$/gu, '');
  return [...line].slice(0, TITLE_CHARACTERS).join('');
}
