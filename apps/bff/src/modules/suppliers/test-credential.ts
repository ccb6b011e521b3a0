import type { CredentialTest, TestSupplierInput } from '@lyss/api-types';
import { appendAudit } from '../../audit/append.ts';
import { newId } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { chooseBaseUrl, chooseKey, describeAddress } from './address.ts';
import { countTrial, type TryingPorts } from './count-trial.ts';
import { connectStored, connectWith } from './key.ts';
import { getStored, getSupplier } from './read-credential.ts';
import { storeTest } from './repository.ts';
import type { SupplierCall } from './ports.ts';
import { describeOutcome, keepFittingModels, verifyConnection } from './verify-connection.ts';

/** Tries a key before it is saved: nothing of it is stored, an audit entry says that it was tried. Throws 1005 beyond 30 in 10 min a tenant. */
export async function testUnsaved(ports: TryingPorts, call: SupplierCall, input: TestSupplierInput): Promise<CredentialTest> {
  const { actor, caller, signal } = call;
  const { provider } = input;
  const supplier = getSupplier(ports.catalogue.suppliers, provider);
  const api_key = chooseKey(supplier, input.api_key);
  // An id of its own, so that no other call shares its socket.
  const row = { id: newId(), base_url: chooseBaseUrl(supplier, input.base_url) };
  await countTrial(ports, actor.tenant_id);
  const result = keepFittingModels(await ports.providers.verify(provider, { connection: connectWith(row, api_key), model: input.model ?? null, request_id: caller.request_id, signal }));
  await ports.tenancy.withTenant(actor.tenant_id, (db) => noteTest(db, call, null, result, { provider, base_url: describeAddress(row.base_url) }));
  return result;
}

/** Tries a saved credential and stores the result as its `last_test` and status. Throws 3007, or 1005 as above. */
export async function testSaved(ports: TryingPorts, call: SupplierCall, id: string): Promise<CredentialTest> {
  const { actor, caller, signal } = call;
  const saved = await ports.tenancy.withTenant(actor.tenant_id, (db) => getStored(db, id));
  await countTrial(ports, actor.tenant_id);
  const { provider, base_url, models, version } = saved;
  const connection = connectStored(ports.vault, actor.tenant_id, saved, base_url);
  const result = await verifyConnection(ports.providers, { provider, connection, models, request_id: caller.request_id, signal });
  await ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    // A test that nobody waited for says nothing about the credential.
    if (!signal.aborted) await storeTest(db, id, version, describeOutcome(result));
    await noteTest(db, call, id, result, { provider, base_url: describeAddress(base_url) });
  });
  return result;
}

async function noteTest(db: TenantDb, { actor, caller }: SupplierCall, id: string | null, { ok, kind, latency_ms }: CredentialTest, tried: Record<string, unknown>): Promise<void> {
  const details = { ...tried, kind, latency_ms };
  const outcome = ok ? 'success' : 'failed';
  await appendAudit(db, { actor, caller }, { action: 'suppliers.tested', resource_type: 'supplier_credential', resource_id: id, outcome, details });
}
