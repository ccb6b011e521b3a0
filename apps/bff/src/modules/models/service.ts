import type { CatalogueModel, Model, ProviderId } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import { listModels } from './list-models.ts';
import type { ModelPorts } from './ports.ts';
import { resolveModel, type ResolvedModel } from './resolve-model.ts';

// A tenant lists thousands of names at most; each costs a search through the price package the first time.
const REMEMBERED = 5_000;

export type ModelService = ReturnType<typeof createModelService>;

/** Which models a tenant has, and who serves one of them now. */
export function createModelService(ports: ModelPorts) {
  const known = { ...ports, describeModel: remember(ports.describeModel) };
  return {
    /** An API key sees those that it may use. */
    async list({ tenant_id, api_key }: Pick<Actor, 'tenant_id' | 'api_key'>): Promise<Model[]> {
      const models = await listModels(known, tenant_id);
      return api_key?.models ? models.filter(({ name }) => api_key.models?.includes(name)) : models;
    },
    resolve: (tenant_id: string, name: string): Promise<ResolvedModel> => resolveModel(known, tenant_id, name),
  };
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
