import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';
import { granted } from './0003-lookups.ts';

const person = [{ column: 'user_id', table: 'users' }];

const tables: TenantTable[] = [
  {
    // One that counts, and beside it at most one whose first code is still awaited.
    name: 'totp_factors',
    columns: `user_id uuid not null, sealed_secret bytea not null, last_step bigint not null default 0, confirmed_at timestamptz(3), last_used_at timestamptz(3),
      expires_at timestamptz(3) not null, created_at timestamptz(3) not null default now()`,
    references: person,
    owner_reads: true,
  },
  {
    // An authenticator's credential is one person's in all the platform (WebAuthn level 3, §7.1).
    name: 'passkeys',
    columns: `user_id uuid not null, credential_id bytea not null unique, public_key bytea not null, counter bigint not null, transports text[] not null, is_synced boolean not null,
      name text not null, last_used_at timestamptz(3), version integer not null default 1, created_at timestamptz(3) not null default now()`,
    references: person,
    owner_reads: true,
  },
  {
    name: 'recovery_codes',
    columns: `user_id uuid not null, code_hash bytea not null, used_at timestamptz(3), created_at timestamptz(3) not null default now(), unique (tenant_id, user_id, code_hash)`,
    references: person,
  },
  {
    // `epoch`: what a person was when it was given out; another password or other roles end it.
    name: 'factor_challenges',
    columns: `user_id uuid not null, purpose text not null check (purpose in ('second_step', 'registration', 'proof')), challenge_hash bytea not null unique,
      carrier text check (carrier in ('cookie', 'bearer')), session_id uuid, epoch integer not null, tries integer not null default 0,
      expires_at timestamptz(3) not null, used_at timestamptz(3), created_at timestamptz(3) not null default now()`,
    references: person,
    owner_reads: true,
  },
];

const listStatements = (appRole: string) => [
  `create unique index totp_factors_confirmed_index on totp_factors (tenant_id, user_id) where confirmed_at is not null`,
  `create unique index totp_factors_awaited_index on totp_factors (tenant_id, user_id) where confirmed_at is null`,
  `create index factor_challenges_expiry_index on factor_challenges (expires_at)`,
  // Of whoever has not said yet who they are.
  `create table passkey_challenges (challenge_hash bytea primary key, expires_at timestamptz(3) not null, used_at timestamptz(3))`,
  `create index passkey_challenges_expiry_index on passkey_challenges (expires_at)`,
  `grant select, insert, update, delete on passkey_challenges to ${appRole}`,
  `alter table tenants add column require_second_factor text not null default 'none' check (require_second_factor in ('none', 'admins', 'everyone'))`,
  // When this session last proved who it is: at sign-in, or later.
  `alter table sessions add column proved_at timestamptz(3) not null default now()`,
  `update sessions set proved_at = created_at`,
  // A password of 8 to 14 characters, which a second factor allows.
  `alter table users add column password_is_short boolean not null default false`,
  `create trigger tell_change_factor after insert or delete on passkeys for each row execute function tell_change('rights', 'tenant_id')`,
  `create trigger tell_change_factor after update of confirmed_at or delete on totp_factors for each row execute function tell_change('rights', 'tenant_id')`,
  `create trigger tell_change_demand after update of require_second_factor on tenants for each row
     when (old.require_second_factor is distinct from new.require_second_factor) execute function tell_change('rights', 'id')`,
  ...['find_actor', 'list_live_sessions', 'find_api_key', 'list_live_api_keys'].map((name) => `drop function ${name}`),
];

const enrolled = `(exists (select 1 from totp_factors f where f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null)
         or exists (select 1 from passkeys f where f.tenant_id = u.tenant_id and f.user_id = u.id))`;
const factors = `has_second_factor boolean, require_second_factor text`;

const withPerson = `from api_key_secrets s join api_keys k on k.tenant_id = s.tenant_id and k.id = s.api_key_id
       join users u on u.tenant_id = k.tenant_id and u.id = k.user_id join tenants t on t.id = k.tenant_id`;

const doors: Door[] = [
  {
    signature: `find_actor(wanted_session uuid)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, email text, name text, roles text[], granted text[], user_status text, epoch integer,
       session_ends timestamptz, session_revoked boolean, ${factors})`,
    language: 'sql stable',
    body: `
       select s.tenant_id, t.state, u.id, u.email, u.name, u.roles, ${granted}, u.status, u.epoch, s.expires_at, s.revoked_at is not null, ${enrolled}, t.require_second_factor
       from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id join tenants t on t.id = s.tenant_id
       where s.id = wanted_session`,
  },
  {
    signature: `list_live_sessions(wanted uuid[])`,
    returns: `table (session_id uuid, roles text[], granted text[], ${factors})`,
    language: 'sql stable',
    body: `
       select s.id, u.roles, ${granted}, ${enrolled}, t.require_second_factor
       from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id join tenants t on t.id = s.tenant_id
       where s.id = any (wanted) and s.revoked_at is null and s.expires_at > now() and u.status = 'active' and t.state = 'active'`,
  },
  {
    signature: `find_api_key(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, email text, name text, roles text[], granted text[], user_status text, api_key_id uuid, secret_id uuid,
       scopes text[], models text[], allowed_networks text[], key_ends timestamptz, secret_ends timestamptz, is_revoked boolean, last_used_at timestamptz, ${factors})`,
    language: 'sql stable',
    body: `
       select k.tenant_id, t.state, u.id, u.email, u.name, u.roles, ${granted}, u.status, k.id, s.id,
         k.scopes, k.models, k.allowed_networks, k.expires_at, s.expires_at, k.revoked_at is not null, k.last_used_at, ${enrolled}, t.require_second_factor
       ${withPerson} where s.secret_hash = wanted_hash`,
  },
  {
    signature: `list_live_api_keys(wanted uuid[])`,
    returns: `table (secret_id uuid, roles text[], granted text[], scopes text[], models text[], allowed_networks text[], ${factors})`,
    language: 'sql stable',
    body: `
       select s.id, u.roles, ${granted}, k.scopes, k.models, k.allowed_networks, ${enrolled}, t.require_second_factor ${withPerson}
       where s.id = any (wanted) and k.revoked_at is null and least(k.expires_at, s.expires_at, 'infinity') > now() and u.status = 'active' and t.state = 'active'`,
  },
  {
    signature: `find_factor_challenge(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, challenge_id uuid)`,
    language: 'sql stable',
    body: `
       select c.tenant_id, t.state, c.user_id, c.id from factor_challenges c join tenants t on t.id = c.tenant_id where c.challenge_hash = wanted_hash`,
  },
  {
    signature: `find_passkey(wanted_credential bytea)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, passkey_id uuid)`,
    language: 'sql stable',
    body: `
       select p.tenant_id, t.state, p.user_id, p.id from passkeys p join tenants t on t.id = p.tenant_id where p.credential_id = wanted_credential`,
  },
  {
    signature: `list_tenants_with_old_challenges(before timestamptz)`,
    returns: `table (tenant_id uuid)`,
    language: 'sql stable',
    body: `
       select c.tenant_id from factor_challenges c where c.expires_at < before union select f.tenant_id from totp_factors f where f.confirmed_at is null and f.expires_at < before`,
  },
];

/** Second factors, their one-use challenges, and who may not go on without one. */
export async function createSecondFactors(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of listStatements(appRole)) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
}
