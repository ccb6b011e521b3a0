insert into "exports" ("kind", "file_name", "media_type", "params", "tenant_id", "id", "user_id", "requested_by", "expires_at") values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning "id", "kind", "params", "state", "progress", "rows", "bytes", "sha256", "file_name", "user_id", "requested_by", "failure", "created_at", "finished_at", "expires_at"

select "id" from "tenants" where "id" = $1 for no key update

select count(*) as "count" from "exports" where "state" in ($1, $2)

select "id", "kind", "params", "state", "progress", "rows", "bytes", "sha256", "file_name", "user_id", "requested_by", "failure", "created_at", "finished_at", "expires_at" from "exports" where "kind" = $1 and "expires_at" > now() order by "created_at" desc, "id" desc limit $2

select "id", "kind", "params", "state", "progress", "rows", "bytes", "sha256", "file_name", "user_id", "requested_by", "failure", "created_at", "finished_at", "expires_at", "media_type", "pieces" from "exports" where "id" = $1 and "kind" = $2 and "expires_at" > now()

select "bytes" from "export_pieces" where "export_id" = $1 and "number" = $2


    select number, starts from (
      select number, sum(octet_length(bytes)) over (order by number) - octet_length(bytes) as starts, octet_length(bytes) as length from export_pieces where export_id = $1) p
    where starts + length > $2 order by number limit 1

select tenant_id, id from list_exports_to_run()

update "exports" set "state" = $1, "lease_owner" = $2, "lease_until" = now() + interval '15 seconds', "attempts" = "attempts" + $3 where "id" = $4 and "state" in ($5, $6) and ("lease_until" is null or "lease_until" < now()) returning "id", "kind", "params", "cursor", "pieces", "bytes", "attempts", "created_at"

select "id", "kind", "params", "cursor", "pieces", "bytes", "attempts", "created_at" from "exports" where "id" = $1 and "state" = $2 and "lease_owner" = $3 and exists (select "id" from "tenants" where "state" = $4) for update

insert into "export_pieces" ("tenant_id", "id", "export_id", "number", "bytes") values ($1, $2, $3, $4, $5)

update "exports" set "cursor" = $1, "progress" = $2, "lease_until" = now() + interval '15 seconds', "rows" = "rows" + $3, "bytes" = bytes + $4, "pieces" = "pieces" + $5 where "id" = $6 and "state" = $7

update "exports" set "lease_until" = now() where "id" = $1 and "lease_owner" = $2 and "state" = $3

update "exports" set "state" = $1, "lease_until" = $2, "finished_at" = now(), "rows" = "rows" + $3, "bytes" = bytes + $4, "pieces" = "pieces" + $5 where "id" = $6 and "state" = $7

update "exports" set "state" = $1, "finished_at" = now(), "lease_until" = $2, "bytes" = $3, "rows" = $4, "pieces" = $5 where "id" = $6 and "state" in ($7, $8)

delete from "export_pieces" where "export_id" = $1

delete from "exports" where "id" = $1

select tenant_id from list_tenants_with_expired_exports()

delete from "exports" where "expires_at" < now()
