import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { PLAN_EXCEEDED } from '../plan-exceeded.ts';

/** Files that were made, and such as are on their way in: what is announced has its place until the import is over. */
const STORED = (tenant: string) => `(select coalesce((select sum(e.bytes) from exports e where e.tenant_id = ${tenant}), 0)
      + coalesce((select sum(i.bytes) from imports i where i.tenant_id = ${tenant} and i.state in ('uploading', 'judging', 'judged', 'applying')), 0))::bigint`;

const doors: Door[] = [
  {
    // As 0015 made it, by another sum. Of `imports` it is asked for new ones alone.
    signature: 'take_storage()',
    returns: 'trigger',
    language: 'plpgsql',
    body: `
declare
  most bigint;
  taken bigint;
begin
  if tg_op = 'UPDATE' then if new.bytes <= old.bytes then return new; end if; end if;
  select t.storage_limit into most from tenants t where t.id = new.tenant_id;
  if most is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('plan storage ' || new.tenant_id, 7267));
  select ${STORED('new.tenant_id')} into taken;
  if taken + (case tg_op when 'INSERT' then greatest(new.bytes, 1) else new.bytes - old.bytes end) > most then
    raise exception 'no more storage in this plan' using errcode = '${PLAN_EXCEEDED}',
      detail = jsonb_build_object('reason', 'plan_storage', 'what', 'storage', 'limit', most, 'used', taken)::text;
  end if;
  return new;
end`,
  },
  {
    signature: 'list_plan_use(wanted uuid[])',
    returns: 'table (tenant_id uuid, seats bigint, api_keys bigint, storage_bytes bigint)',
    language: 'sql stable',
    body: `
      select w.id, (select count(*) from users u where u.tenant_id = w.id and u.status <> 'disabled'),
        (select count(*) from api_keys k where k.tenant_id = w.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())), ${STORED('w.id')}
      from unnest(wanted) w (id)`,
  },
];

/** Archives on their way in take of a plan's storage. An entry of the trail has the moment in which it is written: an import's transaction may be long. */
export async function countImportStorage(db: Kysely<unknown>, appRole: string): Promise<void> {
  await sql`drop trigger take_of_plan on exports`.execute(db);
  await sql`drop function take_storage()`.execute(db);
  await sql`drop function list_plan_use(uuid[])`.execute(db);
  await createDoors(db, appRole, doors);
  await sql`create trigger take_of_plan before insert or update of bytes on exports for each row execute function take_storage()`.execute(db);
  await sql`create trigger take_of_plan before insert on imports for each row execute function take_storage()`.execute(db);
  for (const table of ['audit_entries', 'platform_audit_entries']) await sql`alter table ${sql.table(table)} alter column at set default clock_timestamp()`.execute(db);
}
