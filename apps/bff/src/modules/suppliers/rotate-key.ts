import type { SupplierCredential } from '@lyss/api-types';
import { AppError } from '../../errors.ts';
import { changeCredential } from './change-credential.ts';
import type { TryingPorts } from './count-trial.ts';
import { getStored, getSupplier, refuseStale } from './read-credential.ts';
import type { SupplierCall } from './ports.ts';

/** Replaces the key; the old one serves until the supplier has accepted the new one. */
export async function rotateKey(ports: TryingPorts, call: SupplierCall, id: string, api_key: string): Promise<SupplierCredential> {
  const saved = await ports.tenancy.withTenant(call.actor.tenant_id, (db) => getStored(db, id));
  refuseStale(saved.version, call.if_match);
  if (getSupplier(ports.catalogue.suppliers, saved.provider).demo) throw new AppError('OPERATION_NOT_ALLOWED', { status: 422, details: { reason: 'key_not_needed' } });
  return changeCredential(ports, call, saved, { action: 'suppliers.key_replaced', base_url: saved.base_url, api_key, fields: {} });
}
