import { AppError } from '../../../errors.ts';
import { affordableOutput, worstCostOf } from '../../../price.ts';
import type { NewReply } from './repository.ts';
import type { Spending } from './spending.ts';

/** An answer of an unknown model, which nobody has bounded. */
const LONGEST_ANSWER = 16_384;
/** An answer that is cut off sooner helps nobody: better none. */
const SHORTEST_ANSWER = 512;

export interface Wanted {
  reply: NewReply;
  supplier_model: string;
  api_key_id: string | null;
  input_tokens: number;
  /** What the person allows; null where they don't say. */
  asked_output: number | null;
  /** The model's own cap, where it is known. */
  model_output: number | null;
}

/** What a reply may be charged for at most, because a hard budget bounds it. */
export interface Bound {
  input_tokens: number;
  output_tokens: number;
}

/**
 * Holds what a reply can cost at worst, before anything is sent or written. Returns how long its answer may be, null where no hard
 * budget bounds it. Throws 3008 where a budget refuses, 5001 or 5004 where the ledger can't answer.
 */
export async function reserveReply({ reserve }: Pick<Spending, 'reserve'>, tenant_id: string, wanted: Wanted): Promise<Bound | null> {
  const { reply, supplier_model, api_key_id, input_tokens, asked_output } = wanted;
  const { id, user_id, conversation_id, model, supplier, credential_id, price, request_id } = reply;
  const longest = asked_output ?? wanted.model_output ?? LONGEST_ANSWER;
  const answer = await reserve(tenant_id, {
    ...{ id, surface: 'chat', user_id, api_key_id, conversation_id, reply_id: id, workflow: null, request_id },
    ...{ model, route: null, supplier, supplier_model, credential_id, is_stream: true, price, currency: price?.currency ?? null },
    amount_nano: price && worstCostOf(input_tokens, longest, price),
    least_nano: price && asked_output === null ? worstCostOf(input_tokens, Math.min(SHORTEST_ANSWER, longest), price) : null,
    input_tokens,
  });
  if ('reason' in answer) {
    const { reason, budget_id, period_end } = answer;
    throw new AppError('BUDGET_EXCEEDED', { details: { reason, budget_id, period_end } });
  }
  if (!answer.is_bound || !price) return null;
  return { input_tokens, output_tokens: Math.min(longest, affordableOutput(answer.granted_nano, input_tokens, price)) };
}
