import type { Price } from '@lyss/api-types';

const NANO_DIGITS = 9;
const NANO = 10n ** BigInt(NANO_DIGITS);

function toNano(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * NANO + BigInt(fraction.slice(0, NANO_DIGITS).padEnd(NANO_DIGITS, '0'));
}

function fromNano(nano: bigint): string {
  const digits = nano.toString().padStart(NANO_DIGITS + 1, '0');
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '');
  return fraction ? `${digits.slice(0, -NANO_DIGITS)}.${fraction}` : digits.slice(0, -NANO_DIGITS);
}

/** The catalogue's price in another currency, as the server reckons it: rounded up; null where there is no rate and it isn't free. */
export function convertPrice(price: Price | null, to: string, rate: string | null): Price | null {
  if (price === null || price.currency === to) return price;
  const isFree = [price.input, price.output, price.cached_input ?? '0'].every((amount) => toNano(amount) === 0n);
  if (rate === null && !isFree) return null;
  const factor = toNano(rate ?? '1');
  const at = (amount: string) => fromNano((toNano(amount) * factor + NANO - 1n) / NANO);
  return { input: at(price.input), output: at(price.output), cached_input: price.cached_input === null ? null : at(price.cached_input), currency: to };
}
