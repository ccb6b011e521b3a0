import { listPermissions } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import type { SsoPorts } from './ports.ts';
import * as repository from './sign-in/repository.ts';

/**
 * Unties a person from their account at the provider, and ends what it let in: for whoever left, or has another account there
 * by now, which their next sign-in ties by the address. Throws 3003, 2004 for whoever may do more, 3006 where nothing ties them.
 */
export async function unlinkPerson({ tenancy }: Pick<SsoPorts, 'tenancy'>, actor: Actor, id: string, caller: Caller): Promise<void> {
  await tenancy.withTenant(actor.tenant_id, async (db) => {
    const person = await repository.lockPerson(db, id);
    if (!person) throw new AppError('USER_NOT_FOUND');
    refuseBeyond(actor, listPermissions(person.roles, person.granted));
    const before = await repository.removeIdentity(db, id);
    if (!before) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'sso_not_linked' } });
    const sessions_ended = await repository.endProviderSessions(db, id);
    await appendAudit(db, { actor, caller }, { action: 'sso.unlinked', resource_type: 'user', resource_id: id, details: { before, sessions_ended } });
  });
}
