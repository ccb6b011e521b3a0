select count(*) as "total" from "tenants" where "state" = $1 and ("name" ilike $2 or "workspace" ilike $3)

select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version" from "tenants" where "state" = $1 and ("name" ilike $2 or "workspace" ilike $3) order by "name" asc, "id" asc limit $4 offset $5

with "tenants" as (select "t".*, "figures"."cost" from "tenants" as "t" inner join list_tenant_order($1) as "figures" on "figures"."tenant_id" = "t"."id") select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version", "cost" as "cost" from "tenants" where "state" = $2 and ("cost", "id") < ($3, $4) order by "cost" desc, "id" desc limit $5

select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version" from "tenants" where "id" = $1

select "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version" from "tenants" where "id" = $1 for no key update

insert into "tenants" ("id", "name", "workspace", "locale", "currency", "time_zone") values ($1, $2, $3, $4, $5, $6) returning "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version"

update "tenants" set "name" = $1, "state" = $2, "seat_limit" = $3, "storage_limit" = $4, "version" = "version" + $5, "updated_at" = now() where "id" = $6 and "version" = $7 returning "id", "name", "workspace", "state", "locale", "currency", "time_zone", "audit_retention_days", "require_second_factor", "seat_limit", "api_key_limit", "storage_limit", "request_limit", "password_min_length", "password_blocked_words", "session_idle_minutes", "session_absolute_minutes", "conversation_retention_days", "session_retention_days", "created_at", "updated_at", "version"

select * from list_plan_use($1)

select tenant_id, last_active_at from list_tenant_figures($1)

select * from list_tenant_activity($1, $2)

select "request_limit" from "tenants" where "id" = $1

select 1 from platform_facts where name = $1

select 1 from setup_tokens where token_hash = $1 and used_at is null and expires_at > now()

insert into "platform_facts" ("name", "value") values ($1, $2) on conflict do nothing returning "name"

update "setup_tokens" set "used_at" = now() where "token_hash" = $1 and "used_at" is null and "expires_at" > now() returning "token_hash"

update "setup_tokens" set "used_at" = now() where "used_at" is null

insert into "setup_tokens" ("token_hash", "expires_at") values ($1, $2)

insert into "users" ("tenant_id", "id", "email", "name", "locale", "password_hash", "roles", "status") values ($1, $2, $3, $4, $5, $6, $7, $8)

insert into "tenant_erasures" ("id", "previous_state", "asked_by", "reason", "due_at") values ($1, $2, $3, $4, now() + make_interval(days => $5))

select "id", "previous_state", "asked_by", "reason", "asked_at", "due_at", "begun_at", "key_ids", "removed", "rows_removed" from "tenant_erasures" where "id" = $1 for update

select "id", "previous_state", "asked_by", "reason", "asked_at", "due_at", "begun_at", "key_ids", "removed", "rows_removed" from "tenant_erasures" where "id" in ($1)

select holds_last_operator($1) as holds

select "id" from "tenant_erasures" where "due_at" <= now() and ("lease_until" is null or "lease_until" < now()) order by "due_at" limit $1

update "tenant_erasures" set "lease_owner" = $1, "lease_until" = now() + interval '15 seconds' where "id" = $2 and "due_at" <= now() and ("lease_until" is null or "lease_until" < now()) returning "id", "previous_state", "asked_by", "reason", "asked_at", "due_at", "begun_at", "key_ids", "removed", "rows_removed"

update "tenant_erasures" set "lease_until" = now() + interval '15 seconds' where "id" = $1 and "lease_owner" = $2 returning "id", "previous_state", "asked_by", "reason", "asked_at", "due_at", "begun_at", "key_ids", "removed", "rows_removed"

update "tenant_erasures" set "lease_until" = $1 where "id" = $2 and "lease_owner" = $3

update "tenant_erasures" set "begun_at" = now(), "key_ids" = $1 where "id" = $2

update "tenant_erasures" set "rows_removed" = rows_removed + $1, "removed" = removed || jsonb_build_object($2::text, coalesce((removed ->> $3)::bigint, 0) + $4) where "id" = $5

select "id" from "data_keys" order by "id"


    select c.relname::text as name, array(select distinct t.relname::text from pg_constraint k join pg_class t on t.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and t.oid <> c.oid and t.relname <> 'tenants') as points_to
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1

delete from "tenant_erasures" where "id" = $1

select "id", "conversation_retention_days", "session_retention_days" from "tenants" where "state" = $1 and ("conversation_retention_days" is not null or "session_retention_days" is not null)

delete from sessions where id in (select id from sessions where least(expires_at, revoked_at) < $1 limit $2)

delete from user_tokens where id in (select id from user_tokens where expires_at < $1 limit $2)


    select c.id, w.weight from (select id, last_message_at from conversations where last_message_at < $1 order by last_message_at, id limit $2) c,
      lateral (select coalesce(sum(1 + pg_column_size(s.content) / $3), 0) as weight from (select content from messages where conversation_id = c.id limit $4) s) w
    order by c.last_message_at, c.id

delete from messages where id in (select m.id from messages m join conversations c on c.id = m.conversation_id
    where m.conversation_id = $1 and c.last_message_at < $2 order by m.created_at desc, m.id desc limit $3)

delete from conversations where id = any($1::uuid[]) and last_message_at < $2
