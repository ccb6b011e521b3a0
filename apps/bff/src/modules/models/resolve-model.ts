import type { Capability, Price, ProviderId } from '@lyss/api-types';
import { placeOfSupplierKey } from '../../crypto/sealed-places.ts';
import { AppError } from '../../errors.ts';
import type { ProviderConnection } from '../../providers/provider.ts';
import { findSetting, isForAsker, isOffered, type Candidate } from './allow.ts';
import type { Desk, Seat } from './desk.ts';
import { findEffectivePrice } from './effective-price.ts';
import { splitPinned } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { compareServing } from './preference.ts';
import type { ServingRow } from './repository.ts';

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
  /** Per 1,000,000 tokens in the tenant's currency, as it is now: a call keeps it to its end. Null where nobody knows it. */
  price: Price | null;
  context_window: number | null;
  max_output_tokens: number | null;
  capabilities: Capability[];
}

/** Whose call it is; without it, models that are for some roles alone are refused. */
export interface Asker {
  user_id: string;
}

interface Named extends Candidate {
  /** The name stands in the credential's list as it was asked for; else it is the pinned supplier's, or an alias. */
  exact: boolean;
}

/**
 * Finds who serves a model now: an alias by the one model it stands for, `gpt-5` by any enabled credential that lists it,
 * `azure/gpt-5` by that supplier alone. A name that is listed as it stands wins over the same name read as pinned. Throws 3007
 * where nobody serves it, 3006 with `details.reason` `model_disabled` where it is off, 2004 `model_not_for_roles`.
 */
export async function resolveModel(ports: ModelPorts, tenant_id: string, name: string, asker: Asker | null): Promise<ResolvedModel> {
  const seat = await ports.desks.read(tenant_id, asker?.user_id ?? null);
  const chosen = await choose(seat, name);
  const { serving, model: supplier_model } = chosen;
  const setting = findSetting(seat, chosen);
  const known = await ports.describeModel(serving.provider, supplier_model);
  return {
    name,
    supplier: serving.provider,
    supplier_model,
    demo: serving.provider === 'demo',
    credential_id: serving.id,
    base_url: serving.base_url,
    credential: describeCredential(ports, tenant_id, serving),
    price: findEffectivePrice(seat.desk, setting?.price ?? null, known.price).price,
    context_window: setting?.context_window ?? known.context_window,
    max_output_tokens: setting?.max_output_tokens ?? known.max_output_tokens,
    capabilities: known.capabilities,
  };
}

async function choose(seat: Seat, name: string): Promise<Named> {
  const named = listNamed(seat.desk, name);
  if (named.length === 0) throw new AppError('RESOURCE_NOT_FOUND', { details: { resource: 'model' } });
  const on = named.filter((candidate) => candidate.serving.enabled && isOffered(findSetting(seat, candidate)));
  for (const candidate of on) if (await isForAsker(seat, findSetting(seat, candidate))) return candidate;
  if (on.length > 0) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'model_not_for_roles' } });
  throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'model_disabled' } });
}

/** Everybody who serves the name, on or off, in the order in which calls take them. */
function listNamed({ aliases, credentials }: Desk, name: string): Named[] {
  const alias = aliases.get(name);
  const pinned = alias ?? splitPinned(name);
  const isExact = (serving: ServingRow) => !alias && serving.models.includes(name);
  const isPinned = (serving: ServingRow) => pinned !== null && serving.provider === pinned.provider && serving.models.includes(pinned.model);
  return credentials
    .filter((serving) => isExact(serving) || isPinned(serving))
    .map((serving) => ({ serving, exact: isExact(serving), model: isExact(serving) || !pinned ? name : pinned.model }))
    .toSorted((a, b) => Number(b.exact) - Number(a.exact) || compareServing(a.serving, b.serving));
}

/** The key is opened only when a socket asks for it, and only for the origin that it was sealed for. */
function describeCredential(ports: ModelPorts, tenant_id: string, { id, sealed_key }: ServingRow): ProviderConnection['credential'] {
  if (sealed_key === null) return null;
  return { id, revealFor: (origin) => ports.vault.open(placeOfSupplierKey(tenant_id, id, origin), Buffer.from(sealed_key, 'base64')) };
}
