import type { CatalogueModel, Model, ModelPrice, ModelPricesQuery, Page, ProviderId, PutExchangeRateInput, TenantModelsQuery, UpdateTenantModelInput } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import { changeModel, describeAmounts, type ModelCall } from './change-model.ts';
import { createDesks } from './desk.ts';
import { getEntry } from './entries.ts';
import { describePerson, readRates, replaceRate } from './exchange-rates.ts';
import { isCallable, listModels } from './list-models.ts';
import { listTenantModels, readTenantModel } from './list-tenant-models.ts';
import type { ModelPorts } from './ports.ts';
import { resolveModel, type Asker, type ResolvedModel } from './resolve-model.ts';
import { listPrices } from './settings/repository.ts';

// A tenant lists thousands of names at most; each costs a search through the price package the first time.
const REMEMBERED = 5_000;

type Asking = Pick<Actor, 'tenant_id' | 'user_id' | 'api_key'>;

const pickAllowed = (models: Model[], { api_key }: Asking) => (api_key?.models ? models.filter(({ name, aliases }) => [name, ...aliases].some((one) => api_key.models?.includes(one))) : models);

export type ModelService = ReturnType<typeof createModelService>;

/** Which models a tenant has, for whom and at what price, and who serves one of them now. */
export function createModelService(given: Omit<ModelPorts, 'desks'>) {
  const desks = createDesks(given.tenancy);
  const ports: ModelPorts = { ...given, desks, describeModel: remember(given.describeModel) };
  const { tenancy } = ports;
  const forgetAfter = async <T>(tenant_id: string, work: Promise<T>): Promise<T> => work.finally(() => desks.forget(tenant_id));
  return {
    /** An API key sees those that it may use. */
    list: async (actor: Asking): Promise<Model[]> => pickAllowed(await listModels(ports, actor.tenant_id, actor.user_id), actor),
    /** The same for programs, which call models that embed texts too. */
    listCallable: async (actor: Asking): Promise<Model[]> => pickAllowed(await listModels(ports, actor.tenant_id, actor.user_id, isCallable), actor),
    resolve: (tenant_id: string, name: string, asker: Asker | null = null): Promise<ResolvedModel> => resolveModel(ports, tenant_id, name, asker),
    listAll: ({ tenant_id }: Actor, query: TenantModelsQuery) => listTenantModels(ports, tenant_id, query),
    read: ({ tenant_id }: Actor, id: string) => readTenantModel(ports, tenant_id, id),
    change: (call: ModelCall, id: string, input: UpdateTenantModelInput) => forgetAfter(call.actor.tenant_id, changeModel(ports, call, id, input)),
    listPrices: ({ tenant_id }: Actor, id: string, query: ModelPricesQuery) => listHistory(ports, tenant_id, id, query),
    readRates: ({ tenant_id }: Actor) => tenancy.withTenant(tenant_id, readRates),
    replaceRate: (call: ModelCall, input: PutExchangeRateInput) => forgetAfter(call.actor.tenant_id, tenancy.withTenant(call.actor.tenant_id, (db) => replaceRate(db, call, input))),
    /** Something of the tenant's models, suppliers, prices or people's roles is another. */
    forget: desks.forget,
    forgetAll: desks.forgetAll,
  };
}

async function listHistory(ports: ModelPorts, tenant_id: string, id: string, query: ModelPricesQuery): Promise<Page<ModelPrice>> {
  const { desk } = await ports.desks.readAnew(tenant_id, null);
  const { provider, model } = getEntry(desk, tenant_id, id);
  const { items, pagination } = await ports.tenancy.withTenant(tenant_id, (db) => listPrices(db, provider, model, query));
  return { items: items.map(({ id: price_id, user_id, user_name, created_at, ...amounts }) => ({ id: price_id, price: describeAmounts(amounts), by: describePerson(user_id, user_name), created_at })), pagination };
}

function remember(describeModel: ModelPorts['describeModel']): ModelPorts['describeModel'] {
  const known = new Map<string, Promise<CatalogueModel>>();
  return (provider: ProviderId, name: string) => {
    const key = `${provider}/${name}`;
    const found = known.get(key) ?? describeModel(provider, name);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}
