import { errorTable, type Model, type ProviderId } from '@lyss/api-types';
import { isChatModel, isEmbeddingModel } from '../../providers/model-traits.ts';
import { findSetting, isForAsker, isOffered, type Candidate } from './allow.ts';
import type { Seat } from './desk.ts';
import { findEffectivePrice } from './effective-price.ts';
import { pin } from './model-name.ts';
import type { ModelPorts } from './ports.ts';
import { compareServing } from './preference.ts';

interface Offer extends Candidate {
  name: string;
  is_mine: boolean;
}

/** What somebody may chat with: each name once, the demo last, with why not where not. What the tenant doesn't offer is left out. */
export async function listModels(ports: ModelPorts, tenant_id: string, user_id: string, accepts = chats): Promise<Model[]> {
  const seat = await ports.desks.readAnew(tenant_id, user_id);
  const best = await listBest(seat, accepts);
  return Promise.all(nameOffers(seat, best).map((offer) => describeOffer(ports, seat, offer)));
}

/** Each model of each supplier by its best credential, in the order in which a call of its plain name takes them. */
async function listBest(seat: Seat, accepts: typeof chats): Promise<Omit<Offer, 'name'>[]> {
  const best = new Map<string, Candidate>();
  for (const serving of seat.desk.credentials.toSorted(compareServing)) {
    for (const model of serving.models) {
      const key = pin(serving.provider, model);
      if (!best.has(key) && accepts(serving.provider, model) && isOffered(findSetting(seat, { serving, model }))) best.set(key, { serving, model });
    }
  }
  const offers = await Promise.all([...best.values()].map(async (candidate) => ({ ...candidate, is_mine: await isForAsker(seat, findSetting(seat, candidate)) })));
  const rank = ({ is_mine, serving }: (typeof offers)[number]) => (serving.enabled ? Number(!is_mine) : 2);
  return offers.toSorted((a, b) => rank(a) - rank(b) || compareServing(a.serving, b.serving));
}

/**
 * The plain name goes to the one that a call of that name would take; further suppliers of the same model are offered as
 * `supplier/model`, as is one whose name is an alias of another.
 */
function nameOffers({ desk }: Seat, best: readonly Omit<Offer, 'name'>[]): Offer[] {
  const offers = new Map<string, Offer>();
  for (const offer of best) if (!offers.has(offer.model) && !desk.aliases.has(offer.model)) offers.set(offer.model, { name: offer.model, ...offer });
  for (const offer of best) {
    const name = pin(offer.serving.provider, offer.model);
    if (offers.get(offer.model)?.serving !== offer.serving && !offers.has(name)) offers.set(name, { name, ...offer });
  }
  return [...offers.values()].toSorted((a, b) => Number(isDemo(a.serving.provider)) - Number(isDemo(b.serving.provider)));
}

// Where the names are the customer's own, one that looks like a family's says nothing: `acme-live` is no live audio.
const ownNames: readonly ProviderId[] = ['azure', 'custom', 'ollama'];

function chats(provider: ProviderId, model: string): boolean {
  return ownNames.includes(provider) ? !isEmbeddingModel(model) : isChatModel(model);
}

/** What a program may call: what embeds texts as well. */
export function isCallable(provider: ProviderId, model: string): boolean {
  return chats(provider, model) || isEmbeddingModel(model);
}

function isDemo(provider: ProviderId): boolean {
  return provider === 'demo';
}

async function describeOffer(ports: ModelPorts, seat: Seat, offer: Offer): Promise<Model> {
  const { name, model, serving } = offer;
  const setting = findSetting(seat, offer);
  const known = await ports.describeModel(serving.provider, model);
  const reason = findReason(offer);
  return {
    name,
    aliases: setting?.aliases ?? [],
    display_name: setting?.display_name ?? known.display_name,
    supplier: serving.provider,
    demo: isDemo(serving.provider),
    context_window: setting?.context_window ?? known.context_window,
    max_output_tokens: setting?.max_output_tokens ?? known.max_output_tokens,
    capabilities: known.capabilities,
    price: findEffectivePrice(seat.desk, setting?.price ?? null, known.price).price,
    available: reason === null,
    reason,
  };
}

function findReason({ is_mine, serving }: Offer): Model['reason'] {
  if (!is_mine) return errorTable.INSUFFICIENT_PERMISSIONS.code;
  if (!serving.enabled) return errorTable.OPERATION_NOT_ALLOWED.code;
  return serving.status === 'failing' ? errorTable.AI_PROVIDER_ERROR.code : null;
}
