import type { CreateSupplierInput, SupplierCredential } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import { newId } from '../../crypto/digest.ts';
import { chooseBaseUrl, chooseKey, describeAddress } from './address.ts';
import { countTrial, type TryingPorts } from './count-trial.ts';
import { connectWith, sealKey } from './key.ts';
import { getSupplier, readCredential } from './read-credential.ts';
import { insertCredential } from './repository.ts';
import type { SupplierCall } from './ports.ts';
import { describeOutcome, proveConnection } from './verify-connection.ts';

/** Adds a credential once its supplier has accepted it. Throws 3004, 4001, 4003 or 4005 with `details.kind`, and keeps nothing then; 3005 for a taken name, 1005 beyond the trials. */
export async function createCredential(ports: TryingPorts, { actor, caller, signal, confirm }: SupplierCall, input: CreateSupplierInput): Promise<SupplierCredential> {
  const { provider, name, enabled } = input;
  const supplier = getSupplier(ports.catalogue.suppliers, provider);
  const api_key = chooseKey(supplier, input.api_key);
  const row = { id: newId(), base_url: chooseBaseUrl(supplier, input.base_url) };
  const trial = { provider, connection: connectWith(row, api_key), models: input.models ?? [], request_id: caller.request_id, signal };
  await countTrial(ports, actor.tenant_id);
  const result = await proveConnection(ports.providers, trial);
  const key = api_key === null ? null : await sealKey(ports.vault, actor.tenant_id, row, api_key);
  const models = [...new Set(input.models ?? result.models)];
  await confirm();
  return ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    await insertCredential(db, { ...row, provider, name, models, listed_models: result.models.length > 0 ? result.models : null, enabled, key, ...describeOutcome(result) });
    const after = { provider, name, base_url: describeAddress(row.base_url), models: models.length, enabled, key_fingerprint: key?.key_fingerprint ?? null };
    await appendAudit(db, { actor, caller }, { action: 'suppliers.created', resource_type: 'supplier_credential', resource_id: row.id, details: { after } });
    return readCredential(db, row.id);
  });
}
