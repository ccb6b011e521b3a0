import type { DomainState } from '@lyss/api-types';
import { appendAudit, appendPlatformAudit, type AuditWho } from '../../../audit/append.ts';
import type { PlatformDb, TenantDb } from '../../../db/tenancy.ts';

export interface AskedDomain {
  id: string;
  domain: string;
  state: DomainState;
}

/** Tells the tenant's trail and the platform's what was decided about a domain, by the transaction that decides it. */
export async function appendDecision(platform: PlatformDb, db: TenantDb, who: AuditWho, before: AskedDomain, state: DomainState): Promise<void> {
  const details = { domain: before.domain, before: { state: before.state }, after: { state } };
  const entry = { action: 'sso.domain_decided', resource_type: 'sso_domain', resource_id: before.id, details };
  await appendPlatformAudit(platform, who, entry);
  await appendAudit(db, who, entry);
}
