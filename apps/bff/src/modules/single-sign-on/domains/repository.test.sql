select count(*) as "total" from (select *, requested_at as created_at from list_sign_in_domains(null)) as "domains" where "state" = $1 and ("domain" ilike $2 or "tenant_name" ilike $3 or "workspace" ilike $4)

select * from (select *, requested_at as created_at from list_sign_in_domains(null)) as "domains" where "state" = $1 and ("domain" ilike $2 or "tenant_name" ilike $3 or "workspace" ilike $4) and ("created_at", "id") < ($5, $6) order by "created_at" desc, "id" desc limit $7

select * from (select *, requested_at as created_at from list_sign_in_domains(null)) as "domains" order by "decided_at" desc nulls last, "id" desc limit $1

select * from list_sign_in_domains($1)

select "id", "domain", "state" from "sso_domains" where "id" = $1 for update

select "d"."id", "d"."domain", "d"."state", "d"."created_at" as "requested_at", "d"."decided_at", "t"."id" as "tenant_id", "t"."name" as "tenant_name", "t"."workspace", "c"."sso_only" from "sso_domains" as "d" inner join "sso_connections" as "c" on "c"."id" = "d"."connection_id" and "c"."tenant_id" = "d"."tenant_id" inner join "tenants" as "t" on "t"."id" = "d"."tenant_id" where "d"."id" = $1
