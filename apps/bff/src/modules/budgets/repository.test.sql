select * from (
  select b.id, b.name, b.scope, b.per, b.period, b.starts_at, b.ends_at, b.limit_nano, b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end as whole_nano, b.is_hard, b.warn_percent, b.enabled,
    coalesce(b.user_id::text, b.role_id::text, b.system_role, b.api_key_id::text, b.subject) as subject_value,
    coalesce((select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.user_id), (select r.name from roles r where r.tenant_id = b.tenant_id and r.id = b.role_id),
      b.system_role, (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = b.api_key_id), b.subject) as subject_name,
    b.raise_nano, b.raise_ends_at, b.raise_reason, b.raised_by, (select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.raised_by) as raiser_name,
    t.currency, w.period_start, w.period_end, p.pots, p.spent_nano, p.reserved_nano as held_nano,
    case when b.per <> 'together' then p.holder_id end as holder_id, case b.per when 'person' then (select u.name from users u where u.tenant_id = b.tenant_id and u.id = p.holder_id)
  when 'api_key' then (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = p.holder_id) end as holder_name,
    case when not b.enabled then 'off' when b.starts_at > now() then 'waiting' when b.ends_at <= now() then 'ended'
  when coalesce(p.spent_nano, 0)::numeric * 1000 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * 995 then 'used_up'
  when coalesce(p.spent_nano, 0)::numeric * 100 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * b.warn_percent then 'warned' else 'ok' end as state, case b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end when 0 then 1000 else least(coalesce(p.spent_nano, 0)::numeric * 1000 / (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end), 1000000000) end::bigint as used,
    array_position(array['tenant', 'role', 'user', 'api_key', 'model', 'workflow'], b.scope) || ' ' || lower(b.name) as tree, b.created_at, b.updated_at, b.version
  from budgets b join tenants t on t.id = b.tenant_id 
  cross join lateral (select case b.period when 'once' then null else date_trunc(b.period, now() at time zone t.time_zone) end as local) l
  cross join lateral (select case b.period when 'once' then b.starts_at else l.local at time zone t.time_zone end as period_start,
    case b.period when 'once' then b.ends_at else (l.local + ('1 ' || b.period)::interval) at time zone t.time_zone end as period_end) w 
  left join lateral (select o.*, count(*) over () as pots from budget_pots o where o.tenant_id = b.tenant_id and o.budget_id = b.id and o.period_start = w.period_start
    order by o.spent_nano + o.reserved_nano desc, o.id limit 1) p on true) as "budgets" where "scope" = $1 and "period" = $2 and "state" = $3 and (name ilike $4 or subject_name ilike $5) order by "tree" asc, "id" asc limit $6

select * from (
  select b.id, b.name, b.scope, b.per, b.period, b.starts_at, b.ends_at, b.limit_nano, b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end as whole_nano, b.is_hard, b.warn_percent, b.enabled,
    coalesce(b.user_id::text, b.role_id::text, b.system_role, b.api_key_id::text, b.subject) as subject_value,
    coalesce((select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.user_id), (select r.name from roles r where r.tenant_id = b.tenant_id and r.id = b.role_id),
      b.system_role, (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = b.api_key_id), b.subject) as subject_name,
    b.raise_nano, b.raise_ends_at, b.raise_reason, b.raised_by, (select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.raised_by) as raiser_name,
    t.currency, w.period_start, w.period_end, p.pots, p.spent_nano, p.reserved_nano as held_nano,
    case when b.per <> 'together' then p.holder_id end as holder_id, case b.per when 'person' then (select u.name from users u where u.tenant_id = b.tenant_id and u.id = p.holder_id)
  when 'api_key' then (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = p.holder_id) end as holder_name,
    case when not b.enabled then 'off' when b.starts_at > now() then 'waiting' when b.ends_at <= now() then 'ended'
  when coalesce(p.spent_nano, 0)::numeric * 1000 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * 995 then 'used_up'
  when coalesce(p.spent_nano, 0)::numeric * 100 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * b.warn_percent then 'warned' else 'ok' end as state, case b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end when 0 then 1000 else least(coalesce(p.spent_nano, 0)::numeric * 1000 / (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end), 1000000000) end::bigint as used,
    array_position(array['tenant', 'role', 'user', 'api_key', 'model', 'workflow'], b.scope) || ' ' || lower(b.name) as tree, b.created_at, b.updated_at, b.version
  from budgets b join tenants t on t.id = b.tenant_id 
  cross join lateral (select case b.period when 'once' then null else date_trunc(b.period, now() at time zone t.time_zone) end as local) l
  cross join lateral (select case b.period when 'once' then b.starts_at else l.local at time zone t.time_zone end as period_start,
    case b.period when 'once' then b.ends_at else (l.local + ('1 ' || b.period)::interval) at time zone t.time_zone end as period_end) w 
  left join lateral (select o.*, count(*) over () as pots from budget_pots o where o.tenant_id = b.tenant_id and o.budget_id = b.id and o.period_start = w.period_start
    order by o.spent_nano + o.reserved_nano desc, o.id limit 1) p on true) as "budgets" where "id" = $1

select * from "budgets" where "id" = $1 for update

select pg_advisory_xact_lock(hashtextextended($1, 0))

select count(*) as "count" from "budgets"

select "id" from "budgets" limit $1

select "currency", "time_zone" from "tenants" where "id" = $1 for share

select "id" from "users" where "id" = $1 for key share

insert into "budgets" ("tenant_id", "id", "name", "limit_nano", "is_hard", "warn_percent", "ends_at", "enabled", "user_id", "role_id", "system_role", "api_key_id", "subject", "scope", "per", "period", "starts_at") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)

update "budgets" set "name" = $1, "limit_nano" = $2, "is_hard" = $3, "warn_percent" = $4, "ends_at" = $5, "enabled" = $6, "updated_at" = now(), "version" = "version" + $7 where "id" = $8

update "budgets" set "raise_nano" = $1, "raise_ends_at" = $2, "raise_reason" = $3, "raised_by" = $4, "updated_at" = now(), "version" = "version" + $5 where "id" = $6

select * from (
    select p.id, p.created_at, p.spent_nano, p.reserved_nano as held_nano, p.period_start, nullif(p.period_end, 'infinity') as period_end, case when b.per <> 'together' then p.holder_id end as holder_id, case b.per when 'person' then (select u.name from users u where u.tenant_id = b.tenant_id and u.id = p.holder_id)
  when 'api_key' then (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = p.holder_id) end as holder_name
    from budget_pots p join budgets b on b.tenant_id = p.tenant_id and b.id = p.budget_id
    where p.budget_id = $1 and p.period_end > now()) as "pots" where "holder_name" ilike $2 order by "created_at" desc, "id" desc limit $3

select * from (
    select a.id, a.budget_id, b.name, case when b.per <> 'together' then p.holder_id end as holder_id, case b.per when 'person' then (select u.name from users u where u.tenant_id = b.tenant_id and u.id = p.holder_id)
  when 'api_key' then (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = p.holder_id) end as holder_name,
      a.percent, a.spent_nano, a.limit_nano, t.currency, a.created_at, a.delivered_at, a.failure
    from budget_alerts a join budgets b on b.tenant_id = a.tenant_id and b.id = a.budget_id join tenants t on t.id = a.tenant_id
      left join budget_pots p on p.tenant_id = a.tenant_id and p.id = a.pot_id) as "alerts" where "budget_id" = $1 order by "created_at" desc, "id" desc limit $2


    select b.id, b.name, b.period, b.is_hard, not (b.per = 'person' or coalesce(b.user_id = $1, false) or b.api_key_id is not null or (b.per = 'api_key' and p.holder_id is not null)) as is_shared, case when not b.enabled then 'off' when b.starts_at > now() then 'waiting' when b.ends_at <= now() then 'ended'
  when coalesce(p.spent_nano, 0)::numeric * 1000 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * 995 then 'used_up'
  when coalesce(p.spent_nano, 0)::numeric * 100 >= (b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end)::numeric * b.warn_percent then 'warned' else 'ok' end as state, k.id as key_id, k.name as key_name,
      b.limit_nano + case when b.raise_ends_at > now() then b.raise_nano else 0 end as whole_nano, p.spent_nano, p.reserved_nano as held_nano, t.currency, w.period_start, w.period_end
    from budgets b join tenants t on t.id = b.tenant_id 
  cross join lateral (select case b.period when 'once' then null else date_trunc(b.period, now() at time zone t.time_zone) end as local) l
  cross join lateral (select case b.period when 'once' then b.starts_at else l.local at time zone t.time_zone end as period_start,
    case b.period when 'once' then b.ends_at else (l.local + ('1 ' || b.period)::interval) at time zone t.time_zone end as period_end) w
      left join budget_pots p on p.tenant_id = b.tenant_id and p.budget_id = b.id and p.period_start = w.period_start
        and (case b.per when 'person' then p.holder_id = $2 when 'api_key' then p.holder_id in (select k.id from api_keys k where k.tenant_id = b.tenant_id and k.user_id = $3 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) else p.holder_id = b.id end)
      left join api_keys k on k.tenant_id = b.tenant_id and b.per = 'api_key' and k.id = p.holder_id
    where b.enabled and (b.period <> 'once' or (b.starts_at <= now() and (b.ends_at is null or b.ends_at > now()))) and (b.per <> 'api_key' or p.id is not null) and case b.scope
      when 'user' then b.user_id is null or b.user_id = $4
      when 'role' then exists (select 1 from user_roles r where r.tenant_id = b.tenant_id and r.user_id = $5 and r.role_id = b.role_id)
        or exists (select 1 from users u where u.tenant_id = b.tenant_id and u.id = $6 and b.system_role = any (u.roles))
      when 'api_key' then exists (select k.id from api_keys k where k.tenant_id = b.tenant_id and k.user_id = $7 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now()) and (b.api_key_id is null or k.id = b.api_key_id))
      else true end
    order by is_shared, lower(b.name), k.id limit $8


    select r.id, r.created_at, case when r.currency = t.currency then r.cost_nano end as cost_nano, r.user_id as holder_id, to_char(r.created_at at time zone t.time_zone, 'YYYY-MM-DD') as day, to_char(date_trunc($1, r.created_at at time zone t.time_zone), 'YYYY-MM-DD') as period
    from usage_records r join tenants t on t.id = r.tenant_id
    where r.tenant_id = $2 and r.created_at >= $3 and (r.created_at, r.id) > ($4, $5)
      and r.user_id = $6 
    order by r.created_at, r.id limit $7

select "id", "name" from "users" where "id" in ($1)

delete from "budgets" where "id" = $1
