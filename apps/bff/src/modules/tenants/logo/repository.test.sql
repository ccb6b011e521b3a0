select "id", "media_type", "width", "height", "bytes", "created_at" from "tenant_logos"

select "media_type", "content" from "tenant_logos" where "id" = $1

delete from "tenant_logos"

insert into "tenant_logos" ("tenant_id", "id", "media_type", "width", "height", "bytes", "content") values ($1, $2, $3, $4, $5, $6, $7) returning "id", "media_type", "width", "height", "bytes", "created_at"

delete from "tenant_logos"
