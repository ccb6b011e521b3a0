select "conversations"."id", "conversations"."title", "conversations"."model", "conversations"."system_prompt", "conversations"."pinned", "conversations"."archived", "conversations"."last_message_at", "conversations"."created_at", "conversations"."updated_at", "conversations"."version", (select "replies"."id" from "replies" where "replies"."conversation_id" = "conversations"."id" and "replies"."status" = 'running' order by "replies"."id" desc limit $1) as "running_reply_id" from "conversations" where "conversations"."user_id" = $2 and "archived" = $3 and "pinned" = $4 and "title" ilike $5 order by "last_message_at" desc, "id" desc limit $6

select "conversations"."id", "conversations"."title", "conversations"."model", "conversations"."system_prompt", "conversations"."pinned", "conversations"."archived", "conversations"."last_message_at", "conversations"."created_at", "conversations"."updated_at", "conversations"."version", (select "replies"."id" from "replies" where "replies"."conversation_id" = "conversations"."id" and "replies"."status" = 'running' order by "replies"."id" desc limit $1) as "running_reply_id" from "conversations" where "conversations"."user_id" = $2 and "conversations"."id" = $3

insert into "conversations" ("tenant_id", "id", "user_id", "title", "model", "system_prompt", "title_source") values ($1, $2, $3, $4, $5, $6, $7)

update "conversations" set "title" = $1, "title_source" = $2, "version" = "version" + $3, "updated_at" = now() where "id" = $4 and "version" = $5

select "id", "conversation_id", "parent_id", "reply_id", "role", "content", "status", "model", "supplier", "finish_reason", "usage", "error", "duration_ms", "time_to_first_token_ms", "created_at" from "messages" where "conversation_id" = $1 order by "created_at" desc, "id" desc limit $2

update "conversations" set "title" = $1, "title_source" = $2, "version" = "version" + $3, "updated_at" = now() where "id" = $4 and "title_source" is null

delete from "conversations" where "id" = $1
