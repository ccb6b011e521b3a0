import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { PLAN_EXCEEDED } from '../plan-exceeded.ts';

const statements = [
  `alter table tenants
     add column seat_limit integer check (seat_limit >= 1),
     add column api_key_limit integer check (api_key_limit >= 0),
     add column storage_limit bigint check (storage_limit >= 0),
     add column request_limit integer check (request_limit >= 1)`,
  // Whoever adds a person, a key or a file, by whichever way, comes past these: no module can forget them.
  `create trigger take_of_plan before insert or update of status on users for each row execute function take_seat()`,
  `create trigger take_of_plan before insert on api_keys for each row execute function take_api_key()`,
  `create trigger take_of_plan before insert or update of bytes on exports for each row execute function take_storage()`,
  `create trigger tell_limit after update of request_limit on tenants for each row when (old.request_limit is distinct from new.request_limit) execute function tell_change('limits', 'id')`,
  `create policy owner_reads on supplier_credentials for select to current_user using (true)`,
  `create policy owner_reads on usage_records for select to current_user using (true)`,
];

/**
 * One at a time for a tenant and a kind: the count that follows the lock sees what those before it committed. `add` is
 * what would be used more; where nothing is limited nothing is locked.
 */
const take = (what: string, column: string, { skip = '', used, add = '1' }: { skip?: string; used: string; add?: string }) => `
declare
  most bigint;
  taken bigint;
begin
  ${skip}
  select t.${column} into most from tenants t where t.id = new.tenant_id;
  if most is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('plan ${what} ' || new.tenant_id, 7267));
  select ${used} into taken;
  if taken + ${add} > most then
    raise exception 'no more ${what} in this plan' using errcode = '${PLAN_EXCEEDED}',
      detail = jsonb_build_object('reason', 'plan_${what}', 'what', '${what}', 'limit', most, 'used', taken)::text;
  end if;
  return new;
end`;

const LIVING_SEATS = (tenant: string) => `(select count(*) from users u where u.tenant_id = ${tenant} and u.status <> 'disabled')`;
const LIVING_KEYS = (tenant: string) => `(select count(*) from api_keys k where k.tenant_id = ${tenant} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))`;
const STORED = (tenant: string) => `(select coalesce(sum(e.bytes), 0)::bigint from exports e where e.tenant_id = ${tenant})`;

const doors: Door[] = [
  {
    signature: 'take_seat()',
    returns: 'trigger',
    language: 'plpgsql',
    body: take('seats', 'seat_limit', {
      skip: `if new.status = 'disabled' then return new; end if;
  if tg_op = 'UPDATE' then if old.status <> 'disabled' then return new; end if; end if;`,
      used: LIVING_SEATS('new.tenant_id'),
    }),
  },
  { signature: 'take_api_key()', returns: 'trigger', language: 'plpgsql', body: take('api_keys', 'api_key_limit', { used: LIVING_KEYS('new.tenant_id') }) },
  {
    signature: 'take_storage()',
    returns: 'trigger',
    language: 'plpgsql',
    body: take('storage', 'storage_limit', {
      // Nothing is made any more where it is full; what shrinks may.
      skip: `if tg_op = 'UPDATE' then if new.bytes <= old.bytes then return new; end if; end if;`,
      used: STORED('new.tenant_id'),
      add: `(case tg_op when 'INSERT' then greatest(new.bytes, 1) else new.bytes - old.bytes end)`,
    }),
  },
  {
    signature: 'list_plan_use(wanted uuid[])',
    returns: 'table (tenant_id uuid, seats bigint, api_keys bigint, storage_bytes bigint)',
    language: 'sql stable',
    body: `
      select w.id, ${LIVING_SEATS('w.id')}, ${LIVING_KEYS('w.id')}, ${STORED('w.id')} from unnest(wanted) w (id)`,
  },
  {
    signature: 'list_tenant_activity(wanted uuid[], since timestamptz)',
    returns: 'table (tenant_id uuid, healthy bigint, failing bigint, untested bigint, requests bigint, input_tokens bigint, output_tokens bigint, costs jsonb)',
    language: 'sql stable',
    body: `
      select w.id, s.healthy, s.failing, s.untested, coalesce(m.requests, 0), coalesce(m.input_tokens, 0), coalesce(m.output_tokens, 0), coalesce(m.costs, '[]')
      from unnest(wanted) w (id),
        lateral (select count(*) filter (where c.status = 'healthy') as healthy, count(*) filter (where c.status = 'failing') as failing, count(*) filter (where c.status = 'untested') as untested
          from supplier_credentials c where c.tenant_id = w.id and c.enabled) s,
        lateral (select sum(b.requests)::bigint as requests, sum(b.input_tokens)::bigint as input_tokens, sum(b.output_tokens)::bigint as output_tokens,
            jsonb_agg(jsonb_build_object('currency', b.currency, 'nano', b.nano::text) order by b.currency) filter (where b.nano is not null) as costs
          from (select r.currency, count(*) as requests, sum(r.input_tokens) as input_tokens, sum(r.output_tokens) as output_tokens, sum(r.cost_nano) as nano
            from usage_records r where r.tenant_id = w.id and r.created_at >= since group by r.currency) b) m`,
  },
];

/** What each tenant may use, held where rows are made; what each uses and does, in counts. */
export async function createPlanLimits(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createDoors(db, appRole, doors.filter(({ returns }) => returns === 'trigger'));
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors.filter(({ returns }) => returns !== 'trigger'));
}
