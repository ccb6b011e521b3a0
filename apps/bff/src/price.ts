import type { Price, Usage } from '@lyss/api-types';
import { toNano } from './nano.ts';

const TOKENS_PER_PRICE = 1_000_000n;

export type Counted = Pick<Usage, 'input_tokens' | 'output_tokens' | 'cached_tokens' | 'reasoning_tokens' | 'estimated'>;

/** What these tokens cost at this price, in nano-units, rounded up: a fraction of one is never given away. */
export function costOf(counted: Counted, price: Price): bigint {
  const cached = BigInt(Math.min(counted.cached_tokens, counted.input_tokens));
  const fresh = BigInt(counted.input_tokens) - cached;
  const total =
    fresh * toNano(price.input) + cached * toNano(price.cached_input ?? price.input) + BigInt(counted.output_tokens) * toNano(price.output);
  return (total + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE;
}

/** Our count of what is sent is right within a tenth for most suppliers' tokenizers (security.md). */
const INPUT_MARGIN = 1.1;
/** What suppliers put round messages beside a tenth, which of a short question is next to nothing. */
const INPUT_WRAPPING = 16;

/** The most input tokens that a call may be charged for: our count and its margin. */
function boundInput(counted: number): number {
  return Math.ceil(counted * INPUT_MARGIN) + INPUT_WRAPPING;
}

/** What a call costs at worst, in nano-units: all its input fresh, and the longest answer it may get. */
export function worstCostOf(input_tokens: number, output_tokens: number, price: Price): bigint {
  return costOf({ input_tokens: boundInput(input_tokens), output_tokens, cached_tokens: 0, reasoning_tokens: 0, estimated: true }, dearestInput(price));
}

/** Caching may cost more than it saves at some suppliers: the worst case takes the dearer of the two. */
function dearestInput(price: Price): Price {
  const cached = price.cached_input;
  return cached !== null && toNano(cached) > toNano(price.input) ? { ...price, input: cached } : price;
}

/** How many output tokens `granted` pays for beside the input, as much as that may be; Infinity where output is free. */
export function affordableOutput(granted: bigint, input_tokens: number, price: Price): number {
  const output = toNano(price.output);
  if (output === 0n) return Number.POSITIVE_INFINITY;
  const left = granted - worstCostOf(input_tokens, 0, price);
  return left <= 0n ? 0 : Number((left * TOKENS_PER_PRICE) / output);
}

/**
 * What is charged of a call's tokens: never more than it was let in with, whatever its supplier says it used. Beyond that the
 * supplier's figure is taken for a mistake, as one that is absurd is (attacks.md), and marked.
 */
export function clampCounted(counted: Counted, most: { input_tokens: number; output_tokens: number }): Counted {
  const input_tokens = Math.min(counted.input_tokens, boundInput(most.input_tokens));
  const output_tokens = Math.min(counted.output_tokens, most.output_tokens);
  const is_clamped = input_tokens < counted.input_tokens || output_tokens < counted.output_tokens;
  return { input_tokens, output_tokens, cached_tokens: Math.min(counted.cached_tokens, input_tokens), reasoning_tokens: Math.min(counted.reasoning_tokens, output_tokens), estimated: counted.estimated || is_clamped };
}
