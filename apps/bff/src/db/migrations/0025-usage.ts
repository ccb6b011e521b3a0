import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';
import { describeMonths } from '../month-partitions.ts';
import { wallStatements } from '../tenant-table.ts';

/** Bounds of the histograms of durations, in ms; the last bucket has none. A change needs a new column: old figures stay as they were counted. */
export const DURATION_BUCKETS = [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200] as const;
const emptyHistogram = `'{${Array(DURATION_BUCKETS.length + 1).fill(0).join()}}'`;

const record = `tenant_id uuid not null references tenants (id) on delete cascade, id uuid not null, created_at timestamptz(3) not null default now(),
  surface text not null default 'chat', user_id uuid not null, api_key_id uuid, conversation_id uuid, reply_id uuid, workflow text,
  request_id text not null, model text not null, route text, supplier text not null, supplier_model text, credential_id uuid, is_stream boolean not null default true,
  outcome text not null, status integer, error_kind text,
  input_tokens bigint not null, output_tokens bigint not null, cached_tokens bigint not null, reasoning_tokens bigint not null, estimated boolean not null,
  cost_nano bigint, currency text, duration_ms integer not null, time_to_first_token_ms integer, attempts jsonb, is_cache_hit boolean not null default false,
  maybe_billed boolean not null default false, pots uuid[] not null default '{}',
  primary key (tenant_id, created_at, id)`;

const kept = `tenant_id, id, created_at, user_id, conversation_id, reply_id, request_id, model, supplier, credential_id, outcome,
  input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost_nano, currency, duration_ms, time_to_first_token_ms`;

const dimensions = `user_id uuid not null, api_key_id uuid, model text not null, supplier text not null, credential_id uuid, surface text not null, currency text`;
const figures = `requests bigint not null, failed bigint not null, input_tokens bigint not null, output_tokens bigint not null, cached_tokens bigint not null,
  reasoning_tokens bigint not null, cost_nano bigint not null, unpriced bigint not null, duration_ms bigint not null,
  durations bigint[] not null default ${emptyHistogram}, first_tokens bigint[] not null default ${emptyHistogram}`;
const key = `user_id, api_key_id, model, supplier, credential_id, surface, currency`;

const createRollUp = (name: string, bucket: string, type: string) =>
  `create table ${name} (tenant_id uuid not null references tenants (id) on delete cascade, id uuid not null default gen_random_uuid(), ${bucket} ${type} not null, ${dimensions}, ${figures},
     primary key (tenant_id, id), unique nulls not distinct (tenant_id, ${bucket}, ${key})) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)`;

// A figure that an archive brought may be as large as a bigint: a sum stops there rather than failing.
const MOST = '9223372036854775807';
const sums: Record<string, string> = {
  requests: 'count(*)',
  failed: `count(*) filter (where r.outcome not in ('complete', 'stopped'))`,
  ...Object.fromEntries(['input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens', 'cost_nano'].map((name) => [name, `least(coalesce(sum(r.${name}), 0), ${MOST})::bigint`])),
  unpriced: 'count(*) filter (where r.cost_nano is null)',
  duration_ms: 'sum(r.duration_ms)',
};
const inBucket = (value: string) =>
  `array[${[...DURATION_BUCKETS, null].map((upper, place) => {
    const lower = DURATION_BUCKETS[place - 1];
    const bounds = [...(lower === undefined ? [] : [`${value} > ${lower}`]), ...(upper === null ? [] : [`${value} <= ${upper}`])];
    return `count(*) filter (where ${bounds.join(' and ')})`;
  }).join()}]`;
const addUp = (table: string, column: string) => `${column} = array(select a.v + b.v from unnest(${table}.${column}) with ordinality a (v, n) join unnest(excluded.${column}) with ordinality b (v, n) using (n) order by n)`;

/** Adds fresh records to their hours or days; rows in the order of their keys, so that two servers never wait for each other in a ring. */
const rollUp = (table: string, bucket: string, value: string) => `
  insert into ${table} (tenant_id, ${bucket}, ${key}, ${Object.keys(sums).join()}, durations, first_tokens)
    select r.tenant_id, ${value}, r.user_id, r.api_key_id, r.model, r.supplier, r.credential_id, r.surface, r.currency, ${Object.values(sums).join()}, ${inBucket('r.duration_ms')}, ${inBucket('r.time_to_first_token_ms')}
    from fresh r join tenants t on t.id = r.tenant_id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (tenant_id, ${bucket}, ${key}) do update set
      ${Object.keys(sums).map((column) => `${column} = least(${table}.${column}::numeric + excluded.${column}, ${MOST})::bigint`).join()}, ${addUp(table, 'durations')}, ${addUp(table, 'first_tokens')};`;

// By whoever inserts, with their own rights and behind their own wall: settled, seeded and brought in alike, none can be forgotten.
const rollUpUsage = `
create function roll_up_usage() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $usage$
begin
  ${rollUp('usage_hours', 'hour', `date_trunc('hour', r.created_at, 'UTC')`)}
  ${rollUp('usage_days', 'day', '(r.created_at at time zone t.time_zone)::date')}
  return null;
end $usage$`;

const indexes = [
  `create index usage_records_request_index on usage_records (tenant_id, request_id)`,
  `create index usage_records_user_index on usage_records (tenant_id, user_id, created_at, id)`,
  `create index usage_records_key_index on usage_records (tenant_id, api_key_id, created_at, id) where api_key_id is not null`,
  `create index usage_records_model_index on usage_records (tenant_id, model, created_at, id)`,
  `create index usage_records_credential_index on usage_records (tenant_id, credential_id, created_at)`,
  `create index usage_records_failed_index on usage_records (tenant_id, created_at, id) where outcome not in ('complete', 'stopped')`,
];

/** Records in monthly partitions, with what a request log shows; hours (UTC) and days (the tenant's own) made as records come. */
export async function createUsage(db: Kysely<unknown>, appRole: string): Promise<void> {
  const statements = [
    `alter table usage_records rename to usage_records_before`,
    `alter table usage_records_before no force row level security`,
    `drop index usage_records_created_at_index`,
    `create table usage_records (${record}) partition by range (created_at)`,
    `create table usage_records_default partition of usage_records default`,
    createRollUp('usage_hours', 'hour', 'timestamptz(3)'),
    createRollUp('usage_days', 'day', 'date'),
    rollUpUsage,
    `create trigger roll_up_usage after insert on usage_records referencing new table as fresh for each statement execute function roll_up_usage()`,
    `revoke all on function roll_up_usage() from public`,
    `grant execute on function roll_up_usage() to ${appRole}`,
    // Before the walls, which nobody passes: what was counted goes to its hours and days as well.
    `insert into usage_records (${kept}) select ${kept} from usage_records_before`,
    `drop table usage_records_before`,
    ...indexes,
    ...['usage_records', 'usage_records_default', 'usage_hours', 'usage_days'].flatMap((name) => wallStatements(name, appRole)),
    ...['usage_records', 'usage_hours', 'usage_days'].map((name) => `create policy owner_reads on ${name} for select to current_user using (true)`),
    `grant select, insert on usage_records to ${appRole}`,
    `grant select, insert, update on usage_hours, usage_days to ${appRole}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, [{ signature: 'ensure_usage_partition(wanted timestamptz)', returns: 'boolean', language: 'plpgsql', body: describeMonths({ table: 'usage_records', column: 'created_at', lock: 7267713 }, appRole) }]);
  // Listed first: a month can't be made while the table is being read.
  const months = await sql<{ month: Date }>`select date_trunc('month', created_at, 'UTC') as month from usage_records union select now() union select now() + interval '1 month'`.execute(db);
  for (const { month } of months.rows) await sql`select ensure_usage_partition(${month})`.execute(db);
}
