select "created_at", "last_used_at" from "totp_factors" where "user_id" = $1 and "confirmed_at" is not null

select "id", "name", "is_synced", "created_at", "last_used_at", "version" from "passkeys" where "user_id" = $1 order by "created_at", "id"

select count(*) filter (where used_at is null) as "left", max(created_at) as "created_at" from "recovery_codes" where "user_id" = $1

delete from "totp_factors" where "user_id" = $1 and "confirmed_at" is null

insert into "totp_factors" ("tenant_id", "id", "user_id", "sealed_secret", "expires_at") values ($1, $2, $3, $4, $5)

select "id", "sealed_secret", "last_step", "created_at" from "totp_factors" where "user_id" = $1 and "confirmed_at" is null and "expires_at" > now()

select "id" from "totp_factors" where "id" = $1 and "user_id" = $2 and "confirmed_at" is null for update

delete from "totp_factors" where "user_id" = $1 and "confirmed_at" is not null

update "totp_factors" set "confirmed_at" = now(), "last_step" = $1 where "id" = $2

select "id", "sealed_secret", "last_step", "created_at" from "totp_factors" where "user_id" = $1 and "confirmed_at" is not null

update "totp_factors" set "last_step" = $1, "last_used_at" = now() where "id" = $2 and "last_step" < $3 and "confirmed_at" is not null

select "id", "credential_id", "transports" from "passkeys" where "user_id" = $1 order by "created_at", "id"

select "id", "name", "credential_id", "public_key" from "passkeys" where "user_id" = $1 and "credential_id" = $2

insert into "passkeys" ("tenant_id", "id", "user_id", "name", "counter", "credential_id", "public_key", "transports", "is_synced") values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning "id", "name", "is_synced", "created_at", "last_used_at", "version"

update "passkeys" set "counter" = $1, "last_used_at" = now() where "id" = $2 and (counter < $3 or (counter = 0 and $4 = 0))

select "id", "name", "is_synced", "created_at", "last_used_at", "version" from "passkeys" where "id" = $1 and "user_id" = $2 for update

delete from "passkeys" where "id" = $1

delete from "recovery_codes" where "user_id" = $1

insert into "recovery_codes" ("tenant_id", "id", "user_id", "code_hash") values ($1, $2, $3, $4)

update "recovery_codes" set "used_at" = now() where "user_id" = $1 and "code_hash" = $2 and "used_at" is null

select "password_is_short" from "users" where "id" = $1

select proved_at + make_interval(secs => $1) as "until" from "sessions" where "id" = $2 and proved_at + make_interval(secs => $3) > now()

update "sessions" set "proved_at" = now() where "id" = $1

insert into "factor_challenges" ("tenant_id", "id", "user_id", "purpose", "carrier", "epoch", "challenge_hash", "expires_at") values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))

update "factor_challenges" set "used_at" = now() where "challenge_hash" = $1 and "user_id" = $2 and "session_id" = $3 and "purpose" = $4 and "used_at" is null and "expires_at" > now()

update "factor_challenges" set "tries" = "tries" + $1 where id = $2 and purpose = 'second_step' and carrier = $3 and used_at is null and expires_at > now()
    and exists (select 1 from users u where u.tenant_id = factor_challenges.tenant_id and u.id = factor_challenges.user_id and u.epoch = factor_challenges.epoch) and "tries" < $4 returning "tries"

update "factor_challenges" set "used_at" = now() where id = $1 and purpose = 'second_step' and carrier = $2 and used_at is null and expires_at > now()
    and exists (select 1 from users u where u.tenant_id = factor_challenges.tenant_id and u.id = factor_challenges.user_id and u.epoch = factor_challenges.epoch)

delete from "factor_challenges" where "expires_at" < $1

delete from "totp_factors" where "confirmed_at" is null and "expires_at" < $1

select * from find_factor_challenge($1)

select * from find_passkey($1)

select * from list_tenants_with_old_challenges($1)

insert into "passkey_challenges" ("challenge_hash", "expires_at") values ($1, now() + make_interval(secs => $2))

update "passkey_challenges" set "used_at" = now() where "challenge_hash" = $1 and "used_at" is null and "expires_at" > now()

delete from "passkey_challenges" where "expires_at" < $1
