import { clampCounted, type Counted } from '../../price.ts';
import type { Said } from '../../providers/said.ts';
import { asList, asRecord, asText, parseJson } from '../../providers/shape.ts';
import { countMessages, countTokens } from '../../providers/tokens.ts';
import { settleCount, type ReportedUsage } from '../../providers/usage.ts';
import type { Account } from './account.ts';
import type { Asked } from './asked.ts';

/** What a supplier says that a call used, and what it was heard to say. */
export interface Heard {
  usage: ReportedUsage;
  said: Said;
  /** Where the figures are our own count already. */
  estimated?: boolean;
}

export const nothingUsed: Counted = { input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, estimated: false };

// Of a body's bytes at least this share is text: a figure below it calls for a real count.
const BYTES_A_TOKEN = 8;

/** The tokens that a call is charged: the supplier's figures where they can be believed, else our own count of what was sent and of what came. */
export async function countUsed({ usage, said, estimated = false }: Heard, asked: Asked, account: Account): Promise<Counted> {
  const cheap = (asked.bytes.length - asked.scanned.inline_bytes) / BYTES_A_TOKEN;
  const input = await settleCount(usage.input_tokens, cheap, () => countInput(asked));
  const output = await settleCount(usage.output_tokens, said.estimate, () => said.count());
  const counted: Counted = {
    input_tokens: input.tokens,
    output_tokens: output.tokens,
    cached_tokens: Math.min(usage.cached_tokens ?? 0, input.tokens),
    reasoning_tokens: Math.min(usage.reasoning_tokens ?? 0, output.tokens),
    estimated: estimated || input.estimated || output.estimated,
  };
  return account.is_bound ? clampCounted(counted, account) : counted;
}

/** Our own count of what was sent: the texts of the messages, or of the input. */
async function countInput({ kind, bytes }: Asked): Promise<number> {
  const body = asRecord(parseJson(bytes.toString('utf8')));
  if (kind === 'embeddings') return countEmbedded(body?.['input']);
  return countMessages(asList(body?.['messages']).map((message) => ({ text: readTexts(asRecord(message)?.['content']) })));
}

function readTexts(content: unknown): string {
  return typeof content === 'string' ? content : asList(content).map((part) => asText(asRecord(part)?.['text'])).join('\n');
}

/** A text, a list of them, or tokens that the caller counted. */
async function countEmbedded(input: unknown): Promise<number> {
  if (typeof input === 'string') return countTokens(input);
  const items = asList(input);
  const tokens = items.reduce<number>((sum, item) => sum + (typeof item === 'number' ? 1 : asList(item).length), 0);
  return tokens + (await countTokens(items.map(asText).join('\n')));
}
