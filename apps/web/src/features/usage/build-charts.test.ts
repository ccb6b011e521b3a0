import { describe, expect, it } from 'vitest';
import type { UsagePoint, UsageSeries } from '@lyss/api-types';
import { buildCharts, type ChartWords } from './build-charts.ts';

const point = (at: string, more: Partial<UsagePoint>): UsagePoint => ({
  ...{ at, requests: 0, failed: 0, input_tokens: 0, output_tokens: 0, cached_tokens: 0, reasoning_tokens: 0, unpriced: 0, cost: '0' },
  ...{ mean_ms: null, p50_ms: null, p95_ms: null, first_token_p50_ms: null, first_token_p95_ms: null },
  ...more,
});
const [first, second] = ['2026-11-21T16:00:00.000Z', '2026-11-22T16:00:00.000Z'];
const answer: UsageSeries = {
  ...{ from: first, to: '2026-11-23T16:00:00.000Z', unit: 'day', time_zone: 'Asia/Shanghai', currency: 'CNY', buckets: [first, second] },
  total: [point(second, { requests: 3, cost: '0.3', p50_ms: 120, p95_ms: 900 })],
  series: [
    { kind: 'one', key: 'a', name: 'a', points: [point(second, { requests: 2, input_tokens: 5, output_tokens: 7, cost: '0.2' })] },
    { kind: 'other', key: '', name: null, points: [point(second, { requests: 1, failed: 1, cost: '0.1' })] },
  ],
};
const words: ChartWords = { total: 'All', p50: 'Median', p95: 'p95', first_token: 'First token', name: ({ kind, key }) => (kind === 'other' ? 'Others' : key) };
const build = (of = answer, zone = 'UTC') => buildCharts(of, { locale: 'en-US', zone, words });

describe('the charts of an answer', () => {
  it('have nothing where nothing happened, and what is left over in no colour', () => {
    const { requests, tokens, failed } = build();
    expect(requests.series).toEqual([{ key: 'a', name: 'a', colour: 1, values: [0, 2] }, { key: ':other', name: 'Others', colour: 0, values: [0, 1] }]);
    expect(tokens.series[0]?.values).toEqual([0, 12]);
    expect(failed.series[1]?.values).toEqual([0, 1]);
  });
  it('name days in the tenant’s zone', () => {
    expect(build().cost.buckets.map(({ short, long }) => [short, long])).toEqual([['Nov 22', 'Nov 22, 2026'], ['Nov 23', 'Nov 23, 2026']]);
  });
  it('name hours in the person’s', () => {
    expect(build({ ...answer, unit: 'hour' }, 'America/New_York').cost.buckets[0]).toMatchObject({ short: '11/21, 11:00', long: '11/21, 11:00 EST' });
  });
  it('break a line where nothing is known', () => {
    expect(build().latency.series.map(({ name, values }) => [name, values])).toEqual([['p95', [null, 900]], ['Median', [null, 120]], ['First token', [null, null]]]);
  });
  it('write money that floats added up as money', () => {
    const { cost } = build();
    expect(cost.format(0.1 + 0.2)).toBe('¥0.30');
    expect(cost.format(0)).toBe('¥0.00');
    expect(cost.format(0.000001375)).toBe('¥0.000001');
    expect(cost.formatShort(17_547)).toBe('¥17.5K');
  });
  it('of no group are the whole', () => {
    expect(build({ ...answer, series: [] }).requests.series).toEqual([{ key: ':total', name: 'All', colour: 1, values: [0, 3] }]);
  });
});
