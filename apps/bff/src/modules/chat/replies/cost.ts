import type { Price, Usage } from '@lyss/api-types';
import { toNano } from '../../../nano.ts';

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
