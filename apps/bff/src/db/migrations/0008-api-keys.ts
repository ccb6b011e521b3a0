import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';
import { granted } from './0003-lookups.ts';

const tables: TenantTable[] = [
  {
    name: 'api_keys',
    columns: `user_id uuid not null, name text not null, hint text not null, scopes text[] not null check (scopes <> '{}'), models text[],
      allowed_networks text[] not null default '{}', expires_at timestamptz(3), last_used_at timestamptz(3), rotated_at timestamptz(3), revoked_at timestamptz(3),
      version integer not null default 1, created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now()`,
    references: [{ column: 'user_id', table: 'users' }],
    owner_reads: true,
  },
  {
    // The current one never ends by itself; one that was rotated out ends with its overlap.
    name: 'api_key_secrets',
    columns: `api_key_id uuid not null, secret_hash bytea not null unique, expires_at timestamptz(3), created_at timestamptz(3) not null default now()`,
    references: [{ column: 'api_key_id', table: 'api_keys' }],
    owner_reads: true,
  },
];

const indexes = [
  `create index api_keys_created_at_index on api_keys (tenant_id, created_at, id)`,
  `create index api_keys_ended_index on api_keys (least(expires_at, revoked_at))`,
  // A key has one current secret, whoever rotates it at once.
  `create unique index api_key_secrets_current_index on api_key_secrets (tenant_id, api_key_id) where expires_at is null`,
];

// Heard by every replica, as what 0007 tells of sessions and rights; not told when a key is merely used.
const triggers = [
  `create trigger tell_change after update of scopes, models, allowed_networks, expires_at, revoked_at on api_keys for each row execute function tell_change('rights', 'tenant_id')`,
  `create trigger tell_change after update of expires_at on api_key_secrets for each row execute function tell_change('rights', 'tenant_id')`,
];

const withPerson = `from api_key_secrets s join api_keys k on k.tenant_id = s.tenant_id and k.id = s.api_key_id
       join users u on u.tenant_id = k.tenant_id and u.id = k.user_id join tenants t on t.id = k.tenant_id`;

const doors: Door[] = [
  {
    signature: `find_api_key(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, email text, name text, roles text[], granted text[], user_status text, api_key_id uuid, secret_id uuid,
       scopes text[], models text[], allowed_networks text[], key_ends timestamptz, secret_ends timestamptz, is_revoked boolean, last_used_at timestamptz)`,
    language: 'sql stable',
    body: `
       select k.tenant_id, t.state, u.id, u.email, u.name, u.roles, ${granted}, u.status, k.id, s.id,
         k.scopes, k.models, k.allowed_networks, k.expires_at, s.expires_at, k.revoked_at is not null, k.last_used_at
       ${withPerson} where s.secret_hash = wanted_hash`,
  },
  {
    signature: `list_live_api_keys(wanted uuid[])`,
    returns: `table (secret_id uuid, roles text[], granted text[], scopes text[], models text[], allowed_networks text[])`,
    language: 'sql stable',
    body: `
       select s.id, u.roles, ${granted}, k.scopes, k.models, k.allowed_networks ${withPerson}
       where s.id = any (wanted) and k.revoked_at is null and least(k.expires_at, s.expires_at, 'infinity') > now() and u.status = 'active' and t.state = 'active'`,
  },
  {
    signature: `list_tenants_with_ended_keys(before timestamptz)`,
    returns: `table (tenant_id uuid)`,
    language: 'sql stable',
    body: `
       select distinct k.tenant_id from api_keys k where least(k.expires_at, k.revoked_at) < before`,
  },
];

/** People's API keys: what each may do, and the hashes by which it is known. */
export async function createApiKeys(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of [...indexes, ...triggers]) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
}
