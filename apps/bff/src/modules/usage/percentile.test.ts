import { expect, it } from 'vitest';
import { DURATION_BUCKETS } from '../../db/migrations/0025-usage.ts';
import { percentileOf } from './percentile.ts';

const counting = (counts: Record<number, number>) => Array.from({ length: DURATION_BUCKETS.length + 1 }, (_, place) => counts[place] ?? 0);

it('is nowhere where nothing was counted', () => {
  expect(percentileOf([], 0.5)).toBeNull();
  expect(percentileOf(counting({}), 0.95)).toBeNull();
});

it('lies even within its bucket', () => {
  // All between 100 and 200 ms.
  expect([0.01, 0.5, 1].map((share) => percentileOf(counting({ 2: 100 }), share))).toEqual([101, 150, 200]);
  expect(percentileOf(counting({ 0: 90, 5: 10 }), 0.5)).toBe(28);
  expect(percentileOf(counting({ 0: 90, 5: 10 }), 0.95)).toBe(1_200);
});

it('passes empty buckets by', () => {
  expect(percentileOf(counting({ 1: 50, 9: 50 }), 0.5)).toBe(100);
  expect(percentileOf(counting({ 1: 50, 9: 50 }), 0.51)).toBeGreaterThan(12_800);
});

it('lies on the last bound where it is longer than that', () => {
  expect(percentileOf(counting({ 11: 3 }), 0.5)).toBe(51_200);
});
