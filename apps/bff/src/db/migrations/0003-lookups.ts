import type { Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';

/** What a person's roles of the tenant's own grant. */
export const granted = `array(select distinct p from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id, unnest(r.permissions) p
         where ur.tenant_id = u.tenant_id and ur.user_id = u.id)`;

/** The few doors through the wall: each looks one thing up across tenants and returns no more than its caller needs. */
const doors: Door[] = [
  {
    signature: `find_sign_in(wanted_email text, wanted_workspace text)`,
    returns: `table (tenant_id uuid, workspace text, tenant_name text, tenant_state text, user_id uuid, password_hash text, user_status text)`,
    language: 'sql stable',
    body: `
       select u.tenant_id, t.workspace, t.name, t.state, u.id, u.password_hash, u.status from users u join tenants t on t.id = u.tenant_id
       where lower(u.email) = lower(wanted_email) and (wanted_workspace is null or t.workspace = wanted_workspace)
       order by t.workspace limit 20`,
  },
  {
    signature: `find_refresh_token(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, session_id uuid, token_id uuid)`,
    language: 'sql stable',
    body: `
       select tenant_id, session_id, id from refresh_tokens where token_hash = wanted_hash`,
  },
  {
    signature: `find_user_token(wanted_hash bytea)`,
    returns: `table (tenant_id uuid, user_id uuid, token_id uuid)`,
    language: 'sql stable',
    body: `
       select tenant_id, user_id, id from user_tokens where token_hash = wanted_hash`,
  },
  {
    signature: `find_actor(wanted_session uuid)`,
    returns: `table (tenant_id uuid, tenant_state text, user_id uuid, email text, name text, roles text[], granted text[], user_status text, epoch integer,
       session_ends timestamptz, session_revoked boolean)`,
    language: 'sql stable',
    body: `
       select s.tenant_id, t.state, u.id, u.email, u.name, u.roles, ${granted}, u.status, u.epoch, s.expires_at, s.revoked_at is not null
       from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id join tenants t on t.id = s.tenant_id
       where s.id = wanted_session`,
  },
  {
    signature: `list_live_sessions(wanted uuid[])`,
    returns: `table (session_id uuid, roles text[], granted text[])`,
    language: 'sql stable',
    body: `
       select s.id, u.roles, ${granted} from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id join tenants t on t.id = s.tenant_id
       where s.id = any (wanted) and s.revoked_at is null and s.expires_at > now() and u.status = 'active' and t.state = 'active'`,
  },
  {
    signature: `list_running_replies()`,
    returns: `table (tenant_id uuid, reply_id uuid, instance_id uuid, must_stop boolean)`,
    language: 'sql stable',
    body: `
       select r.tenant_id, r.id, r.instance_id, r.stop_requested_at is not null or u.status <> 'active' or t.state <> 'active'
       from replies r join users u on u.tenant_id = r.tenant_id and u.id = r.user_id join tenants t on t.id = r.tenant_id
       where r.status = 'running'`,
  },
  {
    signature: `list_finished_replies(before timestamptz, at_most integer)`,
    returns: `table (tenant_id uuid, reply_id uuid)`,
    language: 'sql stable',
    body: `
       select r.tenant_id, r.id from replies r where r.ended_at < before and not r.log_removed order by r.ended_at limit at_most`,
  },
  {
    signature: `list_tenant_figures(wanted uuid[])`,
    returns: `table (tenant_id uuid, users_count bigint, last_active_at timestamptz)`,
    language: 'sql stable',
    body: `
       select u.tenant_id, count(*) filter (where u.status <> 'disabled'), max(u.last_seen_at) from users u where u.tenant_id = any (wanted) group by u.tenant_id`,
  },
  {
    signature: `count_workspaces(at_most integer)`,
    returns: `integer`,
    language: 'sql stable',
    body: `
       select count(*)::integer from (select 1 from tenants limit at_most)`,
  },
  {
    signature: `list_tenants_to_tidy(keys_before timestamptz, ended_before timestamptz)`,
    returns: `table (tenant_id uuid)`,
    language: 'sql stable',
    body: `
       select i.tenant_id from idempotency_keys i where i.created_at < keys_before
       union select s.tenant_id from sessions s where least(s.expires_at, s.revoked_at) < ended_before
       union select u.tenant_id from user_tokens u where u.expires_at < ended_before`,
  },
];

/** Look-ups of rows across tenants. */
export const createLookups = (db: Kysely<unknown>, appRole: string): Promise<void> => createDoors(db, appRole, doors);
