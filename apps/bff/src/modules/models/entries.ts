import { systemRoles, type CatalogueModel, type ProviderId, type TenantModel } from '@lyss/api-types';
import { deriveId } from '../../crypto/digest.ts';
import { AppError } from '../../errors.ts';
import type { Desk } from './desk.ts';
import { describeOwnPrice, findEffectivePrice } from './effective-price.ts';
import { pin } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { compareServing } from './preference.ts';
import type { ServingRow } from './repository.ts';

/** One model of one supplier, as long as a credential of the tenant's lists it. */
export interface Entry {
  id: string;
  provider: ProviderId;
  model: string;
  /** First the one that a call takes. */
  serving: ServingRow[];
}

/** The same for a tenant and a model for ever, and another one in every other tenant. */
const idOf = (tenant_id: string, provider: ProviderId, model: string) => deriveId(tenant_id, `model|${pin(provider, model)}`);

export function listEntries(desk: Desk, tenant_id: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const serving of desk.credentials.toSorted(compareServing)) {
    for (const model of new Set(serving.models)) {
      const key = pin(serving.provider, model);
      const entry = entries.get(key) ?? { id: idOf(tenant_id, serving.provider, model), provider: serving.provider, model, serving: [] };
      entry.serving.push(serving);
      entries.set(key, entry);
    }
  }
  return [...entries.values()];
}

/** Throws 3007 for a model that no credential lists any more, as for another tenant's. */
export function getEntry(desk: Desk, tenant_id: string, id: string): Entry {
  const entry = listEntries(desk, tenant_id).find((one) => one.id === id);
  if (!entry) throw new AppError('RESOURCE_NOT_FOUND', { details: { resource: 'model' } });
  return entry;
}

/** Every name that a call of it may use. */
export function listNames({ provider, model }: Pick<Entry, 'provider' | 'model'>, aliases: readonly string[]): string[] {
  return [model, pin(provider, model), ...aliases];
}

/** Without what usage says of it. */
export async function describeEntry(ports: ModelPorts, desk: Desk, entry: Entry): Promise<TenantModel> {
  const { id, provider, model, serving } = entry;
  const setting = desk.settings.get(pin(provider, model));
  const known: CatalogueModel = await ports.describeModel(provider, model);
  const { price, source } = findEffectivePrice(desk, setting?.price ?? null, known.price);
  const system = systemRoles.filter((role) => setting?.system_roles.includes(role)).map((role) => ({ id: role, name: role }));
  return {
    ...{ id, provider, name: model },
    display_name: setting?.display_name ?? known.display_name,
    own_display_name: setting?.display_name ?? null,
    aliases: setting?.aliases ?? [],
    demo: provider === 'demo',
    credentials: serving.map(({ id: credential_id, name, enabled, status }) => ({ id: credential_id, name, enabled, status })),
    capabilities: known.capabilities,
    context_window: setting?.context_window ?? known.context_window,
    max_output_tokens: setting?.max_output_tokens ?? known.max_output_tokens,
    own_context_window: setting?.context_window ?? null,
    own_max_output_tokens: setting?.max_output_tokens ?? null,
    offered: setting?.offered ?? true,
    roles: setting?.restricted ? [...system, ...setting.roles] : null,
    ...{ price, price_source: source },
    own_price: setting?.price ? describeOwnPrice(setting.price) : null,
    catalogue_price: known.price,
    last_used_at: null,
    version: setting?.version ?? 1,
  };
}
