import type { SsoConnection } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import * as repository from './repository.ts';

/** The connection as its admin sees it; null where there is none. */
export async function findDescribed(db: TenantDb, actor: Pick<Actor, 'user_id'>): Promise<SsoConnection | null> {
  const row = await repository.findConnection(db);
  if (!row) return null;
  const { issuer, client_id, secret_hint, secret_fingerprint, scopes, role_claim, creates_users, enabled, sso_only, created_at, updated_at, version } = row;
  const rules = await repository.listRules(db);
  return {
    ...{ issuer, client_id, secret_hint, secret_fingerprint, scopes, role_claim, creates_users, enabled, sso_only, created_at, updated_at, version },
    domains: await repository.listDomains(db),
    role_rules: rules.flatMap(({ value, role }) => (value === null ? [] : [{ value, role }])),
    default_role: rules.find(({ value }) => value === null)?.role ?? null,
    test: row.tested_at === null ? null : { at: row.tested_at, by_me: row.tested_by === actor.user_id },
    people_count: await repository.countPeople(db),
  };
}

export async function getDescribed(db: TenantDb, actor: Pick<Actor, 'user_id'>): Promise<SsoConnection> {
  const found = await findDescribed(db, actor);
  if (!found) throw new AppError('RESOURCE_NOT_FOUND');
  return found;
}

export type Settings = ReturnType<typeof describeForAudit>;

/** What was chosen, as an auditor reads it: of the secret the fingerprint, by which one is told from another. */
export function describeForAudit(connection: SsoConnection) {
  const { issuer, client_id, secret_fingerprint, scopes, role_claim, role_rules, default_role, creates_users, enabled, sso_only } = connection;
  return { issuer, client_id, secret_fingerprint, scopes, domains: connection.domains.map(({ domain }) => domain), role_claim, role_rules, default_role, creates_users, enabled, sso_only };
}
