insert into "sso_connections" ("tenant_id", "id", "issuer", "token_origin", "client_id", "scopes", "role_claim", "creates_users", "enabled", "sso_only", "vouched_roles", "vouched", "sealed_secret", "secret_hint", "secret_fingerprint") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

select "issuer", "client_id", "secret_hint", "secret_fingerprint", "scopes", "role_claim", "creates_users", "enabled", "sso_only", "created_at", "updated_at", "version", "id", "token_origin", "sealed_secret", "vouched_roles", "vouched", "tested_by", "tested_at" from "sso_connections"

select "issuer", "client_id", "secret_hint", "secret_fingerprint", "scopes", "role_claim", "creates_users", "enabled", "sso_only", "created_at", "updated_at", "version", "id", "token_origin", "sealed_secret", "vouched_roles", "vouched", "tested_by", "tested_at" from "sso_connections" for update

select "issuer", "client_id", "secret_hint", "secret_fingerprint", "scopes", "role_claim", "creates_users", "enabled", "sso_only", "created_at", "updated_at", "version", "id", "token_origin", "sealed_secret", "vouched_roles", "vouched", "tested_by", "tested_at" from "sso_connections" for share

update "sso_connections" set "issuer" = $1, "token_origin" = $2, "client_id" = $3, "scopes" = $4, "role_claim" = $5, "creates_users" = $6, "enabled" = $7, "sso_only" = $8, "vouched_roles" = $9, "vouched" = $10, "tested_by" = $11, "tested_at" = $12, "updated_at" = now(), "version" = "version" + $13 where "id" = $14

delete from "sso_role_rules" where "connection_id" = $1

insert into "sso_role_rules" ("tenant_id", "id", "connection_id", "position", "claim_value", "system_role", "role_id") values ($1, $2, $3, $4, $5, $6, $7)

select "claim_value", "system_role", "role_id" from "sso_role_rules" order by "position"

select "id", "name", "permissions" from "roles" where "id" in ($1) order by "id" for share

delete from "sso_domains" where "connection_id" = $1 and "domain" not in ($2)

insert into "sso_domains" ("tenant_id", "id", "connection_id", "domain", "state") values ($1, $2, $3, $4, $5) on conflict ("tenant_id", "domain") do nothing

select "id", "domain", "state" from "sso_domains" order by "domain"

update "sso_domains" set "state" = $1, "decided_at" = now() where "id" = $2

select count(*) as "count" from "sso_identities"

delete from "sso_identities" where "connection_id" = $1

update "sso_connections" set "tested_by" = $1, "tested_at" = now() where "id" = $2 and "version" = $3

update "sso_connections" set "sso_only" = $1, "version" = "version" + $2, "updated_at" = now() where "sso_only" = $3
