import { errorTable, type Model, type ProviderId } from '@lyss/api-types';
import { isChatModel, isEmbeddingModel } from '../../providers/model-traits.ts';
import { pin } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { compareServing } from './preference.ts';
import { listServing, type ServingRow } from './repository.ts';

interface Offer {
  name: string;
  model: string;
  serving: ServingRow;
}

/** What the tenant's people may chat with: each name once, the demo last, with why not where not. */
export async function listModels(ports: ModelPorts, tenant_id: string): Promise<Model[]> {
  const rows = await ports.tenancy.withTenant(tenant_id, listServing);
  return Promise.all(nameOffers(rows).map((offer) => describeOffer(ports, offer)));
}

/**
 * One offer a model and supplier, by its best credential. The plain name goes to the one that a call of that name would
 * take; further suppliers of the same model are offered as `supplier/model`.
 */
function nameOffers(rows: readonly ServingRow[]): Offer[] {
  const offers = new Map<string, Offer>();
  const best = new Map<string, { model: string; serving: ServingRow }>();
  for (const serving of rows.toSorted(compareServing)) {
    for (const model of serving.models) {
      if (!chats(serving.provider, model)) continue;
      const key = pin(serving.provider, model);
      if (!best.has(key)) best.set(key, { model, serving });
    }
  }
  for (const offer of best.values()) if (!offers.has(offer.model)) offers.set(offer.model, { name: offer.model, ...offer });
  for (const [name, offer] of best) if (offers.get(offer.model)?.serving !== offer.serving && !offers.has(name)) offers.set(name, { name, ...offer });
  return [...offers.values()].toSorted((a, b) => Number(isDemo(a.serving.provider)) - Number(isDemo(b.serving.provider)));
}

// Where the names are the customer's own, one that looks like a family's says nothing: `acme-live` is no live audio.
const ownNames: readonly ProviderId[] = ['azure', 'custom', 'ollama'];

function chats(provider: ProviderId, model: string): boolean {
  return ownNames.includes(provider) ? !isEmbeddingModel(model) : isChatModel(model);
}

function isDemo(provider: ProviderId): boolean {
  return provider === 'demo';
}

async function describeOffer(ports: ModelPorts, { name, model, serving }: Offer): Promise<Model> {
  const { display_name, context_window, max_output_tokens, capabilities, price } = await ports.describeModel(serving.provider, model);
  const reason = !serving.enabled ? errorTable.OPERATION_NOT_ALLOWED.code : serving.status === 'failing' ? errorTable.AI_PROVIDER_ERROR.code : null;
  return { name, display_name, supplier: serving.provider, demo: isDemo(serving.provider), context_window, max_output_tokens, capabilities, price, available: reason === null, reason };
}
