import { DURATION_BUCKETS } from '../../db/migrations/0025-usage.ts';

/**
 * The duration (ms) below which a share of what a histogram counted lies; null where it counted nothing. Even within a bucket, as
 * Prometheus' histogram_quantile has it; what lies beyond the last bound is said to lie on it.
 */
export function percentileOf(counts: readonly number[], share: number): number | null {
  const wanted = counts.reduce((sum, count) => sum + count, 0) * share;
  if (wanted === 0) return null;
  let passed = 0;
  for (const [place, count] of counts.entries()) {
    const lower = DURATION_BUCKETS[place - 1] ?? 0;
    const upper = DURATION_BUCKETS[place] ?? lower;
    if (count > 0 && passed + count >= wanted) return Math.round(lower + ((upper - lower) * (wanted - passed)) / count);
    passed += count;
  }
  return DURATION_BUCKETS.at(-1) ?? null;
}
