import type { ReplaceSupplierInput, SupplierCredential } from '@lyss/api-types';
import { AppError } from '../../errors.ts';
import { chooseBaseUrl, originOf } from './address.ts';
import { changeCredential } from './change-credential.ts';
import type { TryingPorts } from './count-trial.ts';
import { getStored, getSupplier, refuseStale } from './read-credential.ts';
import type { SupplierCall } from './ports.ts';

/** Changes name, address, key, models or state; a stored key never follows to another origin: 3006 (422) asks for it again. */
export async function replaceCredential(ports: TryingPorts, call: SupplierCall, id: string, input: ReplaceSupplierInput): Promise<SupplierCredential> {
  const saved = await ports.tenancy.withTenant(call.actor.tenant_id, (db) => getStored(db, id));
  refuseStale(saved.version, call.if_match);
  const supplier = getSupplier(ports.catalogue.suppliers, saved.provider);
  const base_url = input.base_url === undefined ? saved.base_url : chooseBaseUrl(supplier, input.base_url);
  const moves = originOf(base_url) !== originOf(saved.base_url);
  if (moves && saved.sealed_key !== null && input.api_key === undefined) {
    throw new AppError('OPERATION_NOT_ALLOWED', { status: 422, details: { reason: 'key_required_for_new_host' } });
  }
  if (supplier.demo && input.api_key !== undefined) throw new AppError('OPERATION_NOT_ALLOWED', { status: 422, details: { reason: 'key_not_needed' } });
  const { name, enabled } = input;
  const fields = { name, enabled, ...(input.models === undefined ? {} : { models: [...new Set(input.models)] }) };
  return changeCredential(ports, call, saved, { action: 'suppliers.updated', base_url, api_key: input.api_key ?? null, fields });
}
