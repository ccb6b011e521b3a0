import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const tables: TenantTable[] = [
  {
    // While a replica judges or applies one it holds its lease; where the lease lapses, another begins again.
    name: 'imports',
    columns: `user_id uuid not null, requested_by text not null, file_name text not null, bytes bigint not null check (bytes > 0), sha256 text not null,
      permissions text[] not null,
      state text not null default 'uploading' check (state in ('uploading', 'judging', 'judged', 'applying', 'done', 'refused', 'failed')),
      progress double precision not null default 0, received bigint not null default 0, report jsonb, problem jsonb,
      attempts integer not null default 0, lease_owner uuid, lease_until timestamptz(3),
      created_at timestamptz(3) not null default now(), finished_at timestamptz(3), expires_at timestamptz(3) not null`,
    owner_reads: true,
  },
  {
    name: 'import_pieces',
    columns: `import_id uuid not null, number integer not null, bytes bytea not null check (octet_length(bytes) between 1 and 1048576), unique (tenant_id, import_id, number)`,
    references: [{ column: 'import_id', table: 'imports' }],
  },
];

const statements = [
  `create index imports_created_at_index on imports (tenant_id, created_at, id)`,
  `create index imports_to_run_index on imports (created_at) where state in ('judging', 'applying')`,
  `create index imports_expiry_index on imports (expires_at) where state <> 'done'`,
  // Compressed already.
  `alter table import_pieces alter column bytes set storage external`,
];

const doors: Door[] = [
  {
    signature: 'list_imports_to_run()',
    returns: 'table (tenant_id uuid, id uuid)',
    language: 'sql stable',
    body: `
      select i.tenant_id, i.id from imports i join tenants t on t.id = i.tenant_id
      where i.state in ('judging', 'applying') and t.state = 'active' and (i.lease_until is null or i.lease_until < now()) order by i.created_at limit 50`,
  },
  {
    signature: 'list_tenants_with_expired_imports()',
    returns: 'table (tenant_id uuid)',
    language: 'sql stable',
    body: `
      select distinct i.tenant_id from imports i where i.expires_at < now() and i.state <> 'done'`,
  },
];

/** Archives on their way into an empty tenant. */
export async function createImports(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
}
