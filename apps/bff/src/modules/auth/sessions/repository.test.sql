select "id", "user_agent", "address", "carrier", "created_at", "last_used_at", "expires_at" from "sessions" where "user_id" = $1 and "revoked_at" is null and "expires_at" > now() and exists (select 1 from refresh_tokens r where r.tenant_id = sessions.tenant_id and r.session_id = sessions.id and r.used_at is null and r.idle_expires_at > now()) order by "last_used_at" desc nulls last, "id" desc limit $2

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "id" = $2 and "user_id" = $3 and "revoked_at" is null and "expires_at" > now()

update "sessions" set "revoked_at" = now(), "revoke_reason" = $1 where "user_id" = $2 and "id" <> $3 and "revoked_at" is null returning "id"
