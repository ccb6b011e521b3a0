import type { Capability, Price, ProviderId } from '@lyss/api-types';
import { placeOfSupplierKey } from '../../crypto/sealed-places.ts';
import { AppError } from '../../errors.ts';
import type { ProviderConnection } from '../../providers/provider.ts';
import { splitPinned } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { compareServing } from './preference.ts';
import { listCallable, type CallableRow } from './repository.ts';

/** What a call needs to know of a model: whom to ask, under which name, with which key, at which price. */
export interface ResolvedModel {
  /** As it was asked for. */
  name: string;
  supplier: ProviderId;
  supplier_model: string;
  demo: boolean;
  credential_id: string;
  base_url: string;
  credential: ProviderConnection['credential'];
  /** Per 1,000,000 tokens; null where nobody knows it. */
  price: Price | null;
  context_window: number | null;
  max_output_tokens: number | null;
  capabilities: Capability[];
}

/**
 * Finds who serves a model now: `gpt-5` by any enabled credential that lists it, `azure/gpt-5` by that supplier alone.
 * A name that is listed as it stands wins over the same name read as pinned. Throws 3007 where nobody serves it, 3006
 * with `details.reason` `model_disabled` where all that do are off.
 */
export async function resolveModel(ports: ModelPorts, tenant_id: string, name: string): Promise<ResolvedModel> {
  const pinned = splitPinned(name);
  const rows = await ports.tenancy.withTenant(tenant_id, (db) => listCallable(db, name, pinned));
  const [chosen] = rows.filter(({ enabled }) => enabled).toSorted((a, b) => Number(b.exact) - Number(a.exact) || compareServing(a, b));
  if (!chosen) {
    if (rows.length === 0) throw new AppError('RESOURCE_NOT_FOUND', { details: { resource: 'model' } });
    throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'model_disabled' } });
  }
  const supplier_model = pinned && !chosen.exact ? pinned.model : name;
  const { price, context_window, max_output_tokens, capabilities } = await ports.describeModel(chosen.provider, supplier_model);
  return {
    name,
    supplier: chosen.provider,
    supplier_model,
    demo: chosen.provider === 'demo',
    credential_id: chosen.id,
    base_url: chosen.base_url,
    credential: describeCredential(ports, tenant_id, chosen),
    price,
    context_window,
    max_output_tokens,
    capabilities,
  };
}

/** The key is opened only when a socket asks for it, and only for the origin that it was sealed for. */
function describeCredential(ports: ModelPorts, tenant_id: string, { id, sealed_key }: CallableRow): ProviderConnection['credential'] {
  if (sealed_key === null) return null;
  return { id, revealFor: (origin) => ports.vault.open(placeOfSupplierKey(tenant_id, id, origin), sealed_key) };
}
