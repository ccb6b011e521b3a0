select * from find_sign_in($1, $2)

select count_workspaces($1) as count

select * from find_actor($1)

select * from list_live_sessions($1)

select * from find_refresh_token($1)

select * from find_user_token($1)

insert into "sessions" ("tenant_id", "id", "user_id", "user_agent", "address", "carrier", "expires_at", "via") values ($1, $2, $3, $4, $5, $6, $7, $8)

update "users" set "last_seen_at" = now() where "id" = $1

insert into "refresh_tokens" ("tenant_id", "id", "session_id", "token_hash", "parent_id", "idle_expires_at") values ($1, $2, $3, $4, $5, $6)

select "sessions"."id", "sessions"."user_id", "sessions"."carrier", "sessions"."expires_at", "sessions"."revoke_reason", "users"."epoch", "users"."name", "users"."status" as "user_status", "tenants"."state" as "tenant_state", sessions.revoked_at is not null or sessions.expires_at <= now() as "ended" from "sessions" inner join "users" on "users"."id" = "sessions"."user_id" and "users"."tenant_id" = "sessions"."tenant_id" inner join "tenants" on "tenants"."id" = "sessions"."tenant_id" where "sessions"."id" = $1 for update of "sessions"

select "token"."id", token.used_at is not null as "used", coalesce(token.used_at > now() - make_interval(secs => $1), false) as "used_lately", token.idle_expires_at <= now() as "idle", exists (select "child"."id" from "refresh_tokens" as "child" where "child"."parent_id" = "token"."id" and "child"."used_at" is not null) as "has_used_child" from "refresh_tokens" as "token" where "token"."id" = $2

update "refresh_tokens" set "used_at" = now() where "id" = $1

update "sessions" set "last_used_at" = now() where "id" = $1

update "users" set "last_seen_at" = now() where "id" in (select "id" from "users" where "id" = $1 for no key update skip locked)

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "id" = $2 and "revoked_at" is null

select "sessions"."user_id", "users"."name" from "sessions" inner join "users" on "users"."id" = "sessions"."user_id" and "users"."tenant_id" = "sessions"."tenant_id" where "sessions"."id" = $1

select "users"."id", "users"."email", "users"."name", "users"."roles", "users"."locale", "users"."theme", "users"."time_zone", "users"."columns", "users"."version", "users"."epoch", "tenants"."id" as "tenant_id", "tenants"."name" as "tenant_name", "tenants"."workspace", "tenants"."currency", "tenants"."time_zone" as "tenant_time_zone", "tenants"."require_second_factor", "tenants"."password_min_length", (select json_build_object('id', l.id, 'width', l.width, 'height', l.height) from tenant_logos l where l.tenant_id = users.tenant_id) as "logo", (select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions) order by r.name), '[]')
  from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "custom_roles", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor", exists (select 1 from sso_connections c where c.tenant_id = tenants.id and c.sso_only) as "passwords_closed" from "users" inner join "tenants" on "tenants"."id" = "users"."tenant_id" where "users"."id" = $1

update "users" set "name" = $1, "theme" = $2, "columns" = $3, "version" = "version" + $4, "updated_at" = now() where "id" = $5 and "version" = $6

select "users"."id" as "user_id", "users"."email", "users"."name", "users"."roles", "user_tokens"."purpose", "tenants"."name" as "tenant_name", "tenants"."workspace", "tenants"."password_min_length", "tenants"."password_blocked_words", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor" from "user_tokens" inner join "users" on "users"."id" = "user_tokens"."user_id" and "users"."tenant_id" = "user_tokens"."tenant_id" inner join "tenants" on "tenants"."id" = "user_tokens"."tenant_id" where "user_tokens"."id" = $1 and "user_tokens"."used_at" is null and "user_tokens"."expires_at" > now() and "users"."status" <> $2 and "tenants"."state" = $3

select "password_hash", "status" from "users" where "id" = $1 for update

update "user_tokens" set "used_at" = now() where "id" = $1 and "used_at" is null and "expires_at" > now() returning "id"

update "users" set "password_hash" = $1, "password_is_short" = $2, "status" = $3, "epoch" = "epoch" + $4, "version" = "version" + $5, "updated_at" = now() where "id" = $6

update "user_tokens" set "used_at" = now() where "user_id" = $1 and "used_at" is null

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "user_id" = $2 and "revoked_at" is null

update "users" set "password_hash" = $1 where "id" = $2 and "password_hash" = $3
