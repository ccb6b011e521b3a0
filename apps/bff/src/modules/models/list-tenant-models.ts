import type { Page, TenantModel, TenantModelDetails, TenantModelsQuery } from '@lyss/api-types';
import { fromNano, toNano } from '../../nano.ts';
import { pickPage } from './pick-page.ts';
import { describeEntry, getEntry, listEntries, listNames } from './entries.ts';
import { pin } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { listLastUses, sumRecentCost } from './settings/repository.ts';

/** Every model that the tenant's credentials list, page by page. */
export async function listTenantModels(ports: ModelPorts, tenant_id: string, query: TenantModelsQuery): Promise<Page<TenantModel>> {
  const { desk } = await ports.desks.readAnew(tenant_id, null);
  const all = await Promise.all(listEntries(desk, tenant_id).map((entry) => describeEntry(ports, desk, entry)));
  const { items, pagination } = pickPage(all.filter((model) => isWanted(model, query)), query, (model) => ({ key: keyOf(model, query.sort_by), pin: pin(model.provider, model.name) }));
  const called = items.map(({ id, provider, name, aliases }) => ({ id, supplier: provider, names: listNames({ provider, model: name }, aliases) }));
  const uses = await ports.tenancy.withTenant(tenant_id, (db) => listLastUses(db, called));
  return { items: items.map((model) => ({ ...model, last_used_at: uses.get(model.id) ?? null })), pagination };
}

function isWanted(model: TenantModel, { provider, capability, offered, priced, search }: TenantModelsQuery): boolean {
  if (provider && model.provider !== provider) return false;
  if (capability && !model.capabilities.includes(capability)) return false;
  if (offered && model.offered !== (offered === 'true')) return false;
  if (priced && (model.price !== null) !== (priced === 'true')) return false;
  const wanted = search?.toLowerCase();
  return !wanted || [model.name, model.display_name, ...model.aliases].some((text) => text.toLowerCase().includes(wanted));
}

/** What a model is sorted by; null stands last. */
function keyOf(model: TenantModel, sort_by: TenantModelsQuery['sort_by']): string | number | null {
  switch (sort_by) {
    case 'name':
      return model.display_name.toLowerCase();
    case 'provider':
      return model.provider;
    case 'context_window':
      return model.context_window;
    case 'input_price':
      return model.price && Number(toNano(model.price.input));
    case 'output_price':
      return model.price && Number(toNano(model.price.output));
  }
}

/** One model with what its calls cost lately. Throws 3007. */
export async function readTenantModel(ports: ModelPorts, tenant_id: string, id: string): Promise<TenantModelDetails> {
  const { desk } = await ports.desks.readAnew(tenant_id, null);
  const entry = getEntry(desk, tenant_id, id);
  const model = await describeEntry(ports, desk, entry);
  const names = listNames(entry, model.aliases);
  return ports.tenancy.withTenant(tenant_id, async (db) => {
    const { requests, unpriced, cost_nano } = await sumRecentCost(db, entry.provider, names);
    const uses = await listLastUses(db, [{ id, supplier: entry.provider, names }]);
    return { ...model, last_used_at: uses.get(id) ?? null, last_30_days: { requests, unpriced, cost: { amount: fromNano(cost_nano), currency: desk.currency } } };
  });
}
