import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';
import { WALL, wallStatements } from '../tenant-table.ts';

const seal = `seq bigint not null, entry_at timestamptz(3) not null, entry_id uuid not null, digest bytea not null, hash bytea not null, sealed_at timestamptz(3) not null default now()`;

const listStatements = (appRole: string) => [
  `create table audit_seals (tenant_id uuid not null references tenants (id) on delete cascade, ${seal}, primary key (tenant_id, seq), unique (tenant_id, entry_id, entry_at))`,
  // Where the chain begins after retention removed what was older: the last seal that was removed.
  `create table audit_starts (tenant_id uuid primary key references tenants (id) on delete cascade, seq bigint not null, hash bytea not null, removed_at timestamptz(3) not null default now())`,
  ...['audit_seals', 'audit_starts'].flatMap((name) => [...wallStatements(name, appRole), `create policy owner_reads on ${name} for select to current_user using (true)`]),
  `grant select, insert on audit_seals to ${appRole}`,
  `grant select on audit_starts to ${appRole}`,

  `create table platform_audit_seals (${seal}, primary key (seq), unique (entry_id, entry_at))`,
  `grant select, insert on platform_audit_seals to ${appRole}`,

  `create policy owner_reads on audit_entries for select to current_user using (true)`,
  `create index audit_entries_at_index on audit_entries (at)`,
  `create index audit_entries_id_index on audit_entries (tenant_id, id)`,
  `create index audit_entries_actor_index on audit_entries (tenant_id, actor_user_id, at, id)`,
  `create index audit_entries_action_index on audit_entries (tenant_id, action text_pattern_ops, at)`,
  `create index audit_entries_request_index on audit_entries (tenant_id, request_id)`,
  `create index platform_audit_entries_id_index on platform_audit_entries (id)`,

  // Retention is the one thing that removes: by the owner, of one tenant, of what is old, and never out of the middle.
  ...['audit_entries', 'audit_seals'].map((name) => `create policy owner_removes on ${name} for delete to current_user using (${WALL})`),
  `create policy owner_starts on audit_starts for insert to current_user with check (${WALL})`,
  `create policy owner_moves_start on audit_starts for update to current_user using (${WALL}) with check (${WALL})`,
];

const LOOK_BACK = `interval '15 minutes'`;

/** `null` asks each tenant from its own last seal on, as a start does; otherwise entries since `since` alone. */
const listUnsealed = `
  select distinct e.tenant_id from audit_entries e
  where since is not null and e.at > since and not exists (select 1 from audit_seals s where s.tenant_id = e.tenant_id and s.entry_id = e.id and s.entry_at = e.at)
  union all
  select t.id from tenants t where since is null and exists (select 1 from audit_entries e where e.tenant_id = t.id
    and e.at > coalesce((select s.entry_at - ${LOOK_BACK} from audit_seals s where s.tenant_id = t.id order by s.seq desc limit 1), '-infinity')
    and not exists (select 1 from audit_seals s where s.tenant_id = e.tenant_id and s.entry_id = e.id and s.entry_at = e.at))`;

// The month's rows may have gone to the default partition while nobody made theirs: they move, for which its owner, in this
// transaction alone, is let past its wall.
const ensurePartition = (appRole: string) => `
declare
  month date := date_trunc('month', wanted at time zone 'UTC')::date;
  name text := 'audit_entries_' || to_char(month, 'YYYY_MM');
  lower text := month::text || ' 00:00:00+00';
  upper text := (month + interval '1 month')::date::text || ' 00:00:00+00';
begin
  if to_regclass('public.' || name) is not null then return false; end if;
  perform pg_advisory_xact_lock(7267712);
  if to_regclass('public.' || name) is not null then return false; end if;
  execute format('create table public.%I (like public.audit_entries including defaults including constraints)', name);
  alter table public.audit_entries_default no force row level security;
  execute format('with moved as (delete from public.audit_entries_default where at >= %L and at < %L returning *) insert into public.%I select * from moved', lower, upper, name);
  alter table public.audit_entries_default force row level security;
  execute format('alter table public.audit_entries attach partition public.%I for values from (%L) to (%L)', name, lower, upper);
  ${wallStatements('%I', appRole).map((statement) => `execute format($wall$${statement}$wall$, name);`).join('\n  ')}
  return true;
end`;

/** A tenant's own, by the setting alone: whoever calls is behind one wall and stays there. So many at once as one statement has time for. */
const removeOld = `
declare
  tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  base record;
  removed bigint;
begin
  if before > now() - interval '30 days' then raise exception 'audit entries are kept for 30 days at least' using errcode = '22023'; end if;
  select s.seq, s.hash into base from audit_seals s where s.tenant_id = tenant
    and s.seq < at_most + coalesce((select min(k.seq) from audit_seals k where k.tenant_id = tenant), 0)
    and s.seq < coalesce((select min(k.seq) from audit_seals k where k.tenant_id = tenant and k.entry_at >= before), 9223372036854775807) order by s.seq desc limit 1;
  if base is null then return 0; end if;
  delete from audit_entries e using audit_seals s where s.tenant_id = tenant and s.seq <= base.seq and e.tenant_id = tenant and e.at = s.entry_at and e.id = s.entry_id;
  get diagnostics removed = row_count;
  delete from audit_seals s where s.tenant_id = tenant and s.seq <= base.seq;
  insert into audit_starts (tenant_id, seq, hash) values (tenant, base.seq, base.hash)
    on conflict (tenant_id) do update set seq = excluded.seq, hash = excluded.hash, removed_at = now();
  return removed;
end`;

/** Seals of the trails, partitions by month, and retention that leaves the chain whole. */
export async function createAuditChain(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const statement of listStatements(appRole)) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, [
    { signature: 'list_tenants_to_seal(since timestamptz)', returns: 'table (tenant_id uuid)', language: 'sql stable', body: listUnsealed },
    { signature: 'ensure_audit_partition(wanted timestamptz)', returns: 'boolean', language: 'plpgsql', body: ensurePartition(appRole) },
    { signature: 'remove_audit_before(before timestamptz, at_most bigint default 10000)', returns: 'bigint', language: 'plpgsql', body: removeOld },
  ]);
  await sql`select ensure_audit_partition(now()), ensure_audit_partition(now() + interval '1 month')`.execute(db);
}
