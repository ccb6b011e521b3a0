select "id" from "users" where "id" in ($1, $2) order by "id" for share

select "id" from "roles" where "id" in (select "role_id" from "user_roles" where "user_id" in ($1, $2)) order by "id" for share

select "id" from "sessions" where "id" = $1 and "revoked_at" is null for share

select "id", "name", "email", "status", "roles", array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id) as "granted" from "users" where "id" = $1

select pg_advisory_xact_lock(hashtextextended($1, 0))

update "looks" set "ended_at" = least(now(), ends_at), "end_reason" = $1 where "looker_id" = $2 and "ended_at" is null

insert into "looks" ("tenant_id", "id", "looker_id", "looker_name", "session_id", "subject_id", "reason", "ends_at") values ($1, $2, $3, $4, $5, $6, $7, $8)

select "looks"."id", "looks"."reason", "looks"."started_at", "looks"."ends_at", "looks"."ended_at", "looks"."subject_id", "users"."name", "users"."email", looks.end_reason as "end_reason", looks.ended_at is null and looks.ends_at > now() as "goes_on" from "looks" inner join "users" on "users"."tenant_id" = "looks"."tenant_id" and "users"."id" = "looks"."subject_id" where "looks"."id" = $1 and "looks"."looker_id" = $2 and "looks"."session_id" = $3

select "looks"."id", "looks"."reason", "looks"."started_at", "looks"."ends_at", "looks"."ended_at", "looks"."subject_id", "users"."name", "users"."email", looks.end_reason as "end_reason", looks.ended_at is null and looks.ends_at > now() as "goes_on" from "looks" inner join "users" on "users"."tenant_id" = "looks"."tenant_id" and "users"."id" = "looks"."subject_id" where "looks"."id" = $1 and "looks"."looker_id" = $2 and "looks"."session_id" = $3 for share of "looks"

update "looks" set "ended_at" = now(), "end_reason" = $1 where "id" = $2 and "ended_at" is null and "ends_at" > now()

select "id", "looker_name", "reason", "started_at", "ends_at", "ended_at" from "looks" where "subject_id" = $1 order by "started_at" desc, "id" desc limit $2
