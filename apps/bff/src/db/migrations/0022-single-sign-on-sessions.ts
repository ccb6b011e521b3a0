import { sql, type Kysely } from 'kysely';

const statements = [
  `alter table sessions add column via text check (via in ('single_sign_on'))`,
  `comment on column sessions.via is 'what let the person in, where it was no password, passkey or link of ours'`,
  // As before, but in no order and without an end: whoever asks searches, sorts and pages.
  `create or replace function list_sign_in_domains(wanted uuid)
     returns table (id uuid, domain text, state text, requested_at timestamptz, decided_at timestamptz, tenant_id uuid, tenant_name text, workspace text, sso_only boolean)
     language sql stable security definer set search_path = pg_catalog, public, pg_temp as $door$
       select d.id, d.domain, d.state, d.created_at, d.decided_at, t.id, t.name, t.workspace, c.sso_only
       from sso_domains d join sso_connections c on c.tenant_id = d.tenant_id and c.id = d.connection_id join tenants t on t.id = d.tenant_id
       where wanted is null or d.id = wanted$door$`,
];

/** Which sessions a tenant's identity provider let in, so that they end with its word for a person; and the operator's domains as a list. */
export async function addSsoSessions(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
