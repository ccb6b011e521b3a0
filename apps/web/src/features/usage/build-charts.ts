import type { UsagePoint, UsageSeries } from '@lyss/api-types';
import { formatDuration, formatFigure, formatMoney } from '../../ui/figure/format-figure.ts';
import { formatDay, formatHour, formatMonthDay, nameZone } from '../../ui/figure/format-time.ts';
import type { ChartBucket, ChartContent, ChartSeries } from '../../ui/charts/series.ts';

export const chartIds = ['cost', 'tokens', 'requests', 'latency', 'failed'] as const;
export type ChartId = (typeof chartIds)[number];

export interface ChartWords {
  total: string;
  p50: string;
  p95: string;
  first_token: string;
  name: (one: UsageSeries['series'][number]) => string;
}

const measures = {
  cost: ({ cost }: UsagePoint) => Number(cost),
  tokens: ({ input_tokens, output_tokens }: UsagePoint) => input_tokens + output_tokens,
  requests: ({ requests }: UsagePoint) => requests,
  failed: ({ failed }: UsagePoint) => failed,
};

/** All charts of a page out of one answer. `zone` is the person's: hours are theirs, days the tenant's. */
export function buildCharts(answer: UsageSeries, { locale, zone, words }: { locale: string; zone: string; words: ChartWords }): Record<ChartId, ChartContent> {
  const buckets = answer.buckets.map((at) => nameBucket(at, answer, locale, zone));
  const align = (points: readonly UsagePoint[], read: (point: UsagePoint) => number | null, missing: number | null) => {
    const found = new Map(points.map((point) => [point.at, point]));
    return answer.buckets.map((at) => {
      const point = found.get(at);
      return point ? read(point) : missing;
    });
  };
  const groups = answer.series.length > 0 ? answer.series.map((one, place) => ({ key: one.kind === 'one' ? one.key : `:${one.kind}`, name: words.name(one), colour: one.kind === 'other' ? 0 : place + 1, points: one.points })) : [{ key: ':total', name: words.total, colour: 1, points: answer.total }];
  const stacked = (read: (point: UsagePoint) => number): ChartSeries[] => groups.map(({ points, ...named }) => ({ ...named, values: align(points, read, 0) }));
  const line = (key: 'p50_ms' | 'p95_ms' | 'first_token_p50_ms', name: string, colour: number): ChartSeries => ({ key, name, colour, values: align(answer.total, (point) => point[key], null) });
  const figure = (value: number) => Object.values(formatFigure(value, locale)).join('');
  const bars = (read: (point: UsagePoint) => number): ChartContent => ({ kind: 'bars', isWhole: true, buckets, series: stacked(read), format: (value) => new Intl.NumberFormat(locale).format(value), formatShort: figure });
  const duration = (value: number) => (value === 0 ? '0' : Object.values(formatDuration(value, locale)).join(' '));
  return {
    cost: { ...bars(measures.cost), isWhole: false, format: (value) => formatMoney(writeDecimal(value), answer.currency, locale), formatShort: (value) => formatShortMoney(value, answer.currency, locale) },
    tokens: bars(measures.tokens),
    requests: bars(measures.requests),
    failed: bars(measures.failed),
    latency: { kind: 'lines', buckets, series: [line('p95_ms', words.p95, 3), line('p50_ms', words.p50, 1), line('first_token_p50_ms', words.first_token, 2)], format: duration, formatShort: duration },
  };
}

const LEDGER_DIGITS = 9;
// Sums for a picture are floats; what they are written as is a decimal again.
const writeDecimal = (value: number) => value.toFixed(LEDGER_DIGITS).replace(/\.?0+$/, '');

function formatShortMoney(value: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', minimumFractionDigits: 0, maximumSignificantDigits: 3 }).format(value);
}

function nameBucket(at: string, { unit, time_zone }: UsageSeries, locale: string, zone: string): ChartBucket {
  const date = new Date(at);
  if (unit === 'day') return { at, short: formatMonthDay(date, locale, time_zone), long: formatDay(date, locale, time_zone) };
  const short = formatHour(date, locale, zone);
  return { at, short, long: `${short} ${nameZone(date, locale, zone)}` };
}
