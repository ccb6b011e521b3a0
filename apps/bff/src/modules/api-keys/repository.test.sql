select "id", "name", "hint", "scopes", "models", "allowed_networks", "expires_at", "last_used_at", "rotated_at", "revoked_at", "created_at", "updated_at", "version", case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as "status", (select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now()) as "overlap_ends_at" from "api_keys" where "user_id" = $1 and case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end = $2 and $3 = any (scopes) and (name ilike $4 or hint like $5) order by "last_used_at" desc nulls last, "id" desc limit $6

select "id", "name", "hint", "scopes", "models", "allowed_networks", "expires_at", "last_used_at", "rotated_at", "revoked_at", "created_at", "updated_at", "version", case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as "status", (select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now()) as "overlap_ends_at", (select json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'status', u.status)
  from users u where u.tenant_id = api_keys.tenant_id and u.id = api_keys.user_id) as "user" from "api_keys" where case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end = $1 and $2 = any (scopes) and "user_id" = $3 and ((name ilike $4 or hint like $5) or exists (select 1 from users u where u.tenant_id = api_keys.tenant_id and u.id = api_keys.user_id and (u.name ilike $6 or u.email ilike $7))) order by "last_used_at" desc nulls last, "id" desc limit $8

select "id", "name", "hint", "scopes", "models", "allowed_networks", "expires_at", "last_used_at", "rotated_at", "revoked_at", "created_at", "updated_at", "version", case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as "status", (select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now()) as "overlap_ends_at" from "api_keys" where "id" = $1 and "user_id" = $2

select "id", "name", "hint", "scopes", "models", "allowed_networks", "expires_at", "last_used_at", "rotated_at", "revoked_at", "created_at", "updated_at", "version", case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as "status", (select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now()) as "overlap_ends_at", (select json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'status', u.status)
  from users u where u.tenant_id = api_keys.tenant_id and u.id = api_keys.user_id) as "user" from "api_keys" where "id" = $1

select "id", "name", "hint", "scopes", "models", "allowed_networks", "expires_at", "last_used_at", "rotated_at", "revoked_at", "created_at", "updated_at", "version", "user_id", case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as "status", (select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now()) as "overlap_ends_at" from "api_keys" where "id" = $1 and "user_id" = $2 for update

select "id" from "users" where "id" = $1 for update

select count(*) as "count" from "api_keys" where "user_id" = $1 and case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end = $2

insert into "api_keys" ("tenant_id", "id", "user_id", "hint", "name", "scopes", "models", "allowed_networks", "expires_at") values ($1, $2, $3, $4, $5, $6, $7, $8, $9)

insert into "api_key_secrets" ("tenant_id", "id", "api_key_id", "secret_hash") values ($1, $2, $3, $4)

update "api_keys" set "name" = $1, "scopes" = $2, "models" = $3, "allowed_networks" = $4, "expires_at" = $5, "updated_at" = now(), "version" = "version" + $6 where "id" = $7

update "api_key_secrets" set "expires_at" = now() where "api_key_id" = $1 and "expires_at" > now()

update "api_key_secrets" set "expires_at" = now() + make_interval(hours => $1) where "api_key_id" = $2 and "expires_at" is null

insert into "api_key_secrets" ("tenant_id", "id", "api_key_id", "secret_hash") values ($1, $2, $3, $4)

update "api_keys" set "hint" = $1, "rotated_at" = now(), "updated_at" = now(), "version" = "version" + $2 where "id" = $3


    with held as (select id from api_keys where id = any ($1::uuid[]) order by id for no key update)
    update api_keys set last_used_at = greatest(last_used_at, seen.at) from held join unnest($2::uuid[], $3::timestamptz[]) as seen (id, at) using (id)
    where api_keys.id = held.id

update "api_keys" set "last_used_at" = $1 where "id" = $2 and ("last_used_at" is null or "last_used_at" < $3)

select * from find_api_key($1)

select * from list_live_api_keys($1)

select * from list_tenants_with_ended_keys($1)

update "api_keys" set "revoked_at" = now(), "updated_at" = now(), "version" = "version" + $1 where "id" = $2

delete from api_keys where id in (select id from api_keys where least(expires_at, revoked_at) < $1 limit $2)
