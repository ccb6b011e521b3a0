import type { ProviderUsage } from './provider.ts';
import { countMessages, countTokens, estimateMessages, estimateTokens, type CountedMessage } from './tokens.ts';

/** What a supplier says that a call used, once it is known to be whole numbers. Null where it said nothing usable. */
export interface ReportedUsage {
  input_tokens: number | null;
  output_tokens: number | null;
  cached_tokens: number | null;
  reasoning_tokens: number | null;
}

// No window or answer today reaches it; a figure above is a fault, not a count.
const believableTokens = 10_000_000;
// Tokenizers of different families differ by less than this; below it a figure is not believed.
const believableShare = 0.6;

/** A supplier's number where it can be a count of tokens, else null: strings, negatives, fractions and 1e30 are not. */
export function readTokens(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= believableTokens ? value : null;
}

/** A supplier's count where ours makes it believable, `cheap` sparing the real count; else ours. */
export async function settleCount(reported: number | null, cheap: number, count: () => Promise<number>): Promise<{ tokens: number; estimated: boolean }> {
  if (reported !== null && reported >= cheap * believableShare) return { tokens: reported, estimated: false };
  const counted = await count();
  if (reported !== null && reported >= counted * believableShare) return { tokens: reported, estimated: false };
  return { tokens: counted, estimated: true };
}

/**
 * Decides what a call used: the supplier's figures where they can be believed, our own count of what was sent and
 * received where they are missing, absurd or well below it. Cached and reasoning tokens never pass their totals.
 */
export async function settleUsage(reported: ReportedUsage, sent: readonly CountedMessage[], received: string): Promise<ProviderUsage> {
  const input = await settleCount(reported.input_tokens, estimateMessages(sent), () => countMessages(sent));
  const output = await settleCount(reported.output_tokens, estimateTokens(received), () => countTokens(received));
  return {
    input_tokens: input.tokens,
    output_tokens: output.tokens,
    cached_tokens: Math.min(reported.cached_tokens ?? 0, input.tokens),
    reasoning_tokens: Math.min(reported.reasoning_tokens ?? 0, output.tokens),
    estimated: input.estimated || output.estimated,
  };
}
