select * from find_sso_domain($1)

select * from find_sso_attempt($1)

delete from "sso_attempts" where "expires_at" < now()

insert into "sso_attempts" ("tenant_id", "id", "connection_id", "connection_version", "user_id", "state_hash", "browser_hash", "expires_at") values ($1, $2, $3, $4, $5, $6, $7, $8)

update "sso_attempts" set "used_at" = now() where "id" = $1 and "browser_hash" = $2 and "user_id" is null and "used_at" is null and "expires_at" > now() returning "connection_id", "connection_version"

select "workspace", "state", "locale" from "tenants" where "id" = $1

select pg_advisory_xact_lock(hashtextextended($1, 0))

select "id" from "users" where 'tenant_admin' = any (roles) and "status" = $1 order by "id" for update

insert into "sso_identities" ("tenant_id", "id", "connection_id", "user_id", "issuer", "subject") values ($1, $2, $3, $4, $5, $6) on conflict ("tenant_id", "connection_id", "subject") do update set "last_used_at" = now()

select "id" from "users" where "id" in (select "user_id" from "sso_identities" where "connection_id" = $1 and "subject" = $2) for update

select "user_id" from "sso_identities" where "connection_id" = $1 and "subject" = $2

select "id", "email", "name", "roles", "status", array(select r.id::text from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id order by r.id) as "own_roles", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted" from "users" where "id" = $1

select "id" from "users" where lower(email) = lower($1) for update

select "id", "email", "name", "roles", "status", array(select r.id::text from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id order by r.id) as "own_roles", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted" from "users" where "id" = $1

select "id" from "users" where "id" = $1 for update

select "id", "email", "name", "roles", "status", array(select r.id::text from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id order by r.id) as "own_roles", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted" from "users" where "id" = $1

select "id" from "sso_identities" where "connection_id" = $1 and "user_id" = $2

select "id" from "sso_domains" where "domain" = $1 and "state" = $2

select seat_limit is null or (select count(*) from users u where u.tenant_id = tenants.id and u.status <> 'disabled') < seat_limit as "free" from "tenants" where "id" = $1

insert into "users" ("tenant_id", "id", "status", "email", "name", "roles", "locale") values ($1, $2, $3, $4, $5, $6, $7)

update "users" set "roles" = $1, "status" = $2, "epoch" = "epoch" + $3, "version" = "version" + $4, "updated_at" = now() where "id" = $5

delete from "user_roles" where "user_id" = $1

update "user_tokens" set "used_at" = now() where "user_id" = $1 and "used_at" is null

delete from "sso_identities" where "user_id" = $1 returning "issuer", "subject", "created_at" as "linked_at"

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "user_id" = $2 and "via" = $3 and "revoked_at" is null

select "epoch" from "users" where "id" = $1
