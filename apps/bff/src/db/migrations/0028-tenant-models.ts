import { sql, type Kysely } from 'kysely';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const tables: TenantTable[] = [
  {
    // What a tenant says of one model of one supplier; without a row it is offered to everyone, as the catalogue has it.
    name: 'model_settings',
    columns: `provider text not null, model text not null, display_name text, offered boolean not null default true,
      restricted boolean not null default false, system_roles text[] not null default '{}', context_window integer, max_output_tokens integer,
      version integer not null default 1, created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now(),
      unique (tenant_id, provider, model)`,
  },
  {
    name: 'model_aliases',
    columns: `model_setting_id uuid not null, name text not null, created_at timestamptz(3) not null default now(), unique (tenant_id, name)`,
    references: [{ column: 'model_setting_id', table: 'model_settings' }],
  },
  {
    name: 'model_roles',
    columns: `model_setting_id uuid not null, role_id uuid not null, created_at timestamptz(3) not null default now(), unique (tenant_id, model_setting_id, role_id)`,
    references: [
      { column: 'model_setting_id', table: 'model_settings' },
      { column: 'role_id', table: 'roles' },
    ],
  },
  {
    // In force from when it is written until the next one; without amounts the catalogue's is in force again. Per 1,000,000 tokens.
    name: 'model_prices',
    columns: `model_setting_id uuid not null, user_id uuid, currency text not null, input_nano bigint check (input_nano >= 0), cached_input_nano bigint check (cached_input_nano >= 0),
      output_nano bigint check (output_nano >= 0), created_at timestamptz(3) not null default now(), check ((input_nano is null) = (output_nano is null))`,
    references: [{ column: 'model_setting_id', table: 'model_settings' }],
    append_only: true,
  },
  {
    // How much of the currency one US dollar is, in nano-units; null where it was taken back.
    name: 'exchange_rates',
    columns: `user_id uuid, currency text not null, rate_nano bigint check (rate_nano > 0), created_at timestamptz(3) not null default now()`,
    append_only: true,
  },
];

const statements = [
  `create index model_prices_newest_index on model_prices (tenant_id, model_setting_id, created_at, id)`,
  `create index exchange_rates_newest_index on exchange_rates (tenant_id, currency, created_at, id)`,
  `create index usage_days_model_index on usage_days (tenant_id, model, day)`,
  // What its supplier listed when it was asked last; null where nobody asked.
  `alter table supplier_credentials add column listed_models text[]`,
  ...['model_settings', 'model_aliases', 'model_roles', 'model_prices', 'exchange_rates'].map((name) => `create trigger tell_change after insert or update or delete on ${name} for each row execute function tell_change('models', 'tenant_id')`),
  `create trigger tell_change after insert or update or delete on supplier_credentials for each row execute function tell_change('models', 'tenant_id')`,
  `create trigger tell_change_currency after update of currency on tenants for each row when (old.currency is distinct from new.currency) execute function tell_change('models', 'id')`,
];

/** What a tenant makes of its suppliers' models: names, to whom, prices with their history, and what a dollar is in its currency. */
export async function createTenantModels(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
}
