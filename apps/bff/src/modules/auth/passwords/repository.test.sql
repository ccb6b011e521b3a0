select "users"."email", "users"."name", "users"."locale", "users"."status", "users"."roles", "users"."password_hash", "tenants"."name" as "tenant_name", "tenants"."password_min_length", "tenants"."password_blocked_words", (exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id)) as "has_second_factor", exists (select 1 from sso_connections c where c.tenant_id = tenants.id and c.sso_only) as "passwords_closed" from "users" inner join "tenants" on "tenants"."id" = "users"."tenant_id" where "users"."id" = $1

select count(*) as "count" from "user_tokens" where "user_id" = $1 and "is_asked_for" = $2 and "used_at" is null and "expires_at" > now()

insert into "user_tokens" ("tenant_id", "id", "user_id", "token_hash", "expires_at", "purpose", "is_asked_for", "delivery") values ($1, $2, $3, $4, $5, $6, $7, $8)

update "user_tokens" set "delivery" = $1, "delivery_failure" = $2 where "id" = $3
