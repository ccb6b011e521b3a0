import { appendAudit } from '../../../audit/append.ts';
import { AppError } from '../../../errors.ts';
import type { SsoCall, SsoPorts } from '../ports.ts';
import { describeForAudit, getDescribed } from './read-connection.ts';
import * as repository from './repository.ts';
import { refuseBeyondVouched } from './vouch.ts';

/** Removes the connection with its secret, domains and identities. Throws 3007, or 2004 beyond what the caller may do. */
export async function removeConnection({ tenancy }: Pick<SsoPorts, 'tenancy'>, { actor, caller }: Pick<SsoCall, 'actor' | 'caller'>): Promise<void> {
  await tenancy.withTenant(actor.tenant_id, async (db) => {
    const row = await repository.lockConnection(db);
    if (!row) throw new AppError('RESOURCE_NOT_FOUND');
    refuseBeyondVouched(actor, row);
    const before = await getDescribed(db, actor);
    await repository.removeConnection(db, row.id);
    await appendAudit(db, { actor, caller }, { action: 'sso.removed', resource_type: 'sso_connection', resource_id: row.id, details: { before: describeForAudit(before) } });
  });
}
