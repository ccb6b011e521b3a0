import type { Actor, Caller } from '../../actor.ts';
import { appendAudit, type AuditWho } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import { judgeStanding } from '../../standing.ts';
import type { LinkPorts } from './issue-link.ts';
import { writeFactorsResetLetter } from './letters.ts';
import * as repository from './repository.ts';

/**
 * Removes the second factors of somebody who lost them, and ends their sessions; a password that is too short to stand alone
 * ends as well. Throws 3006 for one's own, which is no way round the proof, and where there is none.
 */
export async function resetSecondFactors({ tenancy, outbox, public_url }: LinkPorts, actor: Actor, id: string, reason: string, caller: Caller): Promise<void> {
  const { user, tenant_name, password_ended } = await tenancy.withTenant(actor.tenant_id, async (db) => {
    const locked = await repository.lockUser(db, id);
    if (!locked) throw new AppError('USER_NOT_FOUND');
    if (id === actor.user_id) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'own_second_factors' } });
    const { permissions } = judgeStanding({ ...locked, has_second_factor: true, require_second_factor: 'none' });
    refuseBeyond(actor, permissions);
    const done = await clearSecondFactors(db, id, reason, { actor, caller });
    return { user: locked, tenant_name: await repository.getTenantName(db), ...done };
  });
  const url = new URL(password_ended ? '/forgotten-password' : '/sign-in', public_url).href;
  outbox.post({ to: user.email, ...writeFactorsResetLetter({ locale: user.locale, tenant_name, from_name: actor.name, url, password_ended }) });
}

/** The same in a transaction that holds the person, for whoever may do it: an admin, or the operator at the machine. */
export async function clearSecondFactors(db: TenantDb, user_id: string, reason: string, who: AuditWho): Promise<{ password_ended: boolean }> {
  const before = await repository.readSecondFactors(db, user_id);
  if (!before.totp && before.passkeys_count === 0) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'no_second_factor' } });
  const password_ended = await repository.removeSecondFactors(db, user_id);
  const sessions_ended = await repository.endSessions(db, user_id, 'second_factors_reset');
  await appendAudit(db, who, { action: 'users.second_factors_reset', resource_type: 'user', resource_id: user_id, details: { reason, before, sessions_ended, password_ended } });
  return { password_ended };
}
