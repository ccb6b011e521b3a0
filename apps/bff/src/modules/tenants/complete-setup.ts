import type { SetupInput } from '@lyss/api-types';
import type { Caller } from '../../actor.ts';
import { appendPlatformAudit } from '../../audit/append.ts';
import { newId, randomToken, sha256 } from '../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import type { SessionTokens } from '../../http/session-cookie.ts';
import { foundTenant, type TenantPorts } from './create-tenant.ts';
import * as repository from './repository.ts';

const SETUP_MS = 30 * 60 * 1_000;

export interface SetupPorts extends Pick<TenantPorts, 'tenancy' | 'newDataKey' | 'insertDemoCredential'> {
  hashPassword(password: string): Promise<string>;
  refuseWeakPassword(password: string, context: { email: string; name: string; tenant_name: string }): void;
  startSession(db: TenantDb, person: { user_id: string; epoch: number; roles: ['super_admin', 'tenant_admin']; carrier: 'cookie' }, caller: Caller): Promise<SessionTokens>;
}

/** A new one-use set-up token, 30 min, in place of any older one; null once the platform has its first tenant. */
export async function issueSetupToken(tenancy: Tenancy): Promise<string | null> {
  if (await repository.isSetupDone(tenancy)) return null;
  const token = randomToken();
  await tenancy.withPlatform((db) => repository.replaceSetupToken(db, sha256(token), new Date(Date.now() + SETUP_MS)));
  return token;
}

/**
 * Makes the first tenant and its first user, who governs it and operates the platform. However many call at once,
 * exactly one succeeds. Throws 2003 for a token that can't be used, 3006 where it is done already.
 */
export async function completeSetup(ports: SetupPorts, input: SetupInput, caller: Caller): Promise<{ tokens: SessionTokens; tenant_id: string; user_id: string }> {
  if (await repository.isSetupDone(ports.tenancy)) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'setup_done' } });
  await refuseUnusable(ports.tenancy, input.token);
  ports.refuseWeakPassword(input.password, input);
  const password_hash = await ports.hashPassword(input.password);
  const [tenant_id, user_id] = [newId(), newId()];
  const { email, name, locale, workspace } = input;
  const who = { actor: { user_id, name }, caller };
  const tokens = await ports.tenancy.withPlatformAndTenant(tenant_id, async (platform, db) => {
    if (!(await repository.consumeSetupToken(platform, sha256(input.token)))) throw new AppError('TOKEN_INVALID');
    if (!(await repository.claimSetup(platform))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'setup_done' } });
    const settings = { currency: locale === 'zh-CN' ? 'CNY' : 'USD', time_zone: input.time_zone ?? (locale === 'zh-CN' ? 'Asia/Shanghai' : 'UTC') };
    await foundTenant(ports, platform, db, { id: tenant_id, name: input.tenant_name, workspace, locale, ...settings }, who);
    await repository.insertFirstUser(db, { id: user_id, email, name, locale, password_hash });
    await appendPlatformAudit(platform, who, { action: 'setup.completed', resource_type: 'tenant', resource_id: tenant_id });
    return ports.startSession(db, { user_id, epoch: 1, roles: ['super_admin', 'tenant_admin'], carrier: 'cookie' }, caller);
  });
  return { tokens, tenant_id, user_id };
}

/** Says early, before the password is hashed, that a link can't be used; the transaction decides. */
async function refuseUnusable(tenancy: Tenancy, token: string): Promise<void> {
  if (!(await repository.isSetupTokenUsable(tenancy, sha256(token)))) throw new AppError('TOKEN_INVALID');
}
