import { sql, type Kysely } from 'kysely';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const times = `version integer not null default 1, created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now()`;

const tables: TenantTable[] = [
  {
    // What it is about stands in the one column of its scope; where that is empty, it is about everybody's, each by itself (`per`).
    name: 'budgets',
    columns: `name text not null, scope text not null check (scope in ('tenant', 'user', 'role', 'api_key', 'model', 'workflow')),
      user_id uuid, role_id uuid, system_role text, api_key_id uuid, subject text,
      per text not null default 'together' check (per in ('together', 'person', 'api_key')),
      period text not null check (period in ('day', 'week', 'month', 'once')), starts_at timestamptz(3), ends_at timestamptz(3),
      limit_nano bigint not null check (limit_nano >= 0), is_hard boolean not null default true, warn_percent integer not null default 80 check (warn_percent between 1 and 100),
      raise_nano bigint check (raise_nano > 0), raise_ends_at timestamptz(3), raise_reason text, raised_by uuid,
      enabled boolean not null default true, ${times},
      check ((period = 'once') = (starts_at is not null)),
      check (num_nonnulls(raise_nano, raise_ends_at, raise_reason) in (0, 3))`,
    references: [
      { column: 'user_id', table: 'users' },
      { column: 'role_id', table: 'roles' },
      { column: 'api_key_id', table: 'api_keys' },
    ],
  },
  {
    // What one budget has spent and holds in one period; of a budget per person one each. Holder: that person or key, else the budget itself.
    name: 'budget_pots',
    columns: `budget_id uuid not null, holder_id uuid not null, period_start timestamptz(3) not null, period_end timestamptz(3),
      spent_nano bigint not null default 0 check (spent_nano >= 0), reserved_nano bigint not null default 0 check (reserved_nano >= 0),
      alerted_percent integer not null default 0, created_at timestamptz(3) not null default now(),
      unique (tenant_id, budget_id, holder_id, period_start)`,
    references: [{ column: 'budget_id', table: 'budgets' }],
    owner_reads: true,
  },
  {
    // A call that runs, with what it holds of its pots. Settling removes it, so that nothing is settled twice.
    name: 'reservations',
    columns: `instance_id uuid not null, surface text not null, user_id uuid not null, api_key_id uuid, conversation_id uuid, reply_id uuid, workflow text,
      request_id text not null, model text not null, route text, supplier text not null, supplier_model text not null, credential_id uuid, is_stream boolean not null,
      price jsonb, currency text, amount_nano bigint not null default 0 check (amount_nano >= 0), is_bound boolean not null default false, pots uuid[] not null default '{}',
      has_begun boolean not null default false, input_tokens bigint not null default 0, output_tokens bigint not null default 0,
      lease_ends_at timestamptz(3) not null, created_at timestamptz(3) not null default now()`,
    owner_reads: true,
  },
  {
    name: 'budget_alerts',
    columns: `budget_id uuid not null, pot_id uuid not null, percent integer not null, spent_nano bigint not null, limit_nano bigint not null,
      delivered_at timestamptz(3), claimed_until timestamptz(3), attempts integer not null default 0, failure text,
      created_at timestamptz(3) not null default now(), unique (tenant_id, pot_id, percent)`,
    references: [{ column: 'budget_id', table: 'budgets' }],
    owner_reads: true,
  },
];

const keepRunning = [
  // Replies that a server of before makes just now: whoever ends them ends a call too, and so keeps its record.
  `alter table reservations no force row level security`,
  `insert into reservations (tenant_id, id, instance_id, surface, user_id, conversation_id, reply_id, request_id, model, supplier, supplier_model, credential_id, is_stream, price, currency, lease_ends_at)
     select tenant_id, id, instance_id, 'chat', user_id, conversation_id, id, request_id, model, supplier, model, credential_id, true, price, price->>'currency', now() from replies where status = 'running'`,
  `alter table reservations force row level security`,
];

const statements = [
  ...keepRunning,
  `create unique index budgets_name_index on budgets (tenant_id, lower(name))`,
  `create index budgets_created_at_index on budgets (tenant_id, created_at, id)`,
  `create index budget_pots_period_index on budget_pots (period_end)`,
  `create index reservations_lease_index on reservations (lease_ends_at)`,
  `create index reservations_instance_index on reservations (instance_id)`,
  `create index budget_alerts_open_index on budget_alerts (created_at) where delivered_at is null`,
  // Hot rows: room beside them for their next version, and nothing of the old ones left for long.
  ...['budget_pots', 'reservations'].map((name) => `alter table ${name} set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0)`),
  `create trigger tell_change after insert or update or delete on budgets for each row execute function tell_change('budgets', 'tenant_id')`,
];

/** Budgets, what they hold, and the calls that hold it. */
export async function createLedger(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
}
