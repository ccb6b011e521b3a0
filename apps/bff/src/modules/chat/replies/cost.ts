import type { Price, Usage } from '@lyss/api-types';

const NANO_DIGITS = 9;
const TOKENS_PER_PRICE = 1_000_000n;

/** A decimal string such as "0.075" as integer nano-units. Digits beyond the ninth are cut. */
export function toNano(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * 10n ** BigInt(NANO_DIGITS) + BigInt(fraction.slice(0, NANO_DIGITS).padEnd(NANO_DIGITS, '0'));
}

/** Nano-units as a decimal string without trailing zeros: 1375000n is "0.001375". */
export function fromNano(nano: bigint): string {
  const digits = nano.toString().padStart(NANO_DIGITS + 1, '0');
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '');
  return fraction ? `${digits.slice(0, -NANO_DIGITS)}.${fraction}` : digits.slice(0, -NANO_DIGITS);
}

export type Counted = Pick<Usage, 'input_tokens' | 'output_tokens' | 'cached_tokens' | 'reasoning_tokens' | 'estimated'>;

/** What these tokens cost at this price, in nano-units, rounded up: a fraction of one is never given away. */
export function costOf(counted: Counted, price: Price): bigint {
  const cached = BigInt(Math.min(counted.cached_tokens, counted.input_tokens));
  const fresh = BigInt(counted.input_tokens) - cached;
  const total =
    fresh * toNano(price.input) + cached * toNano(price.cached_input ?? price.input) + BigInt(counted.output_tokens) * toNano(price.output);
  return (total + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE;
}
