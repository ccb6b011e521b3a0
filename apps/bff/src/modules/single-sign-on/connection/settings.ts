import { mappableRoles, type SsoConnection, type UpdateSsoInput } from '@lyss/api-types';
import { pickChanged } from '../../../audit/pick-changed.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { pickGiven } from '../../../given-fields.ts';
import { appendDecision } from '../domains/append-decision.ts';
import type { SsoCall } from '../ports.ts';
import { describeForAudit, type Settings } from './read-connection.ts';
import * as repository from './repository.ts';

export const listRules = ({ role_rules, default_role }: Pick<Settings, 'role_rules' | 'default_role'>): repository.RoleRule[] => [
  ...role_rules,
  ...(default_role === null ? [] : [{ value: null, role: default_role }]),
];

type Given = Omit<UpdateSsoInput, 'client_secret'> & { secret_fingerprint?: string | undefined };

/** What the connection becomes. Closed to passwords and to the provider alike nobody would come in, so the one opens the other. */
export function mergeSettings(before: SsoConnection, given: Given): Settings {
  const merged = { ...describeForAudit(before), ...pickGiven(given) };
  return { ...merged, domains: merged.domains.toSorted(), sso_only: merged.sso_only && merged.enabled };
}

/** Whether anything was changed that a test would see. */
export function isRetestNeeded(before: SsoConnection, after: Settings): boolean {
  const changed = Object.keys(pickChanged(describeForAudit(before), after).after);
  return changed.some((name) => name !== 'enabled' && name !== 'sso_only');
}

/** Nobody shuts a door behind which they have not been: closing passwords takes a test by that very admin, and nothing changes while they are closed. Throws 3006. */
export function refuseWhileOnly(row: Pick<repository.ConnectionRow, 'sso_only' | 'tested_at' | 'tested_by'>, after: Settings, needs_test: boolean, user_id: string): void {
  const refuse = (reason: string) => new AppError('OPERATION_NOT_ALLOWED', { details: { reason } });
  if (row.sso_only && after.sso_only && needs_test) throw refuse('sso_only_on');
  if (!row.sso_only && after.sso_only && (needs_test || row.tested_at === null || row.tested_by !== user_id)) throw refuse('sso_not_tested');
}

type Work<T> = (db: TenantDb, platform: PlatformDb | null) => Promise<T>;

/** The transaction of a change; with the platform's trail in it for whoever decides about domains. */
export function withTrails<T>(tenancy: Tenancy, { permissions, tenant_id }: SsoCall['actor'], work: Work<T>): Promise<T> {
  if (!permissions.has('tenants.write')) return tenancy.withTenant(tenant_id, (db) => work(db, null));
  return tenancy.withPlatformAndTenant(tenant_id, (platform, db) => work(db, platform));
}

/** Rules and domains of a connection. Whoever decides about domains has decided by asking for them, and their trail says so. */
export async function writeParts(db: TenantDb, platform: PlatformDb | null, who: Pick<SsoCall, 'actor' | 'caller'>, id: string, settings: Settings): Promise<void> {
  await repository.replaceRules(db, id, listRules(settings), mappableRoles);
  await repository.replaceDomains(db, id, settings.domains);
  if (!platform) return;
  for (const domain of await repository.listDomains(db)) {
    if (domain.state !== 'pending') continue;
    await repository.decideDomain(db, domain.id, 'approved');
    await appendDecision(platform, db, who, domain, 'approved');
  }
}

export const pickRow = ({ client_id, scopes, role_claim, creates_users, enabled, sso_only }: Settings) => ({ client_id, scopes, role_claim, creates_users, enabled, sso_only });
