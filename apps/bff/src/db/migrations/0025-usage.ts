import { sql, type Kysely } from 'kysely';
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

const rollUp = (name: string, bucket: string, type: string) => [
  `create table ${name} (tenant_id uuid not null references tenants (id) on delete cascade, ${bucket} ${type} not null, ${dimensions}, ${figures},
     unique nulls not distinct (tenant_id, ${bucket}, ${key}))`,
];

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
    ...['usage_records', 'usage_records_default'].flatMap((name) => wallStatements(name, appRole)),
    `create policy owner_reads on usage_records for select to current_user using (true)`,
    `grant select, insert on usage_records to ${appRole}`,
    ...indexes,
    `alter table usage_records_default no force row level security`,
    `alter table usage_records no force row level security`,
    `insert into usage_records (${kept}) select ${kept} from usage_records_before`,
    `alter table usage_records force row level security`,
    `alter table usage_records_default force row level security`,
    `drop table usage_records_before`,
    ...rollUp('usage_hours', 'hour', 'timestamptz(3)'),
    ...rollUp('usage_days', 'day', 'date'),
    ...['usage_hours', 'usage_days'].flatMap((name) => [...wallStatements(name, appRole), `grant select, insert, update on ${name} to ${appRole}`, `create policy owner_reads on ${name} for select to current_user using (true)`]),
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
