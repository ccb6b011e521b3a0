import { sql, type Kysely } from 'kysely';
import { createDoors } from '../door.ts';

const statements = [
  `alter table tenants
     add column password_min_length integer not null default 15 check (password_min_length between 15 and 128),
     add column password_blocked_words text[] not null default '{}',
     add column session_idle_minutes integer check (session_idle_minutes between 5 and 720),
     add column session_absolute_minutes integer check (session_absolute_minutes between 15 and 10080),
     add column conversation_retention_days integer check (conversation_retention_days >= 1),
     add column session_retention_days integer default 30 check (session_retention_days >= 30)`,
  // Whoever starts or renews a session, by whichever way in, comes past these; a policy is felt at the next refresh.
  `create trigger keep_session_policy before insert or update of last_used_at on sessions for each row execute function shorten_session()`,
  `create trigger keep_session_policy before insert on refresh_tokens for each row execute function shorten_idle()`,
  `create index conversations_last_message_index on conversations (tenant_id, last_message_at)`,
];

const shortenSession = `
declare
  most integer;
begin
  select t.session_absolute_minutes into most from tenants t where t.id = new.tenant_id;
  if most is not null then new.expires_at := least(new.expires_at, new.created_at + make_interval(mins => most)); end if;
  return new;
end`;

const shortenIdle = `
declare
  most integer;
begin
  select t.session_idle_minutes into most from tenants t where t.id = new.tenant_id;
  if most is not null then new.idle_expires_at := least(new.idle_expires_at, now() + make_interval(mins => most)); end if;
  return new;
end`;

/** What a tenant's admin says of passwords, sessions and how long things are kept; sessions are held to it here. */
export async function addTenantPolicies(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createDoors(db, appRole, [
    { signature: 'shorten_session()', returns: 'trigger', language: 'plpgsql', body: shortenSession },
    { signature: 'shorten_idle()', returns: 'trigger', language: 'plpgsql', body: shortenIdle },
  ]);
  for (const statement of statements) await sql.raw(statement).execute(db);
}
