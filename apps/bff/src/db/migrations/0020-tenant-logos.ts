import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { PLAN_EXCEEDED } from '../plan-exceeded.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const logos: TenantTable = {
  name: 'tenant_logos',
  // One of a tenant; another picture is another row. As base64, the form in which it comes and in which an archive holds it.
  columns: `media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')), width integer not null check (width between 16 and 2048),
    height integer not null check (height between 16 and 2048), content text not null, bytes bigint not null check (bytes between 1 and 262144 and bytes = octet_length(decode(content, 'base64'))),
    created_at timestamptz(3) not null default now(), unique (tenant_id)`,
  owner_reads: true,
};

const before = [`drop trigger take_of_plan on exports`, `drop trigger take_of_plan on imports`, `drop function take_storage()`, `drop function list_plan_use(uuid[])`];

const after = [
  `create trigger take_of_plan before insert or update of bytes on exports for each row execute function take_storage()`,
  `create trigger take_of_plan before insert on imports for each row execute function take_storage()`,
  `create trigger take_of_plan before insert or update of bytes on tenant_logos for each row execute function take_storage()`,
];

const takeStorage = `
declare
  most bigint;
  taken bigint;
begin
  if tg_op = 'UPDATE' then if new.bytes <= old.bytes then return new; end if; end if;
  select t.storage_limit into most from tenants t where t.id = new.tenant_id;
  if most is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('plan storage ' || new.tenant_id, 7267));
  taken := stored_bytes(new.tenant_id);
  if taken + (case tg_op when 'INSERT' then greatest(new.bytes, 1) else new.bytes - old.bytes end) > most then
    raise exception 'no more storage in this plan' using errcode = '${PLAN_EXCEEDED}',
      detail = jsonb_build_object('reason', 'plan_storage', 'what', 'storage', 'limit', most, 'used', taken)::text;
  end if;
  return new;
end`;

const doors: Door[] = [
  {
    // Everything that a tenant keeps besides its rows: whatever else it comes to keep is counted here, once.
    signature: 'stored_bytes(wanted uuid)',
    returns: 'bigint',
    language: 'sql stable',
    body: `
      select (select coalesce(sum(e.bytes), 0) from exports e where e.tenant_id = wanted)::bigint + (select coalesce(sum(l.bytes), 0) from tenant_logos l where l.tenant_id = wanted)::bigint
        + (select coalesce(sum(i.bytes), 0) from imports i where i.tenant_id = wanted and i.state in ('uploading', 'judging', 'judged', 'applying'))::bigint`,
  },
  { signature: 'take_storage()', returns: 'trigger', language: 'plpgsql', body: takeStorage },
  {
    signature: 'list_plan_use(wanted uuid[])',
    returns: 'table (tenant_id uuid, seats bigint, api_keys bigint, storage_bytes bigint)',
    language: 'sql stable',
    body: `
      select w.id, (select count(*) from users u where u.tenant_id = w.id and u.status <> 'disabled'),
        (select count(*) from api_keys k where k.tenant_id = w.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())), stored_bytes(w.id)
      from unnest(wanted) w (id)`,
  },
];

/** Tenants' logos, counted as storage beside exported files and archives on their way in. */
export async function createTenantLogos(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createTenantTable(db, logos, appRole);
  for (const statement of before) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
  for (const statement of after) await sql.raw(statement).execute(db);
}
