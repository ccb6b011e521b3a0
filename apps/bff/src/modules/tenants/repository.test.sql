select count(*) as "total" from "tenants" where "state" = $1 and ("name" ilike $2 or "workspace" ilike $3)

select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "created_at", "updated_at", "version" from "tenants" where "state" = $1 and ("name" ilike $2 or "workspace" ilike $3) order by "name" asc, "id" asc limit $4 offset $5

select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "created_at", "updated_at", "version" from "tenants" where "id" = $1

insert into "tenants" ("id", "name", "workspace", "locale", "currency", "time_zone") values ($1, $2, $3, $4, $5, $6) returning "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "created_at", "updated_at", "version"

update "tenants" set "name" = $1, "state" = $2, "version" = "version" + $3, "updated_at" = now() where "id" = $4 and "version" = $5 returning "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "created_at", "updated_at", "version"

select * from list_tenant_figures($1)

select 1 from platform_facts where name = $1

select 1 from setup_tokens where token_hash = $1 and used_at is null and expires_at > now()

insert into "platform_facts" ("name", "value") values ($1, $2) on conflict do nothing returning "name"

update "setup_tokens" set "used_at" = now() where "token_hash" = $1 and "used_at" is null and "expires_at" > now() returning "token_hash"

update "setup_tokens" set "used_at" = now() where "used_at" is null

insert into "setup_tokens" ("token_hash", "expires_at") values ($1, $2)

insert into "users" ("tenant_id", "id", "email", "name", "locale", "password_hash", "roles", "status") values ($1, $2, $3, $4, $5, $6, $7, $8)
