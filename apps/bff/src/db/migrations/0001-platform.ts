import { sql, type Kysely } from 'kysely';

const listTenantStatements = (appRole: string) => [
    `create table tenants (
       id uuid primary key,
       name text not null,
       workspace text not null unique,
       state text not null default 'active' check (state in ('active', 'suspended', 'deleting')),
       locale text not null,
       currency text not null,
       time_zone text not null,
       version integer not null default 1,
       created_at timestamptz(3) not null default now(),
       updated_at timestamptz(3) not null default now())`,
    `create index tenants_created_at_index on tenants (created_at, id)`,
    `alter table tenants enable row level security`,
    `alter table tenants force row level security`,
    // A tenant sees itself; the operator's transactions say so by a setting of their own and see the list.
    `create policy own_tenant on tenants for select to ${appRole} using (id = nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    `create policy own_settings on tenants for update to ${appRole} using (id = nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    `create policy platform on tenants to ${appRole} using (current_setting('app.platform', true) = 'on') with check (current_setting('app.platform', true) = 'on')`,
    `create policy owner_reads on tenants for select to current_user using (true)`,
    `grant select, insert, update on tenants to ${appRole}`,
];

const listPlatformStatements = (appRole: string) => [
    `create table platform_facts (name text primary key, value text not null, created_at timestamptz(3) not null default now())`,
    `grant select, insert on platform_facts to ${appRole}`,

    `create table platform_keys (
       id text primary key,
       purpose text not null check (purpose in ('access_token', 'refresh_token', 'app_role')),
       public_jwk jsonb,
       wrapped bytea not null,
       master_key_id text not null,
       state text not null default 'active' check (state in ('active', 'retired')),
       created_at timestamptz(3) not null default now(),
       retired_at timestamptz(3))`,
    `create unique index platform_keys_active_index on platform_keys (purpose) where state = 'active'`,
    `grant select, insert, update on platform_keys to ${appRole}`,

    `create table setup_tokens (
       token_hash bytea primary key,
       expires_at timestamptz(3) not null,
       used_at timestamptz(3),
       created_at timestamptz(3) not null default now())`,
    `grant select, insert, update, delete on setup_tokens to ${appRole}`,
];

const listTrailStatements = (appRole: string) => [
    `create table platform_audit_entries (
       id uuid primary key,
       at timestamptz(3) not null default now(),
       actor_user_id uuid,
       actor_name text,
       action text not null,
       resource_type text not null,
       resource_id text,
       outcome text not null check (outcome in ('success', 'refused', 'failed')),
       request_id text not null,
       address text not null,
       details jsonb)`,
    `create index platform_audit_entries_at_index on platform_audit_entries (at, id)`,
    `grant select, insert on platform_audit_entries to ${appRole}`,

    // rate-limiter-flexible's own shape; it is made here so that the application's role needs no CREATE.
    `create unlogged table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
    `grant select, insert, update, delete on rate_limits to ${appRole}`,
];

/** Tables of the platform itself: tenants, keys, set-up and throttles. */
export async function createPlatform(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const statement of [...listTenantStatements(appRole), ...listPlatformStatements(appRole), ...listTrailStatements(appRole)]) await sql.raw(statement).execute(db);
}
