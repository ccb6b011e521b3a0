select "id", "title", "title_source", "system_prompt", "version" from "conversations" where "id" = $1 and "user_id" = $2 for update

select "id", "system_prompt" from "conversations" where "id" = $1 and "user_id" = $2

insert into "messages" ("tenant_id", "id", "conversation_id", "parent_id", "content", "role", "status") values ($1, $2, $3, $4, $5, $6, $7)

insert into "messages" ("tenant_id", "id", "conversation_id", "parent_id", "reply_id", "role", "content", "status", "model", "supplier") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

insert into "replies" ("tenant_id", "id", "message_id", "conversation_id", "user_id", "model", "supplier", "credential_id", "price", "request_id", "instance_id") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

select "id" from "replies" where "conversation_id" = $1 and "status" = 'running'


    with recursive path as (
      select id, parent_id, 1 as depth, octet_length(content::text)::bigint as bytes from messages where id = $1
      union all
      select parent.id, parent.parent_id, path.depth + 1, path.bytes + octet_length(parent.content::text)
      from messages parent join path on parent.id = path.parent_id where path.depth < $2 and path.bytes < $3)
    select m.role, m.content from path join messages m on m.id = path.id where path.depth = 1 or path.bytes <= $4 order by path.depth desc


    with appended as (
      insert into reply_events (tenant_id, reply_id, seq, event, data)
      select $1::uuid, row.reply_id, row.seq, row.event, row.data
      from unnest($2::uuid[], $3::int[],
        $4::text[], $5::json[])
        as row (reply_id, seq, event, data)
      )
    select pg_notify('lyss', notice) from unnest($6::text[]) as notice


    with appended as (
      insert into reply_events (tenant_id, reply_id, seq, event, data)
      select $1::uuid, row.reply_id, row.seq, row.event, row.data
      from unnest($2::uuid[], $3::int[],
        $4::text[], $5::json[])
        as row (reply_id, seq, event, data)
      on conflict (tenant_id, reply_id, seq) do nothing)
    select pg_notify('lyss', notice) from unnest($6::text[]) as notice

select "seq", "event", "data" from "reply_events" where "reply_id" = $1 and "seq" > $2 order by "seq" limit $3

select "replies"."status", "log"."seq", "log"."event", "log"."data" from "replies" left join lateral (select "seq", "event", "data" from "reply_events" where "reply_events"."reply_id" = "replies"."id" and "seq" > $1 order by "seq" limit $2) as "log" on true where "replies"."id" = $3 and "replies"."user_id" = $4 order by "log"."seq"

select "id", "status", "instance_id", "conversation_id", "message_id", "log_removed" from "replies" where "id" = $1 and "user_id" = $2

update "replies" set "stop_requested_at" = now() where "id" = $1 and "status" = $2 and "stop_requested_at" is null

select pg_notify('lyss', $1)

select "replies"."message_id", "replies"."request_id", "replies"."attempt", "conversations"."system_prompt", "users"."locale", least(2147483647, extract(epoch from now() - replies.started_at) * 1000)::int as "lasted_ms" from "replies" inner join "conversations" on "conversations"."id" = "replies"."conversation_id" and "conversations"."tenant_id" = "replies"."tenant_id" inner join "users" on "users"."id" = "replies"."user_id" and "users"."tenant_id" = "replies"."tenant_id" where "replies"."id" = $1 and "replies"."status" = $2


    with recursive path as (
      select id, parent_id, 1 as depth, octet_length(content::text)::bigint as bytes from messages where id = $1
      union all
      select parent.id, parent.parent_id, path.depth + 1, path.bytes + octet_length(parent.content::text)
      from messages parent join path on parent.id = path.parent_id where path.depth < $2 and path.bytes < $3)
    select m.role, m.content from path join messages m on m.id = path.id where path.depth = 1 or path.bytes <= $4 order by path.depth desc

select "seq", "event", "data" from "reply_events" where "reply_id" = $1 and "seq" > $2 order by "seq" limit $3

select "replies".*, "users"."name" as "user_name" from "replies" inner join "users" on "users"."id" = "replies"."user_id" and "users"."tenant_id" = "replies"."tenant_id" where "replies"."id" = $1 and "replies"."status" = $2 for update of "replies"

update "messages" set "status" = $1, "finish_reason" = $2, "duration_ms" = $3, "time_to_first_token_ms" = $4, "content" = $5, "usage" = $6, "error" = $7 where "id" = $8

update "replies" set "status" = $1, "attempt" = $2, "ended_at" = now() where "id" = $3

delete from "reply_events" where "reply_id" = $1

update "replies" set "log_removed" = $1 where "id" = $2

select * from list_running_replies()

select * from list_finished_replies($1, $2)
