import type { UsageFigures, UsagePoint } from '@lyss/api-types';
import { fromNano } from '../../nano.ts';
import { percentileOf } from './percentile.ts';
import type { PeriodSums, Sums } from './repository.ts';

const MEDIAN = 0.5;
const SLOW = 0.95;

type Counts = Omit<UsagePoint, 'at' | 'cost'>;

/** Sums as the contract shows them: histograms become percentiles. */
export function describeCounts({ durations, first_tokens, duration_ms, cost_nano: _cost, ...sums }: Sums): Counts {
  const { requests, failed, input_tokens, output_tokens, cached_tokens, reasoning_tokens, unpriced } = sums;
  return {
    ...{ requests, failed, input_tokens, output_tokens, cached_tokens, reasoning_tokens, unpriced },
    mean_ms: requests === 0 ? null : Math.round(duration_ms / requests),
    p50_ms: percentileOf(durations, MEDIAN),
    p95_ms: percentileOf(durations, SLOW),
    first_token_p50_ms: percentileOf(first_tokens, MEDIAN),
    first_token_p95_ms: percentileOf(first_tokens, SLOW),
  };
}

export const describePoint = (at: string, sums: Sums): UsagePoint => ({ at, ...describeCounts(sums), cost: fromNano(BigInt(sums.cost_nano)) });

const none: Sums = { requests: 0, failed: 0, input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, unpriced: 0, cost_nano: '0', duration_ms: 0, durations: [], first_tokens: [] };

function add(one: Sums, other: Sums): Sums {
  const plus = (name: keyof Sums) => Number(one[name]) + Number(other[name]);
  const each = (name: 'durations' | 'first_tokens') => other[name].map((count, place) => count + (one[name][place] ?? 0));
  return {
    ...{ requests: plus('requests'), failed: plus('failed'), input_tokens: plus('input_tokens'), output_tokens: plus('output_tokens'), cached_tokens: plus('cached_tokens') },
    ...{ reasoning_tokens: plus('reasoning_tokens'), unpriced: plus('unpriced'), duration_ms: plus('duration_ms') },
    cost_nano: (BigInt(one.cost_nano) + BigInt(other.cost_nano)).toString(),
    durations: each('durations'),
    first_tokens: each('first_tokens'),
  };
}

/** One period out of its parts by currency: costs in another one than the tenant's stand for themselves. */
export function describePeriod(parts: readonly PeriodSums[], currency: string): UsageFigures {
  const whole = parts.reduce<Sums>(add, none);
  const other_costs = parts.flatMap((part) => (part.currency !== null && part.currency !== currency && part.own_nano !== '0' ? [{ amount: fromNano(BigInt(part.own_nano)), currency: part.currency }] : []));
  return { ...describeCounts(whole), cost: { amount: fromNano(BigInt(whole.cost_nano)), currency }, other_costs };
}
