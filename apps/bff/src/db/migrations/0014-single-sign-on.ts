import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';
import { createTenantTable, type TenantTable } from '../tenant-table.ts';

const tables: TenantTable[] = [
  {
    // What its writer could grant is kept with it: a connection lets in nobody who may do more than that person.
    name: 'sso_connections',
    columns: `issuer text not null, token_origin text not null, client_id text not null, sealed_secret bytea not null, secret_hint text not null, secret_fingerprint text not null,
      scopes text[] not null, role_claim text, creates_users boolean not null, enabled boolean not null, sso_only boolean not null default false,
      vouched_roles text[] not null, vouched text[] not null, tested_by uuid, tested_at timestamptz(3),
      version integer not null default 1, created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now(),
      unique (tenant_id), check (enabled or not sso_only)`,
    owner_reads: true,
  },
  {
    name: 'sso_domains',
    columns: `connection_id uuid not null, domain text not null check (domain = lower(domain)), state text not null check (state in ('pending', 'approved', 'refused')),
      decided_at timestamptz(3), created_at timestamptz(3) not null default now(), unique (tenant_id, domain)`,
    references: [{ column: 'connection_id', table: 'sso_connections' }],
    owner_reads: true,
  },
  {
    // Without a value of the claim it is the default role.
    name: 'sso_role_rules',
    columns: `connection_id uuid not null, position integer not null, claim_value text, system_role text check (system_role in ('tenant_admin', 'end_user')), role_id uuid,
      check (num_nonnulls(system_role, role_id) = 1)`,
    references: [
      { column: 'connection_id', table: 'sso_connections' },
      { column: 'role_id', table: 'roles' },
    ],
  },
  {
    // Who somebody is there, for good: an address that was given to another person opens nothing.
    name: 'sso_identities',
    columns: `connection_id uuid not null, user_id uuid not null, issuer text not null, subject text not null,
      last_used_at timestamptz(3) not null default now(), created_at timestamptz(3) not null default now(),
      unique (tenant_id, connection_id, subject), unique (tenant_id, connection_id, user_id)`,
    references: [
      { column: 'connection_id', table: 'sso_connections' },
      { column: 'user_id', table: 'users' },
    ],
  },
  {
    // Hashes alone: nonce and code verifier are derived from what the browser keeps.
    name: 'sso_attempts',
    columns: `connection_id uuid not null, connection_version integer not null, user_id uuid, state_hash bytea not null unique, browser_hash bytea not null,
      expires_at timestamptz(3) not null, used_at timestamptz(3)`,
    references: [
      { column: 'connection_id', table: 'sso_connections' },
      { column: 'user_id', table: 'users' },
    ],
    owner_reads: true,
  },
];

const statements = [
  // Of the whole instance: a domain that two tenants had would sign its people in to either.
  `create unique index sso_domains_approved_index on sso_domains (domain) where state = 'approved'`,
  `create index sso_attempts_expiry_index on sso_attempts (tenant_id, expires_at)`,
  `comment on column sso_attempts.user_id is 'of a test: the admin who began it; a sign-in has none yet'`,
];

const doors: Door[] = [
  {
    signature: `find_sso_domain(wanted text)`,
    returns: `table (tenant_id uuid, organisation text, sso_only boolean)`,
    language: 'sql stable',
    body: `
       select d.tenant_id, t.name, c.sso_only from sso_domains d join sso_connections c on c.tenant_id = d.tenant_id and c.id = d.connection_id join tenants t on t.id = d.tenant_id
       where d.domain = wanted and d.state = 'approved' and c.enabled and t.state = 'active'`,
  },
  {
    signature: `find_sso_attempt(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, workspace text, attempt_id uuid)`,
    language: 'sql stable',
    body: `
       select a.tenant_id, t.workspace, a.id from sso_attempts a join tenants t on t.id = a.tenant_id where a.state_hash = wanted_hash`,
  },
  {
    signature: `list_sign_in_domains(wanted uuid)`,
    returns: `table (id uuid, domain text, state text, requested_at timestamptz, decided_at timestamptz, tenant_id uuid, tenant_name text, workspace text, sso_only boolean)`,
    language: 'sql stable',
    body: `
       select d.id, d.domain, d.state, d.created_at, d.decided_at, t.id, t.name, t.workspace, c.sso_only
       from sso_domains d join sso_connections c on c.tenant_id = d.tenant_id and c.id = d.connection_id join tenants t on t.id = d.tenant_id
       where wanted is null or d.id = wanted order by d.state <> 'pending', d.domain, t.workspace limit 1000`,
  },
];

/** Sign-in through a tenant's own identity provider. */
export async function createSingleSignOn(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of tables) await createTenantTable(db, table, appRole);
  for (const statement of statements) await sql.raw(statement).execute(db);
  await createDoors(db, appRole, doors);
}
