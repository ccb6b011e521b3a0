import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { erasureStatements } from '../tenant-table.ts';

const listStatements = (appRole: string) => [
  // One row while a tenant is being deleted. It goes with the tenant; the certificate stays in the platform's trail.
  `create table tenant_erasures (
     id uuid primary key references tenants (id) on delete cascade,
     previous_state text not null check (previous_state in ('active', 'suspended')),
     asked_by uuid, reason text not null, asked_at timestamptz(3) not null default now(), due_at timestamptz(3) not null,
     begun_at timestamptz(3), key_ids uuid[] not null default '{}', removed jsonb not null default '{}', rows_removed bigint not null default 0,
     lease_owner uuid, lease_until timestamptz(3))`,
  `alter table tenant_erasures enable row level security`,
  `alter table tenant_erasures force row level security`,
  `create policy platform on tenant_erasures to ${appRole} using (current_setting('app.platform', true) = 'on') with check (current_setting('app.platform', true) = 'on')`,
  `create policy owner_reads on tenant_erasures for select to current_user using (true)`,
  `grant select, insert, update, delete on tenant_erasures to ${appRole}`,
  `create policy owner_erases on tenants for delete to current_user using (id = nullif(current_setting('app.tenant_id', true), '')::uuid)`,
];

const TENANT = `tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;`;
/** What the application's role asks for is not believed: the owner looks itself whether this tenant's time is up. */
const REFUSE = `
  if not exists (select 1 from tenant_erasures e join tenants t on t.id = e.id where e.id = tenant and t.state = 'deleting' and e.begun_at is not null and e.due_at <= now()) then
    raise exception 'this tenant is not being erased' using errcode = '42501';
  end if;`;

// Newest first: what points to an older row of the same table goes before it, so that each row is counted and none cascades.
const eraseRows = `
declare
  ${TENANT}
  key text;
  newest text;
  removed bigint;
begin
  ${REFUSE}
  select string_agg(quote_ident(a.attname), ', ' order by k.ord), string_agg(quote_ident(a.attname) || ' desc', ', ' order by k.ord) into key, newest
  from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary, unnest(i.indkey::int2[]) with ordinality k(num, ord), pg_attribute a
  where c.relnamespace = 'public'::regnamespace and c.relname = wanted and a.attrelid = c.oid and a.attnum = k.num
    and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id' and not t.attisdropped);
  if key is null then raise exception 'no table of tenants' using errcode = '42P01'; end if;
  execute format('delete from public.%I where tenant_id = $1 and (%s) in (select %s from public.%I where tenant_id = $1 order by %s limit $2)', wanted, key, key, wanted, newest) using tenant, at_most;
  get diagnostics removed = row_count;
  return removed;
end`;

const eraseTenant = `
declare
  ${TENANT}
begin
  ${REFUSE}
  delete from tenants where id = tenant;
end`;

const doors: Door[] = [
  { signature: 'erase_tenant_rows(wanted text, at_most integer)', returns: 'bigint', language: 'plpgsql', body: eraseRows },
  { signature: 'erase_tenant()', returns: 'void', language: 'plpgsql', body: eraseTenant },
  {
    signature: 'holds_last_operator(wanted uuid)',
    returns: 'boolean',
    language: 'sql stable',
    body: `
      select exists (select 1 from users u where u.tenant_id = wanted and 'super_admin' = any (u.roles) and u.status = 'active')
        and not exists (select 1 from users u join tenants t on t.id = u.tenant_id where u.tenant_id <> wanted and 'super_admin' = any (u.roles) and u.status = 'active' and t.state = 'active')`,
  },
  {
    // As 0010 made it, and of tenants alone that are open: nothing runs in one that is suspended or being deleted.
    signature: 'list_exports_to_run()',
    returns: 'table (tenant_id uuid, id uuid)',
    language: 'sql stable',
    body: `
      select e.tenant_id, e.id from exports e join tenants t on t.id = e.tenant_id
      where e.state in ('queued', 'running') and t.state = 'active' and (e.lease_until is null or e.lease_until < now()) order by e.created_at limit 50`,
  },
];

/** Deleting a tenant: what waits for its day, and the owner's right to erase what is due, table by table, behind its wall. */
export async function createTenantErasures(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const statement of listStatements(appRole)) await sql.raw(statement).execute(db);
  // Tables that were made before the helper gave every new one this right.
  const { rows } = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_erases')`.execute(db);
  for (const { name } of rows) for (const statement of erasureStatements(name)) await sql.raw(statement).execute(db);
  await sql`drop function list_exports_to_run()`.execute(db);
  await createDoors(db, appRole, doors);
}
