import { newId } from '../../crypto/digest.ts';
import type { Actor, Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { affordableOutput, worstCostOf } from '../../price.ts';
import type { Asked } from './asked.ts';
import type { GatewayModel, LedgerPort } from './ports.ts';

/** A call that the ledger has let in. */
export interface Account {
  id: string;
  /** At most this many tokens of input are charged where a budget binds the call. */
  input_tokens: number;
  output_tokens: number;
  is_bound: boolean;
  /** The longest answer, where the caller said nothing and a budget bounds it. */
  cap: number | null;
}

/** Where neither caller nor catalogue says how long an answer may get. */
const LONGEST_ANSWER = 16_384;
/** With less left, a call is refused rather than cut. */
const LEAST_ANSWER = 1_024;
// Most texts have four bytes a token and more; figures and code come close to three.
const BYTES_A_TOKEN = 3;
const IMAGE_TOKENS = 2_000;

/** What the body weighs at most: by its bytes, addresses that hold a file left out, pictures at a flat rate. */
function weighInput({ bytes, scanned }: Pick<Asked, 'bytes' | 'scanned'>): number {
  return Math.ceil((bytes.length - scanned.inline_bytes) / BYTES_A_TOKEN) + scanned.images * IMAGE_TOKENS;
}

/**
 * Holds the call's worst case; nothing is sent to a supplier before. Throws 3008 where a budget does not cover it, 3006
 * `price_unknown` where a hard one counts what has no price, 5001 where the ledger can't answer.
 */
export async function openAccount(ledger: LedgerPort, { actor, caller }: { actor: Actor; caller: Caller }, asked: Asked, model: GatewayModel): Promise<Account> {
  const { price } = model;
  const input_tokens = weighInput(asked);
  const longest = asked.kind === 'embeddings' ? 0 : (asked.max_tokens ?? model.max_output_tokens ?? LONGEST_ANSWER);
  const is_open = asked.kind === 'chat' && asked.max_tokens === null;
  const worst = (output: number) => price && worstCostOf(input_tokens, output * asked.answers, price);
  const id = newId();
  const answer = await ledger.reserve(actor.tenant_id, {
    ...{ id, surface: 'gateway', user_id: actor.user_id, api_key_id: actor.api_key?.id ?? null, conversation_id: null, reply_id: null, workflow: null },
    ...{ request_id: caller.request_id, model: asked.model, route: null, supplier: model.supplier, supplier_model: model.supplier_model, credential_id: model.credential_id },
    ...{ is_stream: asked.is_stream, price, currency: price?.currency ?? null, input_tokens },
    ...{ amount_nano: worst(longest), least_nano: is_open ? worst(Math.min(longest, LEAST_ANSWER)) : null },
  });
  if ('reason' in answer) {
    if (answer.reason === 'price_unknown') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'price_unknown' } });
    throw new AppError('BUDGET_EXCEEDED', { details: { period_end: answer.period_end } });
  }
  const { granted_nano, is_bound } = answer;
  const cap = is_bound && is_open && price ? Math.max(1, Math.min(longest, Math.floor(affordableOutput(granted_nano, input_tokens, price) / asked.answers))) : null;
  return { id, input_tokens, output_tokens: (cap ?? longest) * asked.answers, is_bound, cap };
}
