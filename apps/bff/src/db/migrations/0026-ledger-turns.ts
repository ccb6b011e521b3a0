import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';

// The caller's own rights and the wall that the function sets first: nothing here passes row-level security by.
const own = 'language plpgsql set search_path = pg_catalog, public, pg_temp';

const POT = 'id, budget_id, holder_id, period_start, period_end, is_hard, limit_nano, spent_nano, reserved_nano';

const types = [
  `create type ledger_call as (place integer, id uuid, instance_id uuid, surface text, user_id uuid, api_key_id uuid, conversation_id uuid, reply_id uuid, workflow text,
     request_id text, model text, route text, supplier text, supplier_model text, credential_id uuid, is_stream boolean,
     price jsonb, currency text, amount_nano bigint, least_nano bigint, input_tokens bigint, lease_ms integer)`,
  `create type ledger_pot as (id uuid, budget_id uuid, holder_id uuid, period_start timestamptz, period_end timestamptz, is_hard boolean, limit_nano bigint, spent_nano bigint, reserved_nano bigint)`,
  `create type ledger_match as (place integer, budget_id uuid, holder_id uuid, period_start timestamptz, period_end timestamptz, is_hard boolean)`,
  `create type ledger_end as (id uuid, outcome text, status integer, error_kind text, supplier text, supplier_model text, credential_id uuid, route text,
     input_tokens bigint, output_tokens bigint, cached_tokens bigint, reasoning_tokens bigint, estimated boolean, cost_nano bigint, duration_ms integer,
     time_to_first_token_ms integer, attempts jsonb, is_cache_hit boolean, maybe_billed boolean)`,
];

/** The budgets that a call counts against, each with the period that is now in the tenant's zone. */
const matchBudgets = `
create function match_budgets(calls ledger_call[], zone text) returns setof ledger_match language sql stable set search_path = pg_catalog, public, pg_temp as $ledger$
  select c.place, b.id, case b.per when 'person' then c.user_id when 'api_key' then c.api_key_id else b.id end, p.starts,
    case b.period when 'once' then b.ends_at when 'day' then (p.local + interval '1 day') at time zone zone
      when 'week' then (p.local + interval '7 days') at time zone zone else (p.local + interval '1 month') at time zone zone end, b.is_hard
  from budgets b cross join lateral (
      select case b.period when 'once' then null else date_trunc(b.period, now() at time zone zone) end as local) l
    cross join lateral (select l.local, case b.period when 'once' then b.starts_at else l.local at time zone zone end as starts) p
    join unnest(calls) c on case b.scope
      when 'tenant' then true
      when 'user' then b.user_id is null or b.user_id = c.user_id
      when 'role' then exists (select 1 from user_roles r where r.tenant_id = b.tenant_id and r.user_id = c.user_id and r.role_id = b.role_id)
        or exists (select 1 from users u where u.tenant_id = b.tenant_id and u.id = c.user_id and b.system_role = any (u.roles))
      when 'api_key' then c.api_key_id is not null and (b.api_key_id is null or b.api_key_id = c.api_key_id)
      when 'model' then b.subject in (c.model, c.supplier_model, c.supplier || '/' || c.supplier_model)
      else b.subject = c.workflow end
  where b.enabled and (b.per <> 'api_key' or c.api_key_id is not null)
    and (b.period <> 'once' or (b.starts_at <= now() and (b.ends_at is null or b.ends_at > now())))
$ledger$`;

/**
 * Admits calls in turn, each while spent + reserved + its worst case fits every hard budget. One that can do with less is granted at
 * most a quarter of what is free, so that it leaves room for others beside it. Locks the pots in the order of their ids first and
 * reads limits and pots after that, in a statement of its own: one that does both sees what stood before the lock.
 */
const admitCalls = `
create function admit_calls(tenant uuid, asked jsonb) returns table (place integer, granted_nano bigint, is_bound boolean, reason text, budget_id uuid, limit_nano bigint, spent_nano bigint, reserved_nano bigint, period_end timestamptz) ${own} as $ledger$
#variable_conflict use_column
declare
  calls ledger_call[];
  matches ledger_match[];
  zone text;
  pots ledger_pot[];
  free bigint[];
  added bigint[];
  admitted integer[] := '{}';
  granted bigint[] := '{}';
  bound boolean[] := '{}';
  turn record;
  at integer;
  tightest integer;
begin
  perform set_config('app.tenant_id', tenant::text, true);
  calls := array(select c from jsonb_populate_recordset(null::ledger_call, asked) c order by c.place);
  select t.time_zone into zone from tenants t where t.id = tenant;
  matches := array(select m from match_budgets(calls, zone) m);
  insert into budget_pots (tenant_id, id, budget_id, holder_id, period_start, period_end)
    select tenant, gen_random_uuid(), m.budget_id, m.holder_id, m.period_start, m.period_end from (select distinct budget_id, holder_id, period_start, period_end from unnest(matches)) m
    where not exists (select 1 from budget_pots p where p.tenant_id = tenant and p.budget_id = m.budget_id and p.holder_id = m.holder_id and p.period_start = m.period_start)
    order by m.budget_id, m.holder_id on conflict do nothing;
  perform 1 from budget_pots p where p.tenant_id = tenant and (p.budget_id, p.holder_id, p.period_start) in (select budget_id, holder_id, period_start from unnest(matches)) order by p.id for update;
  pots := array(
    select row(p.id, p.budget_id, p.holder_id, p.period_start, p.period_end, b.is_hard, b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end, p.spent_nano, p.reserved_nano)::ledger_pot
    from budget_pots p join budgets b on b.tenant_id = p.tenant_id and b.id = p.budget_id
    where p.tenant_id = tenant and (p.budget_id, p.holder_id, p.period_start) in (select budget_id, holder_id, period_start from unnest(matches)) order by p.id);
  free := array(select l.limit_nano - l.spent_nano - l.reserved_nano from unnest(pots) with ordinality l (${POT}, n) order by n);
  added := array_fill(0::bigint, array[cardinality(pots)]);
  for turn in
    select c.place, c.amount_nano, coalesce(c.least_nano, c.amount_nano) as least_nano, coalesce(array_agg(l.n order by l.n) filter (where l.n is not null), '{}') as indexes
    from unnest(calls) c left join unnest(matches) m on m.place = c.place
      left join unnest(pots) with ordinality l (${POT}, n) on l.budget_id = m.budget_id and l.holder_id = m.holder_id and l.period_start = m.period_start
    group by c.place, c.amount_nano, c.least_nano order by c.place
  loop
    tightest := null;
    foreach at in array turn.indexes loop
      if pots[at].is_hard and (tightest is null or free[at] < free[tightest]) then tightest := at; end if;
    end loop;
    place := turn.place;
    is_bound := tightest is not null;
    granted_nano := coalesce(turn.amount_nano, 0);
    reason := null; budget_id := null; limit_nano := null; spent_nano := null; reserved_nano := null; period_end := null;
    if is_bound then
      granted_nano := least(turn.amount_nano, greatest(turn.least_nano, free[tightest] / 4));
      if turn.amount_nano is null or granted_nano > free[tightest] then
        reason := case when turn.amount_nano is null then 'price_unknown' else 'budget_exceeded' end;
        budget_id := pots[tightest].budget_id;
        limit_nano := pots[tightest].limit_nano;
        spent_nano := pots[tightest].spent_nano;
        reserved_nano := pots[tightest].reserved_nano + added[tightest];
        period_end := pots[tightest].period_end;
      end if;
    end if;
    if reason is null then
      foreach at in array turn.indexes loop
        free[at] := free[at] - granted_nano;
        added[at] := added[at] + granted_nano;
      end loop;
      admitted := admitted || turn.place;
      granted := granted || granted_nano;
      bound := bound || is_bound;
    end if;
    return next;
  end loop;
  update budget_pots p set reserved_nano = p.reserved_nano + l.more from unnest(pots, added) as l (${POT}, more) where p.tenant_id = tenant and p.id = l.id and l.more > 0;
  insert into reservations (tenant_id, id, instance_id, surface, user_id, api_key_id, conversation_id, reply_id, workflow, request_id, model, route, supplier, supplier_model, credential_id,
      is_stream, price, currency, amount_nano, is_bound, input_tokens, lease_ends_at, pots)
    select tenant, c.id, c.instance_id, c.surface, c.user_id, c.api_key_id, c.conversation_id, c.reply_id, c.workflow, c.request_id, c.model, c.route, c.supplier, c.supplier_model, c.credential_id,
      c.is_stream, c.price, c.currency, granted.nano, granted.is_bound, c.input_tokens, now() + make_interval(secs => c.lease_ms / 1000.0),
      array(select l.id from unnest(matches) m join unnest(pots) l on l.budget_id = m.budget_id and l.holder_id = m.holder_id and l.period_start = m.period_start where m.place = c.place order by l.id)
    from unnest(calls) c join unnest(admitted, granted, bound) granted (place, nano, is_bound) on granted.place = c.place;
end $ledger$`;

/** Takes calls out of those that are open, each once whoever asks how often, and locks the pots that held them. */
const takeOut = (wanted: string) => `
  with open as (select r.id from reservations r where r.tenant_id = tenant and ${wanted} order by r.id for update),
  removed as (delete from reservations r using open where r.tenant_id = tenant and r.id = open.id returning r.*)
  select coalesce(array_agg(removed::reservations), '{}') into gone from removed;
  if cardinality(gone) = 0 then return; end if;
  held := array(select distinct pot from unnest(gone) g, unnest(g.pots) pot);
  perform 1 from budget_pots p where p.tenant_id = tenant and p.id = any (held) order by p.id for update;`;

/** Ends calls once each: what they held is freed, what they cost is spent, and their records, hours and days are written, all or nothing. */
const settleCalls = `
create function settle_calls(tenant uuid, ended jsonb, expired_only boolean) returns table (id uuid, cost_nano bigint) ${own} as $ledger$
#variable_conflict use_column
declare
  ends ledger_end[];
  gone reservations[];
  held uuid[];
begin
  perform set_config('app.tenant_id', tenant::text, true);
  -- Whoever names a call twice ends it once.
  ends := array(select distinct on (e.id) e from jsonb_populate_recordset(null::ledger_end, ended) e);${takeOut('r.id in (select e.id from unnest(ends) e) and (not expired_only or r.lease_ends_at < now())')}
  -- The last guard of a hard budget: whoever ends a call can't charge more than it was let in with.
  ends := array(select row(e.id, e.outcome, e.status, e.error_kind, e.supplier, coalesce(e.supplier_model, g.supplier_model), coalesce(e.credential_id, g.credential_id), coalesce(e.route, g.route), e.input_tokens, e.output_tokens, e.cached_tokens, e.reasoning_tokens, e.estimated,
      case when g.is_bound then least(coalesce(e.cost_nano, g.amount_nano), g.amount_nano) else e.cost_nano end, e.duration_ms, e.time_to_first_token_ms, e.attempts, e.is_cache_hit, e.maybe_billed)::ledger_end
    from unnest(gone) g join unnest(ends) e on e.id = g.id);
  update budget_pots p set reserved_nano = p.reserved_nano - s.freed, spent_nano = p.spent_nano + s.cost
    from (select pot, sum(g.amount_nano)::bigint as freed, coalesce(sum(e.cost_nano), 0)::bigint as cost from unnest(gone) g join unnest(ends) e on e.id = g.id, unnest(g.pots) pot group by pot) s
    where p.tenant_id = tenant and p.id = s.pot;
  with crossed as (
    select p.id as pot_id, p.budget_id, p.spent_nano, b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end as limit_nano, t.percent
    from budget_pots p join budgets b on b.tenant_id = p.tenant_id and b.id = p.budget_id, lateral (select distinct percent from unnest(array[50, 80, 100, b.warn_percent]) percent) t
    where p.tenant_id = tenant and p.id = any (held) and t.percent > p.alerted_percent),
  reached as (select * from crossed c where c.spent_nano > 0 and c.spent_nano * 100.0 >= c.limit_nano::numeric * c.percent),
  told as (insert into budget_alerts (tenant_id, id, budget_id, pot_id, percent, spent_nano, limit_nano)
    select tenant, gen_random_uuid(), budget_id, pot_id, percent, spent_nano, limit_nano from reached on conflict (tenant_id, pot_id, percent) do nothing)
  update budget_pots p set alerted_percent = r.percent from (select pot_id, max(percent) as percent from reached group by pot_id) r where p.tenant_id = tenant and p.id = r.pot_id;
  insert into usage_records (tenant_id, id, surface, user_id, api_key_id, conversation_id, reply_id, workflow, request_id, model, route, supplier, supplier_model, credential_id, is_stream,
      outcome, status, error_kind, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost_nano, currency, duration_ms, time_to_first_token_ms, attempts, is_cache_hit, maybe_billed, pots)
    select tenant, g.id, g.surface, g.user_id, g.api_key_id, g.conversation_id, g.reply_id, g.workflow, g.request_id, g.model, e.route, e.supplier, e.supplier_model, e.credential_id, g.is_stream,
      e.outcome, e.status, e.error_kind, e.input_tokens, e.output_tokens, e.cached_tokens, e.reasoning_tokens, e.estimated, e.cost_nano, g.currency, e.duration_ms, e.time_to_first_token_ms,
      e.attempts, e.is_cache_hit, e.maybe_billed, g.pots
    from unnest(gone) g join unnest(ends) e on e.id = g.id;
  return query select e.id, e.cost_nano from unnest(ends) e;
end $ledger$`;

/** Gives calls back that were let in and never made: nothing is spent, and no record tells of them. */
const releaseCalls = `
create function release_calls(tenant uuid, ids uuid[]) returns setof uuid ${own} as $ledger$
declare
  gone reservations[];
  held uuid[];
begin
  perform set_config('app.tenant_id', tenant::text, true);${takeOut('r.id = any (ids)')}
  update budget_pots p set reserved_nano = p.reserved_nano - s.freed
    from (select pot, sum(g.amount_nano)::bigint as freed from unnest(gone) g, unnest(g.pots) pot group by pot) s where p.tenant_id = tenant and p.id = s.pot;
  return query select g.id from unnest(gone) g;
end $ledger$`;

/** Says that whoever makes these calls lives; those that are missing in the answer are no longer open. */
const renewLeases = `
create function renew_leases(tenant uuid, ids uuid[], lease_ms integer) returns setof uuid ${own} as $ledger$
begin
  perform set_config('app.tenant_id', tenant::text, true);
  return query
    with open as (select r.id from reservations r where r.tenant_id = tenant and r.id = any (ids) order by r.id for update)
    update reservations r set lease_ends_at = now() + make_interval(secs => lease_ms / 1000.0) from open where r.tenant_id = tenant and r.id = open.id returning r.id;
end $ledger$`;

/** Whose lease has run out, and all of an instance that ends; a reply that still runs has a sweeper of its own, which ends its message too. */
const listCallsToEnd = `
  select r.tenant_id, r.id, r.instance_id, r.surface <> 'chat' or r.reply_id is null or exists (select 1 from replies a where a.tenant_id = r.tenant_id and a.id = r.reply_id), r.has_begun,
    r.input_tokens, r.output_tokens, r.price, r.supplier, r.supplier_model, r.credential_id, r.route, least(2147483647, extract(epoch from now() - r.created_at) * 1000)::integer, r.lease_ends_at
  from reservations r where (r.lease_ends_at < now() or r.instance_id = ending)
    and not exists (select 1 from replies a where a.tenant_id = r.tenant_id and a.id = r.reply_id and r.id = a.id and a.status = 'running') order by r.lease_ends_at limit at_most`;

const LISTED = `tenant_id uuid, id uuid, instance_id uuid, was_sent boolean, has_begun boolean, input_tokens bigint, output_tokens bigint, price jsonb, supplier text, supplier_model text, credential_id uuid, route text, lasted_ms integer, lease_ends_at timestamptz`;

/** Says how far streams are and that whoever makes them lives; those that are missing in the answer are no longer open. */
const checkpointCalls = `
create function checkpoint_calls(tenant uuid, ids uuid[], outputs bigint[], lease_ms integer) returns setof uuid ${own} as $ledger$
begin
  perform set_config('app.tenant_id', tenant::text, true);
  return query
    with open as (select r.id from reservations r where r.tenant_id = tenant and r.id = any (ids) order by r.id for update)
    update reservations r set has_begun = true, output_tokens = greatest(r.output_tokens, n.output), lease_ends_at = now() + make_interval(secs => lease_ms / 1000.0)
    from open join unnest(ids, outputs) n (id, output) on n.id = open.id where r.tenant_id = tenant and r.id = open.id returning r.id;
end $ledger$`;

/** The ledger's turns, each one trip and one commit for all calls that wait. */
export async function createLedgerTurns(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const statement of [...types, matchBudgets, admitCalls, settleCalls, releaseCalls, checkpointCalls, renewLeases]) await sql.raw(statement).execute(db);
  const functions = ['match_budgets(ledger_call[], text)', 'admit_calls(uuid, jsonb)', 'settle_calls(uuid, jsonb, boolean)', 'release_calls(uuid, uuid[])', 'checkpoint_calls(uuid, uuid[], bigint[], integer)', 'renew_leases(uuid, uuid[], integer)'];
  for (const name of functions) {
    await sql.raw(`revoke all on function ${name} from public`).execute(db);
    await sql.raw(`grant execute on function ${name} to ${appRole}`).execute(db);
  }
  await createDoors(db, appRole, [
    { signature: 'list_calls_to_end(ending uuid, at_most integer)', returns: `table (${LISTED})`, language: 'sql stable', body: listCallsToEnd },
    { signature: 'list_tenants_with_old_pots(before timestamptz)', returns: 'table (tenant_id uuid)', language: 'sql stable', body: 'select distinct p.tenant_id from budget_pots p where p.period_end < before and p.reserved_nano = 0' },
  ]);
}
