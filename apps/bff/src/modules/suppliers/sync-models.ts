import type { ModelSync } from '@lyss/api-types';
import { appendAudits } from '../../audit/append.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { countTrial, type TryingPorts } from './count-trial.ts';
import { connectStored } from './key.ts';
import type { SupplierCall } from './ports.ts';
import { listSyncable, lockListed, updateListed, type SyncableRow } from './repository.ts';
import { keepFittingModels } from './verify-connection.ts';

// So many suppliers are asked at a time: a slow one keeps the others from nothing.
const AT_ONCE = 4;

interface Heard {
  row: SyncableRow;
  ok: boolean;
  kind: ModelSync['kind'];
  models: string[];
}

/**
 * Asks every supplier that is on for its list, outside any transaction, and takes what is new into the credentials that had
 * all of it; what its supplier listed before and does not now leaves. Throws 1005 beyond the trials.
 */
export async function syncModels(ports: TryingPorts, call: SupplierCall): Promise<ModelSync[]> {
  const { actor, caller } = call;
  await countTrial(ports, actor.tenant_id);
  const rows = await ports.tenancy.withTenant(actor.tenant_id, listSyncable);
  const heard: Heard[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) heard.push(...(await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => ask(ports, call, row)))));
  await call.confirm();
  return ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const results: ModelSync[] = [];
    for (const one of heard) results.push(await take(db, one));
    const changes = results.map(({ credential, ok, kind, came, went }) => ({
      ...{ action: 'models.synced', resource_type: 'supplier_credential', resource_id: credential.id },
      ...{ outcome: ok ? ('success' as const) : ('failed' as const), details: { name: credential.name, kind, came, went } },
    }));
    await appendAudits(db, { actor, caller }, changes);
    return results;
  });
}

/** Only what the supplier's list says counts: a model of it that fails says nothing about the list. */
async function ask(ports: TryingPorts, { actor, caller, signal }: SupplierCall, row: SyncableRow): Promise<Heard> {
  const connection = connectStored(ports.vault, actor.tenant_id, row, row.base_url);
  const result = keepFittingModels(await ports.providers.verify(row.provider, { connection, model: null, request_id: caller.request_id, signal }));
  const isListed = result.steps.some(({ step, ok }) => step === 'models' && ok);
  return { row, ok: isListed, kind: isListed ? null : result.kind, models: result.models };
}

/** Judged by the row as it is now: somebody may have changed it while its supplier was asked. */
async function take(db: TenantDb, { row, ok, kind, models }: Heard): Promise<ModelSync> {
  const { id, name, provider } = row;
  const nothing = { credential: { id, name, provider }, ok, kind, came: [], went: [], left_aside: [] };
  const now = ok ? await lockListed(db, id) : undefined;
  if (!now || models.length === 0) return nothing;
  const before = now.listed_models ?? now.models;
  const fresh = models.filter((model) => !before.includes(model) && !now.models.includes(model));
  const had_all = before.every((model) => now.models.includes(model));
  const came = had_all ? fresh : [];
  const went = now.models.filter((model) => now.listed_models?.includes(model) && !models.includes(model));
  await updateListed(db, id, { listed_models: models, ...(came.length + went.length === 0 ? {} : { models: [...now.models.filter((model) => !went.includes(model)), ...came] }) });
  return { ...nothing, came, went, left_aside: had_all ? [] : fresh };
}
