select count(*) as "total" from "audit_entries" as "e" left join "audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "at" >= $1 and "at" < $2 and "actor_user_id" = $3 and "action" like $4 and "resource_type" = $5 and "resource_id" = $6 and "outcome" = $7 and "request_id" = $8 and ("action" ilike $9 or "actor_name" ilike $10 or "resource_id" ilike $11 or "request_id" ilike $12 or "address" ilike $13)

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "audit_entries" as "e" left join "audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "at" >= $1 and "at" < $2 and "actor_user_id" = $3 and "action" like $4 and "resource_type" = $5 and "resource_id" = $6 and "outcome" = $7 and "request_id" = $8 and ("action" ilike $9 or "actor_name" ilike $10 or "resource_id" ilike $11 or "request_id" ilike $12 or "address" ilike $13) order by "at" desc, "id" desc limit $14

select count(*) as "total" from "platform_audit_entries" as "e" left join "platform_audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "at" >= $1 and "at" < $2 and "actor_user_id" = $3 and "action" like $4 and "resource_type" = $5 and "resource_id" = $6 and "outcome" = $7 and "request_id" = $8 and ("action" ilike $9 or "actor_name" ilike $10 or "resource_id" ilike $11 or "request_id" ilike $12 or "address" ilike $13)

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "platform_audit_entries" as "e" left join "platform_audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "at" >= $1 and "at" < $2 and "actor_user_id" = $3 and "action" like $4 and "resource_type" = $5 and "resource_id" = $6 and "outcome" = $7 and "request_id" = $8 and ("action" ilike $9 or "actor_name" ilike $10 or "resource_id" ilike $11 or "request_id" ilike $12 or "address" ilike $13) order by "at" desc, "id" desc limit $14

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "audit_entries" as "e" left join "audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "id" = $1

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "platform_audit_entries" as "e" left join "platform_audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "id" = $1

select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked

select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as locked

select seq, hash from "audit_seals" order by seq desc limit 1

select seq, hash from "platform_audit_seals" order by seq desc limit 1

select hash from "audit_seals" where seq = $1

select hash from "platform_audit_seals" where seq = $1

select seq, hash from audit_starts


    select e.* from "audit_entries" e
    where e.at > coalesce((select s.entry_at - interval '15 minutes' from "audit_seals" s order by s.seq desc limit 1), '-infinity')
      and not exists (select 1 from "audit_seals" s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at, e.id limit $1


    select e.* from "platform_audit_entries" e
    where e.at > coalesce((select s.entry_at - interval '15 minutes' from "platform_audit_seals" s order by s.seq desc limit 1), '-infinity')
      and not exists (select 1 from "platform_audit_seals" s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at, e.id limit $1

insert into audit_seals (tenant_id, seq, entry_at, entry_id, digest, hash) select $1, * from unnest($2::bigint[], $3::timestamptz[], $4::uuid[], $5::bytea[], $6::bytea[])

insert into platform_audit_seals (seq, entry_at, entry_id, digest, hash) select * from unnest($1::bigint[], $2::timestamptz[], $3::uuid[], $4::bytea[], $5::bytea[])


    select s.seq, s.digest, s.hash, s.entry_id, s.entry_at, e.* from "audit_seals" s
    left join "audit_entries" e on e.at = s.entry_at and e.id = s.entry_id
    where s.seq > $1 order by s.seq limit $2


    select s.seq, s.digest, s.hash, s.entry_id, s.entry_at, e.* from "platform_audit_seals" s
    left join "platform_audit_entries" e on e.at = s.entry_at and e.id = s.entry_id
    where s.seq > $1 order by s.seq limit $2


    select e.id, e.at from "audit_entries" e
    where e.at < now() - interval '2 minutes' and not exists (select 1 from "audit_seals" s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at limit $1


    select e.id, e.at from "platform_audit_entries" e
    where e.at < now() - interval '2 minutes' and not exists (select 1 from "platform_audit_seals" s where s.entry_id = e.id and s.entry_at = e.at)
    order by e.at limit $1

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "audit_entries" as "e" left join "audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "action" = $1 and s.seq > $2 and s.seq <= $3 order by "s"."seq"

select "id", "at", "actor_user_id", "actor_name", "action", "resource_type", "resource_id", "outcome", "request_id", "address", "details", "s"."seq", "s"."hash" from "platform_audit_entries" as "e" left join "platform_audit_seals" as "s" on "s"."entry_id" = "e"."id" and "s"."entry_at" = "e"."at" where "action" = $1 and s.seq > $2 and s.seq <= $3 order by "s"."seq"


    select 1 from "audit_entries" e
    where e.at <= $1 and e.at > $2::timestamptz - interval '2 minutes' and not exists (select 1 from "audit_seals" s where s.entry_id = e.id) limit 1


    select 1 from "platform_audit_entries" e
    where e.at <= $1 and e.at > $2::timestamptz - interval '2 minutes' and not exists (select 1 from "platform_audit_seals" s where s.entry_id = e.id) limit 1


    select 1 from audit_entries e where e.resource_type = $1 and e.resource_id = $2 and e.actor_user_id = $3
      and e.action = $4 and e.outcome = 'refused' and e.at > now() - interval '1 minute' limit 1

select "id", "audit_retention_days" from "tenants" where "audit_retention_days" is not null

select remove_audit_before($1, $2) as removed

select tenant_id from list_tenants_to_seal($1)

select ensure_audit_partition(now() + $1::interval)

select ensure_audit_partition(now() + $1::interval)

select drop_empty_audit_partitions()
