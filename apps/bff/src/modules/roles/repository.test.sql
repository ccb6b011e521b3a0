select "id", "name", "description", "permissions", "version", "created_at", "updated_at", (select count(*) as "count" from "user_roles" inner join "users" on "users"."id" = "user_roles"."user_id" and "users"."tenant_id" = "user_roles"."tenant_id" where "user_roles"."role_id" = "roles"."id" and "users"."status" <> $1) as "held" from "roles" order by lower(roles.name)

select "id", "name", "description", "permissions", "version", "created_at", "updated_at", (select count(*) as "count" from "user_roles" inner join "users" on "users"."id" = "user_roles"."user_id" and "users"."tenant_id" = "user_roles"."tenant_id" where "user_roles"."role_id" = "roles"."id" and "users"."status" <> $1) as "held" from "roles" where "id" = $2

select * from "roles" where "id" = $1 for update


    select role, count(*) from users, unnest(roles) role where status <> 'disabled' group by role

select pg_advisory_xact_lock(hashtextextended($1, 0))

select count(*) as "count" from "roles"

insert into "roles" ("tenant_id", "id", "name", "description", "permissions") values ($1, $2, $3, $4, $5)

update "roles" set "name" = $1, "description" = $2, "permissions" = $3, "updated_at" = now(), "version" = "version" + $4 where "id" = $5

select count(*) as "count" from "user_roles" where "role_id" = $1

update "user_tokens" set "used_at" = now() where "user_id" in (select "user_id" from "user_roles" where "role_id" = $1) and "used_at" is null

delete from "roles" where "id" = $1

select "roles" from "users" where "id" = $1

select "roles"."id", "roles"."name", "roles"."permissions" from "user_roles" inner join "roles" on "roles"."id" = "user_roles"."role_id" and "roles"."tenant_id" = "user_roles"."tenant_id" where "user_roles"."user_id" = $1 order by "roles"."name"
