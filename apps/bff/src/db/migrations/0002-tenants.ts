import { sql, type Kysely } from 'kysely';
import { createTenantTable, wallStatements, type TenantTable } from '../tenant-table.ts';

const identity: TenantTable[] = [
  {
    name: 'data_keys',
    columns: `wrapped bytea not null, master_key_id text not null, active boolean not null default true, created_at timestamptz(3) not null default now()`,
    owner_reads: true,
  },
  {
    name: 'users',
    columns: `email text not null, name text not null, password_hash text, roles text[] not null,
      status text not null default 'invited' check (status in ('invited', 'active', 'disabled')),
      locale text not null, theme text not null default 'system', time_zone text,
      epoch integer not null default 1, last_seen_at timestamptz(3), version integer not null default 1,
      created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now()`,
    owner_reads: true,
  },
  {
    name: 'roles',
    columns: `name text not null, description text not null default '', permissions text[] not null, version integer not null default 1,
      created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now()`,
    owner_reads: true,
  },
  {
    name: 'user_roles',
    columns: `user_id uuid not null, role_id uuid not null, created_at timestamptz(3) not null default now(), unique (tenant_id, user_id, role_id)`,
    references: [
      { column: 'user_id', table: 'users' },
      { column: 'role_id', table: 'roles', on_delete: 'restrict' },
    ],
    owner_reads: true,
  },
  {
    name: 'sessions',
    columns: `user_id uuid not null, user_agent text not null, address text not null, carrier text not null check (carrier in ('cookie', 'bearer')),
      created_at timestamptz(3) not null default now(), last_used_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null, revoked_at timestamptz(3), revoke_reason text`,
    references: [{ column: 'user_id', table: 'users' }],
    owner_reads: true,
  },
  {
    name: 'refresh_tokens',
    columns: `session_id uuid not null, token_hash bytea not null unique, parent_id uuid, used_at timestamptz(3),
      idle_expires_at timestamptz(3) not null, created_at timestamptz(3) not null default now()`,
    references: [{ column: 'session_id', table: 'sessions' }],
    owner_reads: true,
  },
  {
    name: 'user_tokens',
    columns: `user_id uuid not null, purpose text not null check (purpose in ('invitation', 'password_reset')), token_hash bytea not null unique,
      expires_at timestamptz(3) not null, used_at timestamptz(3), created_at timestamptz(3) not null default now()`,
    references: [{ column: 'user_id', table: 'users' }],
    owner_reads: true,
  },
  {
    name: 'idempotency_keys',
    columns: `user_id uuid not null, key text not null, endpoint text not null, body_hash bytea not null,
      status integer, content_type text, body bytea, location text,
      created_at timestamptz(3) not null default now(), unique (tenant_id, user_id, key)`,
    references: [{ column: 'user_id', table: 'users' }],
    owner_reads: true,
  },
];

const chat: TenantTable[] = [
  {
    name: 'supplier_credentials',
    columns: `provider text not null, name text not null, base_url text not null, sealed_key bytea, key_hint text, key_fingerprint text,
      key_changed_at timestamptz(3), models text[] not null default '{}', enabled boolean not null default true,
      status text not null default 'untested' check (status in ('untested', 'healthy', 'failing')), last_test jsonb,
      version integer not null default 1, created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now(),
      unique (tenant_id, name)`,
  },
  {
    name: 'conversations',
    columns: `user_id uuid not null, title text, title_source text check (title_source in ('person', 'model')), model text, system_prompt text,
      pinned boolean not null default false, archived boolean not null default false, version integer not null default 1,
      last_message_at timestamptz(3) not null default now(), created_at timestamptz(3) not null default now(), updated_at timestamptz(3) not null default now()`,
    references: [{ column: 'user_id', table: 'users' }],
  },
  {
    name: 'messages',
    columns: `conversation_id uuid not null, parent_id uuid, reply_id uuid, role text not null check (role in ('system', 'user', 'assistant', 'tool')),
      content jsonb not null, status text not null check (status in ('running', 'complete', 'stopped', 'interrupted', 'failed')),
      model text, supplier text, finish_reason text, usage jsonb, error jsonb, duration_ms integer, time_to_first_token_ms integer,
      created_at timestamptz(3) not null default now()`,
    references: [
      { column: 'conversation_id', table: 'conversations' },
      { column: 'parent_id', table: 'messages' },
    ],
  },
  {
    name: 'replies',
    columns: `conversation_id uuid not null, message_id uuid not null, user_id uuid not null, model text not null, supplier text not null,
      credential_id uuid, price jsonb, request_id text not null, instance_id uuid not null, attempt integer not null default 1,
      status text not null default 'running' check (status in ('running', 'complete', 'stopped', 'interrupted', 'failed')),
      log_removed boolean not null default false, stop_requested_at timestamptz(3), started_at timestamptz(3) not null default now(), ended_at timestamptz(3)`,
    references: [
      { column: 'conversation_id', table: 'conversations' },
      { column: 'message_id', table: 'messages' },
      { column: 'user_id', table: 'users' },
    ],
    owner_reads: true,
  },
  {
    name: 'usage_records',
    columns: `user_id uuid not null, conversation_id uuid, reply_id uuid, model text not null, supplier text not null, credential_id uuid,
      input_tokens bigint not null, output_tokens bigint not null, cached_tokens bigint not null, reasoning_tokens bigint not null,
      estimated boolean not null, cost_nano bigint, currency text, outcome text not null,
      duration_ms integer not null, time_to_first_token_ms integer, request_id text not null, created_at timestamptz(3) not null default now(),
      unique (tenant_id, reply_id)`,
    append_only: true,
  },
];

const indexes = [
  `create unique index users_email_index on users (tenant_id, lower(email))`,
  `create index users_created_at_index on users (tenant_id, created_at, id)`,
  `create index users_lookup_index on users (lower(email))`,
  `create unique index roles_name_index on roles (tenant_id, lower(name))`,
  `create unique index data_keys_active_index on data_keys (tenant_id) where active`,
  `create index idempotency_keys_created_at_index on idempotency_keys (created_at)`,
  `create index sessions_ended_index on sessions (least(expires_at, revoked_at))`,
  `create index user_tokens_expires_at_index on user_tokens (expires_at)`,
  `create index conversations_recent_index on conversations (tenant_id, user_id, last_message_at, id)`,
  `create index messages_page_index on messages (tenant_id, conversation_id, created_at, id)`,
  `create index replies_running_index on replies (instance_id) where status = 'running'`,
  `create index replies_ended_at_index on replies (ended_at) where ended_at is not null and not log_removed`,
  `create index replies_in_conversation_index on replies (tenant_id, conversation_id) where status = 'running'`,
  `create index usage_records_created_at_index on usage_records (tenant_id, created_at, id)`,
];

// A removed credential leaves its replies; of the composite key only its own column may become null. PostgreSQL 15 and later.
const credentialStatements = [
  `alter table replies add constraint replies_credential_fkey foreign key (tenant_id, credential_id) references supplier_credentials (tenant_id, id) on delete set null (credential_id)`,
  `create index replies_credential_id_index on replies (tenant_id, credential_id)`,
];

/** The event log of replies: no id of its own, one row a delivered event; as json, not jsonb, so that whoever reads it later gets the same bytes. */
function replyEventStatements(appRole: string): string[] {
  return [
    `create table reply_events (tenant_id uuid not null, reply_id uuid not null, seq integer not null, event text not null, data json not null,
       primary key (tenant_id, reply_id, seq),
       foreign key (tenant_id, reply_id) references replies (tenant_id, id) on delete cascade)`,
    ...wallStatements('reply_events', appRole),
    `grant select, insert, delete on reply_events to ${appRole}`,
  ];
}

function auditStatements(appRole: string): string[] {
  return [
    `create table audit_entries (
       tenant_id uuid not null references tenants (id) on delete cascade, id uuid not null, at timestamptz(3) not null default now(),
       actor_user_id uuid, actor_name text, action text not null, resource_type text not null, resource_id text,
       outcome text not null check (outcome in ('success', 'refused', 'failed')), request_id text not null, address text not null, details jsonb,
       primary key (tenant_id, at, id)) partition by range (at)`,
    `create table audit_entries_default partition of audit_entries default`,
    `create index audit_entries_resource_index on audit_entries (tenant_id, resource_type, resource_id, at)`,
    ...wallStatements('audit_entries', appRole),
    // A partition is a table of its own: reached directly it must be behind the same wall, so nobody gets rights on it.
    ...wallStatements('audit_entries_default', appRole),
    `grant select, insert on audit_entries to ${appRole}`,
  ];
}

/** Everything a tenant owns. */
export async function createTenantTables(db: Kysely<unknown>, appRole: string): Promise<void> {
  for (const table of [...identity, ...chat]) await createTenantTable(db, table, appRole);
  for (const statement of [...indexes, ...credentialStatements, ...replyEventStatements(appRole), ...auditStatements(appRole)]) await sql.raw(statement).execute(db);
}
