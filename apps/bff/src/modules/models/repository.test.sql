select "currency", (select trim_scale(x.rate_nano / 1000000000.0)::text from exchange_rates x where x.currency = tenants.currency order by x.created_at desc, x.id desc limit 1) as "rate", coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'provider', c.provider, 'name', c.name, 'base_url', c.base_url, 'models', to_jsonb(c.models), 'enabled', c.enabled,
  'status', c.status, 'created_at', c.created_at, 'sealed_key', encode(c.sealed_key, 'base64'))) from supplier_credentials c), '[]') as "credentials", coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'provider', s.provider, 'model', s.model, 'display_name', s.display_name, 'offered', s.offered, 'restricted', s.restricted,
  'system_roles', to_jsonb(s.system_roles), 'context_window', s.context_window, 'max_output_tokens', s.max_output_tokens, 'version', s.version,
  'roles', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by lower(r.name)), '[]') from model_roles m join roles r on r.id = m.role_id where m.model_setting_id = s.id),
  'aliases', (select coalesce(jsonb_agg(a.name order by a.name), '[]') from model_aliases a where a.model_setting_id = s.id), 'price', (select case when p.input_nano is null then null else jsonb_build_object('currency', p.currency, 'input', trim_scale(p.input_nano / 1000000000.0)::text, 'cached_input', trim_scale(p.cached_input_nano / 1000000000.0)::text,
  'output', trim_scale(p.output_nano / 1000000000.0)::text) end from model_prices p where p.model_setting_id = s.id order by p.created_at desc, p.id desc limit 1))) from model_settings s), '[]') as "settings", (select to_jsonb(u.roles || array(select h.role_id::text from user_roles h where h.user_id = u.id)) from users u where u.id = $1) as "held" from "tenants" where "id" = $2

select (select to_jsonb(u.roles || array(select h.role_id::text from user_roles h where h.user_id = u.id)) from users u where u.id = $1) as "held" from "tenants" where "id" = $2

insert into "model_settings" ("tenant_id", "id", "provider", "model") values ($1, $2, $3, $4) on conflict ("tenant_id", "provider", "model") do nothing

select "id", "display_name", "offered", "restricted", "system_roles", "context_window", "max_output_tokens", "version" from "model_settings" where "provider" = $1 and "model" = $2 for update

delete from "model_aliases" where "model_setting_id" = $1

insert into "model_aliases" ("tenant_id", "id", "model_setting_id", "name") values ($1, $2, $3, $4)

select "currency", "input_nano", "cached_input_nano", "output_nano" from "model_prices" where "model_setting_id" = $1 order by "created_at" desc, "id" desc limit $2

select * from (select "model_prices"."id", "model_prices"."currency", "input_nano", "cached_input_nano", "output_nano", "users"."id" as "user_id", "users"."name" as "user_name", "model_prices"."created_at" from "model_prices" left join "users" on "users"."id" = "model_prices"."user_id" and "users"."tenant_id" = "model_prices"."tenant_id" where "model_setting_id" = (select "id" from "model_settings" where "provider" = $1 and "model" = $2)) as "prices" order by "created_at" desc, "id" desc limit $3

select "exchange_rates"."id", "currency", "rate_nano", "users"."id" as "user_id", "users"."name" as "user_name", "exchange_rates"."created_at" from "exchange_rates" left join "users" on "users"."id" = "exchange_rates"."user_id" and "users"."tenant_id" = "exchange_rates"."tenant_id" order by "exchange_rates"."created_at" desc, "exchange_rates"."id" desc limit $1


    select wanted.id, max(latest.created_at) as used_at
    from jsonb_to_recordset($1::jsonb) as wanted (id text, supplier text, name text),
      lateral (select created_at from usage_records r where r.model = wanted.name and r.supplier = wanted.supplier order by r.created_at desc limit 1) latest
    group by wanted.id

select coalesce(sum(requests), 0) as "requests", coalesce(sum(unpriced), 0) as "unpriced", coalesce(sum(cost_nano) filter (where usage_days.currency = tenants.currency), 0) as "cost_nano" from "usage_days" inner join "tenants" on "tenants"."id" = "usage_days"."tenant_id" where "model" in ($1, $2) and "supplier" = $3 and day > (now() at time zone tenants.time_zone)::date - 30
