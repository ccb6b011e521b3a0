import type { UsageQuery, UsageSeries, UsageSeriesQuery, UsageSummary } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { createExportUsage } from './export-usage.ts';
import { describePeriod, describePoint } from './figures.ts';
import { createListTop } from './list-top.ts';
import { readAsked } from './read-asked.ts';
import * as repository from './repository.ts';
import type { SeriesRow, Span } from './repository.ts';

/** More lines than that nobody tells apart in a chart. */
const MOST_SERIES = 8;

const describeSpan = ({ from, to, unit, time_zone }: Span) => ({ from, to, unit, time_zone });

/** What a tenant used, out of the hours and days that are added up as calls end. */
export function createUsageService({ tenancy }: { tenancy: Tenancy }) {
  return {
    summary: (actor: Actor, query: UsageQuery): Promise<UsageSummary> =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const { span, about } = await readAsked(db, query);
        const sums = await repository.sumPeriods(db, span, about);
        const of = (is_current: boolean) => describePeriod(sums.filter((part) => part.is_current === is_current), span.currency);
        return { ...describeSpan(span), current: of(true), before: of(false), before_from: span.before_from };
      }),
    timeseries: (actor: Actor, query: UsageSeriesQuery): Promise<UsageSeries> =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        const { span, about } = await readAsked(db, query);
        const { group_by: group, rank_by: rank } = query;
        const rows = await repository.sumSeries(db, span, about, { group, rank, most: MOST_SERIES });
        const keys = [...new Set(rows.flatMap(({ key, is_total }) => (is_total || key === null ? [] : [key])))];
        const names = group === 'none' ? new Map<string, string>() : await repository.listNames(db, group, keys);
        const buckets = await repository.listBuckets(db, span);
        return { ...describeSpan(span), currency: span.currency, buckets, total: pointsOf(rows.filter(({ is_total }) => is_total)), series: describeSeries(rows, names) };
      }),
    listTop: createListTop(tenancy),
    exportUsage: createExportUsage(tenancy),
  };
}

export type UsageService = ReturnType<typeof createUsageService>;

const pointsOf = (rows: readonly SeriesRow[]) => rows.map((row) => describePoint(row.at, row));

/** Those that asked most come first, and all others last. */
function describeSeries(rows: readonly SeriesRow[], names: ReadonlyMap<string, string>): UsageSeries['series'] {
  const groups = new Map<string | null, SeriesRow[]>();
  for (const row of rows) if (!row.is_total) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  const weigh = (of: readonly SeriesRow[]) => of.reduce((sum, row) => sum + Number(row.cost_nano), 0) || of.reduce((sum, row) => sum + row.requests, 0);
  const ordered = [...groups].toSorted(([a, one], [b, other]) => Number(a === null) - Number(b === null) || weigh(other) - weigh(one));
  return ordered.map(([key, of]) => ({ kind: key === null ? 'other' : key === '' ? 'none' : 'one', key: key ?? '', name: key === null ? null : (names.get(key) ?? null), points: pointsOf(of) }));
}
