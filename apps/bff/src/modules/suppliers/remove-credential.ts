import { appendAudit } from '../../audit/append.ts';
import { AppError } from '../../errors.ts';
import { refuseStale } from './read-credential.ts';
import { deleteCredential, listDependents, lockCredential, type Dependents } from './repository.ts';
import type { SupplierCall, SupplierPorts } from './ports.ts';

/**
 * Deletes a credential and its sealed key. Refused (3006, with `details.dependents`) while a reply runs through it, and,
 * unless `detach`, where conversations chose a model that no other enabled credential serves. Those keep their model's name.
 */
export async function removeCredential(ports: SupplierPorts, { actor, caller, if_match }: SupplierCall, id: string, detach: boolean): Promise<void> {
  await ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const locked = await lockCredential(db, id);
    if (!locked) throw new AppError('RESOURCE_NOT_FOUND');
    refuseStale(locked.version, if_match);
    const dependents = (await listDependents(db, [id])).get(id);
    if (dependents) refuseDependents(dependents, detach);
    await deleteCredential(db, id);
    const details = { before: { provider: locked.provider, name: locked.name }, detached_conversations: dependents?.conversations ?? 0 };
    await appendAudit(db, { actor, caller }, { action: 'suppliers.removed', resource_type: 'supplier_credential', resource_id: id, details });
  });
}

function refuseDependents({ running_replies, conversations }: Dependents, detach: boolean): void {
  if (running_replies > 0) {
    throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'replies_running', dependents: [{ kind: 'reply', count: running_replies }] } });
  }
  if (conversations > 0 && !detach) {
    throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'conversations_depend', dependents: [{ kind: 'conversation', count: conversations }] } });
  }
}
