import type { SupplierCredential } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import { AppError } from '../../errors.ts';
import { describeAddress } from './address.ts';
import { countTrial, type TryingPorts } from './count-trial.ts';
import { connectStored, connectWith, sealKey } from './key.ts';
import { readCredential } from './read-credential.ts';
import { lockCredential, updateCredential, type CredentialChange, type StoredCredential } from './repository.ts';
import type { SupplierCall } from './ports.ts';
import { describeOutcome, proveConnection } from './verify-connection.ts';

export interface WantedChange {
  action: 'suppliers.updated' | 'suppliers.key_replaced';
  base_url: string;
  /** Null keeps the key as it is. */
  api_key: string | null;
  fields: Pick<CredentialChange, 'name' | 'models' | 'enabled'>;
}

/**
 * Changes a saved credential. A new key or address is tried first, outside any transaction, and nothing is kept of one
 * that fails; then the row is locked and must still be the one that was read. Throws 1005, 3004, 3005, 4001, 4003, 4005.
 */
export async function changeCredential(ports: TryingPorts, call: SupplierCall, saved: StoredCredential, wanted: WantedChange): Promise<SupplierCredential> {
  const { actor, caller } = call;
  const { base_url, api_key, fields } = wanted;
  const row = { id: saved.id, base_url };
  const outcome = api_key !== null || base_url !== saved.base_url ? describeOutcome(await prove(ports, call, saved, wanted)) : null;
  const key = api_key === null ? null : await sealKey(ports.vault, actor.tenant_id, row, api_key);
  await call.confirm();
  return ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const locked = await lockCredential(db, saved.id);
    if (!locked) throw new AppError('RESOURCE_NOT_FOUND');
    // The key was tried at, and sealed for, what was read: over a newer row it would be somebody else's.
    if (locked.version !== saved.version) throw new AppError('RESOURCE_CONFLICT', { status: call.if_match === null ? 409 : 412, details: { reason: 'stale_version' } });
    await updateCredential(db, saved.id, { ...fields, base_url, key, outcome });
    const details = describeChange(saved, wanted, { before: locked.key_fingerprint, after: key?.key_fingerprint ?? locked.key_fingerprint });
    await appendAudit(db, { actor, caller }, { action: wanted.action, resource_type: 'supplier_credential', resource_id: saved.id, details });
    return readCredential(db, saved.id);
  });
}

async function prove(ports: TryingPorts, { actor, caller, signal }: SupplierCall, saved: StoredCredential, { base_url, api_key, fields }: WantedChange) {
  await countTrial(ports, actor.tenant_id);
  const connection = api_key === null ? connectStored(ports.vault, actor.tenant_id, saved, base_url) : connectWith({ id: saved.id, base_url }, api_key);
  return proveConnection(ports.providers, { provider: saved.provider, connection, models: fields.models ?? saved.models, request_id: caller.request_id, signal });
}

/** What an auditor reads: the values that changed, addresses without their query, and of models only how many there are. */
function describeChange(saved: StoredCredential, { base_url, fields }: WantedChange, fingerprint: { before: string | null; after: string | null }) {
  const { name = saved.name, models = saved.models, enabled = saved.enabled } = fields;
  const values: [name: string, isChanged: boolean, before: unknown, after: unknown][] = [
    ['name', name !== saved.name, saved.name, name],
    ['enabled', enabled !== saved.enabled, saved.enabled, enabled],
    ['base_url', base_url !== saved.base_url, describeAddress(saved.base_url), describeAddress(base_url)],
    ['models', models.join('\n') !== saved.models.join('\n'), saved.models.length, models.length],
    ['key_fingerprint', fingerprint.before !== fingerprint.after, fingerprint.before, fingerprint.after],
  ];
  const changed = values.filter(([, isChanged]) => isChanged);
  const pick = (at: 2 | 3) => Object.fromEntries(changed.map((value) => [value[0], value[at]]));
  return { provider: saved.provider, before: pick(2), after: pick(3) };
}
