import { sql } from 'kysely';

/** The period of budget `b` that is now, in the zone of its tenant `t`: as `match_budgets` has it. */
export const currentWindow = sql`
  cross join lateral (select case b.period when 'once' then null else date_trunc(b.period, now() at time zone t.time_zone) end as local) l
  cross join lateral (select case b.period when 'once' then b.starts_at else l.local at time zone t.time_zone end as period_start,
    case b.period when 'once' then b.ends_at else (l.local + ('1 ' || b.period)::interval) at time zone t.time_zone end as period_end) w`;

/** Of its pots of that period the one that has spent and holds most, and how many there are. */
export const fullestPot = sql`
  left join lateral (select o.*, count(*) over () as pots from budget_pots o where o.tenant_id = b.tenant_id and o.budget_id = b.id and o.period_start = w.period_start
    order by o.spent_nano + o.reserved_nano desc, o.id limit 1) p on true`;

/** With what it is raised by for a while; a raise ends by itself. */
export const wholeLimit = sql<string>`b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end`;

/** How budget `b` stands by pot `p`. A hard one is never passed: its last half percent is too small for any call. */
export const stateOf = sql<string>`case when not b.enabled then 'off' when b.starts_at > now() then 'waiting' when b.ends_at <= now() then 'ended'
  when coalesce(p.spent_nano, 0)::numeric * 1000 >= (${wholeLimit})::numeric * 995 then 'used_up'
  when coalesce(p.spent_nano, 0)::numeric * 100 >= (${wholeLimit})::numeric * b.warn_percent then 'warned' else 'ok' end`;

/** In thousandths of its limit, for sorting. */
export const usedOf = sql<string>`case ${wholeLimit} when 0 then 1000 else least(coalesce(p.spent_nano, 0)::numeric * 1000 / (${wholeLimit}), 1000000000) end::bigint`;

/** Null where it is open: 'infinity' is no date. */
export const periodEnd = sql<string | null>`nullif(p.period_end, 'infinity')`;

export const holderName = sql<string | null>`case b.per when 'person' then (select u.name from users u where u.tenant_id = b.tenant_id and u.id = p.holder_id)
  when 'api_key' then (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = p.holder_id) end`;
