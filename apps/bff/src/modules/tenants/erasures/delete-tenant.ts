import { DELETION_DAYS, type RemoveTenantInput } from '@lyss/api-types';
import { appendAudit, appendPlatformAudit, type AuditEntry, type AuditWho } from '../../../audit/append.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { deleteErasure, holdsLastOperator, insertErasure, lockErasure } from './repository.ts';
import { lockTenant, updateTenant, type TenantRow } from '../repository.ts';

/** Names are compared as people see them: copied ones bring spaces, and one letter has two spellings. */
const seen = (name: string) => name.trim().normalize('NFC');

/**
 * Shuts a tenant at once and lets it be erased in 7 days. Throws 1001 where the typed name is not its name, 3006 for one
 * that is being deleted, for the caller's own, and for the one with the platform's last operator.
 */
export async function askDeletion(tenancy: Tenancy, who: AuditWho, own_tenant_id: string | null, id: string, version: number | null, input: RemoveTenantInput): Promise<TenantRow> {
  if (id === own_tenant_id) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'own_tenant' } });
  if (await holdsLastOperator(tenancy, id)) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'last_operator' } });
  return change(tenancy, id, version, async (platform, db, before) => {
    if (before.state === 'deleting') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'tenant_deleting' } });
    if (seen(input.name) !== seen(before.name)) throw new AppError('INVALID_INPUT', { details: { issues: [{ path: 'name', code: 'name_differs', message: 'the tenant’s name' }] } });
    await insertErasure(platform, { id, previous_state: before.state, asked_by: who.actor?.user_id ?? null, reason: input.reason }, DELETION_DAYS);
    const details = { reason: input.reason, days: DELETION_DAYS, before: { state: before.state }, after: { state: 'deleting' } };
    await note(platform, db, who, { action: 'tenants.deletion_asked', resource_type: 'tenant', resource_id: id, details });
    return 'deleting';
  });
}

/** Takes a deletion back: the tenant is again what it was. Throws 3006 where none was asked for, or it has begun. */
export async function cancelDeletion(tenancy: Tenancy, who: AuditWho, id: string, version: number | null): Promise<TenantRow> {
  return change(tenancy, id, version, async (platform, db) => {
    const erasure = await lockErasure(platform, id);
    if (!erasure) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'not_deleting' } });
    if (erasure.begun_at !== null) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'deletion_begun' } });
    await deleteErasure(platform, id);
    const details = { before: { state: 'deleting' }, after: { state: erasure.previous_state } };
    await note(platform, db, who, { action: 'tenants.deletion_cancelled', resource_type: 'tenant', resource_id: id, details });
    return erasure.previous_state;
  });
}

type Decide = (platform: PlatformDb, db: TenantDb, before: TenantRow) => Promise<TenantRow['state']>;

function change(tenancy: Tenancy, id: string, version: number | null, decide: Decide): Promise<TenantRow> {
  return tenancy.withPlatformAndTenant(id, async (platform, db) => {
    const before = await lockTenant(platform, id);
    if (!before) throw new AppError('TENANT_NOT_FOUND');
    if (version !== null && version !== before.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: before.version } });
    const after = await updateTenant(platform, id, before.version, { state: await decide(platform, db, before) });
    if (!after) throw new AppError('TENANT_NOT_FOUND');
    return after;
  });
}

async function note(platform: PlatformDb, db: TenantDb, who: AuditWho, entry: AuditEntry): Promise<void> {
  await appendPlatformAudit(platform, who, entry);
  await appendAudit(db, who, entry);
}
