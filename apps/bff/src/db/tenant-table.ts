import { sql, type Kysely } from 'kysely';

/** What row-level security lets through, besides the tenant's own rows: reads by the owner, for look-ups across tenants. */
export interface TenantTable {
  name: string;
  /** Columns and constraints between the brackets, without `tenant_id` and `id`, which every table gets. */
  columns: string;
  /** Composite references `(tenant_id, column)` to other tenant tables, so that none reaches across the wall. */
  references?: { column: string; table: string; on_delete?: 'cascade' | 'restrict' }[];
  /** The owner may read it, for SECURITY DEFINER functions that must look across tenants (sign-in, sweepers). */
  owner_reads?: boolean;
  /** Rows are only ever inserted. */
  append_only?: boolean;
}

/** What every policy of a tenant's table asks. */
export const WALL = `tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

/** Makes a table behind the wall: composite keys, forced row-level security, and rights for the application's role. */
export async function createTenantTable(db: Kysely<unknown>, table: TenantTable, appRole: string): Promise<void> {
  const { name } = table;
  const foreign = (table.references ?? []).map(
    ({ column, table: target, on_delete }) =>
      `, foreign key (tenant_id, ${column}) references ${target} (tenant_id, id) on delete ${on_delete ?? 'cascade'}`,
  );
  const rights = table.append_only ? 'select, insert' : 'select, insert, update, delete';
  const statements = [
    `create table ${name} (tenant_id uuid not null references tenants (id) on delete cascade, id uuid not null, ${table.columns},
       primary key (id), unique (tenant_id, id)${foreign.join('')})`,
    ...(table.references ?? []).map(({ column }) => `create index ${name}_${column}_index on ${name} (tenant_id, ${column})`),
    ...wallStatements(name, appRole),
    ...(table.owner_reads ? [`create policy owner_reads on ${name} for select to current_user using (true)`] : []),
    `grant ${rights} on ${name} to ${appRole}`,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

/** The wall alone, for a table whose keys need a form of their own (partitions). */
export function wallStatements(name: string, appRole: string): string[] {
  return [
    `alter table ${name} enable row level security`,
    `alter table ${name} force row level security`,
    `create policy tenant_wall on ${name} to ${appRole} using (${WALL}) with check (${WALL})`,
    ...erasureStatements(name),
  ];
}

/** Behind a tenant's wall the owner may see and remove its rows: only `erase_tenant_rows` does, of a tenant whose time is up. */
export function erasureStatements(name: string): string[] {
  return [`create policy owner_erases on ${name} for delete to current_user using (${WALL})`, `create policy owner_sees_what_it_erases on ${name} for select to current_user using (${WALL})`];
}
