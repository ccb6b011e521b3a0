import type { SignInDomain } from '@lyss/api-types';
import type { Actor, Caller } from '../../../actor.ts';
import { appendAudit, appendPlatformAudit } from '../../../audit/append.ts';
import type { Tenancy } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { decideDomain, isTenant, openPasswords } from '../connection/repository.ts';
import { appendDecision } from './append-decision.ts';
import { findDomainAnywhere, getDomain, lockDomain } from './repository.ts';

/** Approves or refuses a tenant's domain, told in its trail and in the platform's. Throws 3007, or 3005 where another tenant has it. */
export async function decideTenantDomain(tenancy: Tenancy, actor: Actor, id: string, state: 'approved' | 'refused', caller: Caller): Promise<SignInDomain> {
  const found = await findDomainAnywhere(tenancy, id);
  if (!found) throw new AppError('RESOURCE_NOT_FOUND');
  return tenancy.withPlatformAndTenant(found.tenant.id, async (platform, db) => {
    const before = await lockDomain(db, id);
    if (!before) throw new AppError('RESOURCE_NOT_FOUND');
    await decideDomain(db, id, state);
    await appendDecision(platform, db, { actor, caller }, before, state);
    return getDomain(db, id);
  });
}

/** The way out where a provider keeps a tenant's people, its admins too, outside. Throws 3001, or 3006 where passwords are open. */
export async function allowPasswords(tenancy: Tenancy, actor: Actor, tenant_id: string, caller: Caller): Promise<void> {
  await tenancy.withPlatformAndTenant(tenant_id, async (platform, db) => {
    if (!(await isTenant(db))) throw new AppError('TENANT_NOT_FOUND');
    if (!(await openPasswords(db))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'passwords_open' } });
    const entry = { action: 'sso.passwords_allowed', resource_type: 'tenant', resource_id: tenant_id, details: { before: { sso_only: true }, after: { sso_only: false } } };
    await appendPlatformAudit(platform, { actor, caller }, entry);
    await appendAudit(db, { actor, caller }, entry);
  });
}
