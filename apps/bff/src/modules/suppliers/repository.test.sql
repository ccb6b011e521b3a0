insert into "supplier_credentials" ("tenant_id", "id", "provider", "name", "base_url", "models", "enabled", "status", "sealed_key", "key_hint", "key_fingerprint", "key_changed_at", "last_test") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now(), $12)

select "id", "provider", "name", "base_url", "key_hint", "key_fingerprint", "models", "enabled", "status", "last_test", "key_changed_at", "created_at", "updated_at", "version" from "supplier_credentials" where "provider" = $1 and "status" = $2 and "enabled" = $3 and "name" ilike $4 order by "created_at" desc, "id" desc limit $5

select "id", "provider", "name", "base_url", "key_hint", "key_fingerprint", "models", "enabled", "status", "last_test", "key_changed_at", "created_at", "updated_at", "version" from "supplier_credentials" where "id" = $1

select "id", "provider", "name", "base_url", "models", "enabled", "sealed_key", "version" from "supplier_credentials" where "id" = $1

select "version", "name", "provider", "key_fingerprint" from "supplier_credentials" where "id" = $1 for update


    with offers as materialized (
      select distinct credential.id, credential.enabled, called.name
      from supplier_credentials credential
      cross join lateral unnest(credential.models) as model (name)
      cross join lateral (values (model.name), (credential.provider || '/' || model.name)) as called (name)
    ), orphaned as (
      select offers.id, sum((select count(*) from conversations where model = offers.name)) as conversations
      from offers
      where offers.id = any($1)
        and not exists (select from offers other where other.name = offers.name and other.enabled and other.id <> offers.id)
      group by offers.id
    ), running as (
      select credential_id as id, count(*) as replies from replies where status = 'running' and credential_id = any($2) group by credential_id
    )
    select credential.id, coalesce(orphaned.conversations, 0)::int as conversations, coalesce(running.replies, 0)::int as running_replies
    from supplier_credentials credential left join orphaned using (id) left join running using (id)
    where credential.id = any($3)


    select credential_id as id,
      (count(*) filter (where outcome in ('complete', 'stopped')))::int as answered,
      (count(*) filter (where outcome in ('failed', 'interrupted')))::int as failed,
      percentile_disc(0.5) within group (order by time_to_first_token_ms) as first_token_ms
    from usage_records where created_at > now() - interval '24 hours' and credential_id = any($1) group by credential_id

update "supplier_credentials" set "name" = $1, "sealed_key" = $2, "key_hint" = $3, "key_fingerprint" = $4, "key_changed_at" = now(), "status" = $5, "last_test" = $6, "version" = "version" + $7, "updated_at" = now() where "id" = $8

update "supplier_credentials" set "status" = $1, "last_test" = $2 where "id" = $3 and "version" = $4

update "supplier_credentials" set "status" = $1, "last_test" = $2 where "id" = $3 and "status" <> $4 and "provider" <> $5

delete from "supplier_credentials" where "id" = $1
