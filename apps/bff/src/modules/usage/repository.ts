import type { UsageGroup, UsageQuery } from '@lyss/api-types';
import { sql, type RawBuilder } from 'kysely';
import { DURATION_BUCKETS } from '../../db/migrations/0025-usage.ts';
import type { TenantDb } from '../../db/tenancy.ts';

/** What is added up: whole hours, or whole days of the tenant's, and as many before them. */
export interface Span {
  unit: 'hour' | 'day';
  time_zone: string;
  currency: string;
  from: string;
  to: string;
  before_from: string;
}
export type About = Pick<UsageQuery, 'model' | 'supplier' | 'user_id' | 'api_key_id' | 'surface'>;
export type Rank = 'cost' | 'requests' | 'tokens';

/** Sums; costs as digits, for they may be more than a float holds. */
export interface Sums {
  requests: number;
  failed: number;
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  reasoning_tokens: number;
  unpriced: number;
  cost_nano: string;
  duration_ms: number;
  durations: number[];
  first_tokens: number[];
}

/** Widens a range to whole hours, or to whole days in the tenant's zone. */
export async function readSpan(db: TenantDb, unit: Span['unit'], from: Date, to: Date): Promise<Span> {
  const local = (at: Date) => sql`(${at}::timestamptz at time zone t.time_zone)`;
  const ends = unit === 'hour' ? sql`interval '1 hour'` : sql`interval '1 day'`;
  const last = new Date(to.getTime() - 1);
  const { rows } = await sql<Span>`
    with whole as (
      select t.time_zone, t.currency, date_trunc(${unit}, ${local(from)}) as begins, date_trunc(${unit}, ${local(last)}) + ${ends} as ends from tenants t where t.id = ${db.tenant_id})
    select ${unit}::text as unit, time_zone, currency, (begins at time zone time_zone)::timestamptz(3) as from, (ends at time zone time_zone)::timestamptz(3) as to,
      ((begins - (ends - begins)) at time zone time_zone)::timestamptz(3) as before_from from whole`.execute(db);
  const [span] = rows;
  if (!span) throw new Error('a tenant without a row asks for its usage');
  // An hour is an hour wherever a clock stands, and half-hour zones have theirs: the hours kept are UTC's.
  return unit === 'day' ? span : { ...span, ...wholeHours(from, to) };
}

const HOUR_MS = 3_600_000;
function wholeHours(from: Date, to: Date): Pick<Span, 'from' | 'to' | 'before_from'> {
  const begins = Math.floor(from.getTime() / HOUR_MS) * HOUR_MS;
  const ends = Math.ceil(to.getTime() / HOUR_MS) * HOUR_MS;
  return { from: new Date(begins).toISOString(), to: new Date(ends).toISOString(), before_from: new Date(begins - (ends - begins)).toISOString() };
}

/** Where each hour or day of a span begins; a day may have 23 hours or 25. */
export async function listBuckets(db: TenantDb, { unit, from, to, time_zone }: Span): Promise<string[]> {
  const local = (at: string) => sql`(${at}::timestamptz at time zone ${time_zone})`;
  const { rows } = unit === 'hour'
    ? await sql<{ at: string }>`select at::timestamptz(3) from generate_series(${from}::timestamptz, ${to}::timestamptz - interval '1 hour', interval '1 hour') at`.execute(db)
    : await sql<{ at: string }>`select (day at time zone ${time_zone})::timestamptz(3) as at from generate_series(${local(from)}, ${local(to)} - interval '1 day', interval '1 day') day`.execute(db);
  return rows.map(({ at }) => at);
}

const columns: Record<UsageGroup, RawBuilder<unknown>> = { model: sql`model`, supplier: sql`supplier`, person: sql`user_id::text`, key: sql`coalesce(api_key_id::text, '')`, surface: sql`surface` };

/** The hours or days of a span, narrowed; `b` is the bucket, `k` what is grouped by. */
function rowsOf(span: Span, { from, to }: { from: string; to: string }, about: About, group: UsageGroup | 'none') {
  const { time_zone } = span;
  const day = (at: string) => sql`(${at}::timestamptz at time zone ${time_zone})::date`;
  const within = span.unit === 'hour' ? sql`hour >= ${from} and hour < ${to}` : sql`day >= ${day(from)} and day < ${day(to)}`;
  const asked = Object.entries(about).filter(([, value]) => value !== undefined);
  const narrowed = asked.map(([column, value]) => sql` and ${sql.ref(column)} = ${value}`);
  const key = group === 'none' ? sql`''` : columns[group];
  return sql`select ${sql.ref(span.unit)} as b, ${key} as k, * from ${sql.table(span.unit === 'hour' ? 'usage_hours' : 'usage_days')} where ${within}${sql.join(narrowed, sql``)}`;
}

const histogram = (column: string) => sql`array[${sql.join(Array.from({ length: DURATION_BUCKETS.length + 1 }, (_, place) => sql`coalesce(sum(${sql.ref(column)}[${sql.lit(place + 1)}]), 0)`))}]::float8[] as ${sql.ref(column)}`;
const counted = ['requests', 'failed', 'input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens', 'unpriced', 'duration_ms'] as const;
const costIn = (currency: string) => sql`coalesce(sum(cost_nano) filter (where currency = ${currency}), 0)`;
const sums = (currency: string) => sql`${sql.join(counted.map((column) => sql`coalesce(sum(${sql.ref(column)}), 0)::float8 as ${sql.ref(column)}`))}, ${costIn(currency)}::text as cost_nano, ${histogram('durations')}, ${histogram('first_tokens')}`;
const ranks: Record<Rank, (currency: string) => RawBuilder<unknown>> = { cost: costIn, requests: () => sql`sum(requests)`, tokens: () => sql`sum(input_tokens + output_tokens)` };
/** The instant at which a bucket begins. */
const beginning = (span: Span) => (span.unit === 'hour' ? sql`b::timestamptz(3)` : sql`(b::timestamp at time zone ${span.time_zone})::timestamptz(3)`);

export interface PeriodSums extends Sums {
  is_current: boolean;
  currency: string | null;
  /** In `currency`, whichever it is. */
  own_nano: string;
}

/** A span and the one before it, by currency. */
export async function sumPeriods(db: TenantDb, span: Span, about: About): Promise<PeriodSums[]> {
  const both = rowsOf(span, { from: span.before_from, to: span.to }, about, 'none');
  const { rows } = await sql<PeriodSums>`
    select ${beginning(span)} >= ${span.from} as is_current, currency, coalesce(sum(cost_nano), 0)::text as own_nano, ${sums(span.currency)} from (${both}) u group by 1, currency`.execute(db);
  return rows;
}

export interface SeriesRow extends Sums {
  at: string;
  is_total: boolean;
  /** Null: all that have no series of their own. */
  key: string | null;
}

/** Each hour or day as a whole, and of the first `most` groups and of all others together. */
export async function sumSeries(db: TenantDb, span: Span, about: About, by: { group: UsageGroup | 'none'; rank: Rank; most: number }): Promise<SeriesRow[]> {
  const rows = rowsOf(span, span, about, by.group);
  const { rows: found } = await sql<SeriesRow>`
    with u as not materialized (${rows}),
      ranked as (select k as kept from u where ${by.group !== 'none'} group by k order by ${ranks[by.rank](span.currency)} desc, sum(requests) desc, k limit ${by.most})
    select ${beginning(span)} as at, grouping(kept) = 1 as is_total, kept as key, ${sums(span.currency)}
    from u left join ranked on kept = k group by grouping sets ((b), (b, kept)) order by b`.execute(db);
  // Without groups each hour or day comes twice: as a whole, and as what has no group.
  return by.group === 'none' ? found.filter(({ is_total }) => is_total) : found;
}

export interface TopPlace {
  rank: string;
  requests: string;
  key: string;
}

/** Groups in the order of what they cost, asked or read; after `place`, by keyset on sums: there are as many as a tenant has people. */
export async function listTop(db: TenantDb, span: Span, about: About, by: { group: UsageGroup; rank: Rank; after: TopPlace | null; at_most: number }): Promise<(Sums & { key: string; rank: string })[]> {
  const rank = ranks[by.rank](span.currency);
  const after = by.after ? sql`having (${rank}, sum(requests), k) < (${by.after.rank}::numeric, ${by.after.requests}::numeric, ${by.after.key})` : sql``;
  const { rows } = await sql<Sums & { key: string; rank: string }>`
    select k as key, ${rank}::text as rank, ${sums(span.currency)} from (${rowsOf(span, span, about, by.group)}) u group by k ${after} order by ${rank} desc, sum(requests) desc, k desc limit ${by.at_most}`.execute(db);
  return rows;
}

/** Every hour or day of every group, for a file. */
export async function listLines(db: TenantDb, span: Span, about: About, group: UsageGroup | 'none', at_most: number): Promise<(Sums & { at: string; key: string })[]> {
  const { rows } = await sql<Sums & { at: string; key: string }>`
    select ${beginning(span)} as at, k as key, ${sums(span.currency)} from (${rowsOf(span, span, about, group)}) u group by b, k order by b, k limit ${at_most}`.execute(db);
  return rows;
}

/** What people or keys are called now; those that are gone are not among them. */
export async function listNames(db: TenantDb, group: UsageGroup, keys: string[]): Promise<Map<string, string>> {
  if (group !== 'person' && group !== 'key') return new Map(keys.map((key) => [key, key]));
  const ids = keys.filter((key) => key !== '');
  if (ids.length === 0) return new Map();
  const found = await db.selectFrom(group === 'person' ? 'users' : 'api_keys').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
