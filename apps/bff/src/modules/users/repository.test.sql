select count(*) as "total" from "users" where "status" = $1 and ($2 = any (roles) or exists (select 1 from user_roles ur where ur.user_id = users.id and ur.role_id::text = $3)) and ("name" ilike $4 or "email" ilike $5)

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "status" = $1 and ($2 = any (roles) or exists (select 1 from user_roles ur where ur.user_id = users.id and ur.role_id::text = $3)) and ("name" ilike $4 or "email" ilike $5) and ("created_at", "id") < ($6, $7) order by "created_at" desc, "id" desc limit $8

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "status" = $1 and not exists (select 1 from user_tokens k where k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and k.expires_at > now()) order by "created_at" desc, "id" desc limit $2

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "id" = $1

select "id" from "users" where "id" = $1 for update

select "id" from "roles" where "id" in (select "role_id" from "user_roles" where user_id = any ($1::uuid[])) order by "id" for share

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "id" = $1

select "id" from "users" where users.id = any ($1::uuid[]) and "status" = $2 order by "id" for update

select "id" from "roles" where "id" in (select "role_id" from "user_roles" where user_id = any ($1::uuid[])) order by "id" for share

select "id", "email", "name", "roles", "locale", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted" from "users" where users.id = any ($1::uuid[]) order by "id"

insert into "users" ("tenant_id", "id", "email", "name", "roles", "locale") values ($1, $2, $3, $4, $5, $6)

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "id" = $1

select "id", "roles" from "users" where roles && array['tenant_admin', 'super_admin'] and "status" = $1 order by "id" for update

update "users" set "name" = $1, "epoch" = "epoch" + $2, "version" = "version" + $3, "updated_at" = now() where "id" = $4

select "id", "email", "name", "roles", "status", "locale", "last_seen_at", "created_at", "updated_at", "version", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', to_char("k"."created_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expires_at', to_char("k"."expires_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1) as "invitation", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "users" where "id" = $1

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "user_id" = $2 and "revoked_at" is null


    with free as (select id from users where id = any ($1::uuid[]) for no key update skip locked),
      seen as (select id, max(at) as at from unnest($2::uuid[], $3::timestamptz[]) as given (id, at) group by id)
    update users set last_seen_at = greatest(users.last_seen_at, seen.at) from free join seen using (id) where users.id = free.id


    with free as (select id from sessions where id = any ($1::uuid[]) for no key update skip locked),
      seen as (select id, max(at) as at from unnest($2::uuid[], $3::timestamptz[]) as given (id, at) group by id)
    update sessions set last_used_at = greatest(sessions.last_used_at, seen.at) from free join seen using (id) where sessions.id = free.id

select password_hash is not null as "has" from "users" where "id" = $1

update "user_tokens" set "used_at" = now() where user_id = any ($1::uuid[]) and "used_at" is null

insert into "user_tokens" ("tenant_id", "id", "user_id", "purpose", "token_hash", "expires_at", "delivery") values ($1, $2, $3, $4, $5, $6, $7)

update "user_tokens" set "delivery" = $1, "delivery_failure" = $2 where "id" = $3

select count(*) as "count" from "sessions" where "user_id" = $1 and "revoked_at" is null and "expires_at" > now() and exists (select 1 from refresh_tokens r where r.tenant_id = sessions.tenant_id and r.session_id = sessions.id and r.used_at is null and r.idle_expires_at > now())

select "purpose", "delivery", "delivery_failure" as "failure", "created_at", "expires_at" from "user_tokens" where "user_id" = $1 and "used_at" is null and "is_asked_for" = $2 order by "id" desc limit $3

select "created_at" as "linked_at", "last_used_at" from "sso_identities" where "user_id" = $1

select "name" from "tenants" where "id" = $1
