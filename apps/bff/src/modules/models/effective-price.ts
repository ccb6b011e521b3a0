import type { Price } from '@lyss/api-types';
import { fromNano, toNano } from '../../nano.ts';
import type { Desk } from './desk.ts';
import type { SettingRow } from './repository.ts';

const NANO = 1_000_000_000n;

export interface EffectivePrice {
  price: Price | null;
  source: 'own' | 'catalogue' | null;
}

/**
 * What a call costs in the tenant's currency: its own price, else the catalogue's at the tenant's rate, rounded up so that no
 * budget is undercut. Without a rate only what is free is known. An own price in a currency of before is not in force (ADR 23).
 */
export function findEffectivePrice({ currency, rate }: Pick<Desk, 'currency' | 'rate'>, own: SettingRow['price'], catalogue: Price | null): EffectivePrice {
  if (own?.currency === currency) return { price: describeOwnPrice(own), source: 'own' };
  const price = catalogue && convert(catalogue, currency, rate);
  return { price, source: price && 'catalogue' };
}

export function describeOwnPrice({ input, output, cached_input, currency }: NonNullable<SettingRow['price']>): Price {
  return { input, output, cached_input, currency };
}

function convert(price: Price, currency: string, rate: bigint | null): Price | null {
  if (price.currency === currency) return price;
  const isFree = [price.input, price.output, price.cached_input ?? '0'].every((amount) => toNano(amount) === 0n);
  if (rate === null && !isFree) return null;
  const at = (amount: string) => fromNano((toNano(amount) * (rate ?? NANO) + NANO - 1n) / NANO);
  return { input: at(price.input), output: at(price.output), cached_input: price.cached_input === null ? null : at(price.cached_input), currency };
}
