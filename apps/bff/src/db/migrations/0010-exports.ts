import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const tables: TenantTable[] = [
  {
    // While a replica makes one it holds its lease; where the lease lapses, another goes on from `cursor`.
    name: 'exports',
    columns: `user_id uuid not null, requested_by text not null, kind text not null, params jsonb not null, file_name text not null, media_type text not null,
      state text not null default 'queued' check (state in ('queued', 'running', 'ready', 'failed', 'cancelled')),
      progress double precision not null default 0, rows integer not null default 0, bytes bigint not null default 0, pieces integer not null default 0,
      cursor jsonb, failure text, attempts integer not null default 0, lease_owner uuid, lease_until timestamptz(3),
      created_at timestamptz(3) not null default now(), finished_at timestamptz(3), expires_at timestamptz(3) not null`,
    owner_reads: true,
  },
  {
    // In the database, so that any replica can serve what another one made.
    name: 'export_pieces',
    columns: `export_id uuid not null, number integer not null, bytes bytea not null check (octet_length(bytes) between 1 and 1048576), unique (tenant_id, export_id, number)`,
    references: [{ column: 'export_id', table: 'exports' }],
  },
];

const statements = [
  `create index exports_created_at_index on exports (tenant_id, created_at, id)`,
  `create index exports_to_run_index on exports (created_at) where state in ('queued', 'running')`,
  `create index exports_expiry_index on exports (expires_at)`,
  // Text of a CSV hardly shrinks in TOAST for what it costs; it is read once and gone within a day.
  `alter table export_pieces alter column bytes set storage external`,
  `alter table tenants add column audit_retention_days integer check (audit_retention_days >= 30)`,
];

const doors: Door[] = [
  {
    signature: 'list_exports_to_run()',
    returns: 'table (tenant_id uuid, id uuid)',
    language: 'sql stable',
    body: `
      select e.tenant_id, e.id from exports e where e.state in ('queued', 'running') and (e.lease_until is null or e.lease_until < now()) order by e.created_at limit 50`,
  },
  {
    signature: 'list_tenants_with_expired_exports()',
    returns: 'table (tenant_id uuid)',
    language: 'sql stable',
    body: `
      select distinct e.tenant_id from exports e where e.expires_at < now()`,
  },
  {
    // Through the parent, whose owner may read it; never a month that entries may still come to.
    signature: 'drop_empty_audit_partitions()',
    returns: 'integer',
    language: 'plpgsql',
    body: `
declare
  part record;
  dropped integer := 0;
  is_empty boolean;
begin
  for part in
    select c.relname as name, to_date(right(c.relname, 7), 'YYYY_MM') as month
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.audit_entries'::regclass and c.relname ~ '^audit_entries_[0-9]{4}_[0-9]{2}$'
  loop
    continue when part.month >= date_trunc('month', now() at time zone 'UTC')::date;
    execute format('select not exists (select 1 from public.audit_entries where at >= %L and at < %L)', part.month::text || ' 00:00:00+00', (part.month + interval '1 month')::date::text || ' 00:00:00+00') into is_empty;
    continue when not is_empty;
    execute format('drop table public.%I', part.name);
    dropped := dropped + 1;
  end loop;
  return dropped;
end`,
  },
];

/** Files made in the background, how long a tenant keeps its audit, and months of it that nobody needs any more. */
export async function createExports(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
}
