import type { CatalogueModel, CatalogueSupplier, Price, ProviderId } from '@lyss/api-types';
import type { ModelInfo, ModelPrice, Provider as PricedProvider } from '@pydantic/genai-prices';
import { demoModels } from './demo.ts';
import { isChatModel, isEmbeddingModel, listCapabilities } from './model-traits.ts';
import { suppliers } from './suppliers.ts';

// Under which names the package knows ours; qwen, ark, ollama and custom servers it doesn't: their models come from the supplier itself.
const pricedIds: Partial<Record<ProviderId, string[]>> = {
  openai: ['openai'],
  anthropic: ['anthropic'],
  google: ['google'],
  deepseek: ['deepseek'],
  // Azure sells OpenAI's models at OpenAI's prices; its own are few.
  azure: ['openai', 'azure'],
  moonshot: ['moonshotai'],
  zhipu: ['zhipuai'],
  mistral: ['mistral'],
};
// What the package lists besides: others' models sold through another wire, and resellers' suffixes.
const foreignModels: Partial<Record<ProviderId, RegExp>> = { google: /^(?!gemini-|gemma-)|-maas$/ };
const notAModel = /[:/]|-ft$/;

const demoModel = {
  'lyss-demo': { display_name: 'Lyss Demo', capabilities: ['tools'] },
  'lyss-demo-reasoner': { display_name: 'Lyss Demo Reasoner', capabilities: ['tools', 'reasoning'] },
} as const;
const demoWindow = 128_000;
const demoOutput = 64_000;

function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  // Tiered: the price of an ordinary prompt; dearer tiers begin past some 200,000 tokens.
  const base = typeof value === 'object' && value !== null && 'base' in value ? value.base : null;
  return typeof base === 'number' ? base : null;
}

/** Prices per 1,000,000 tokens, as decimals without an exponent. */
function writeDecimal(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}

/** The price list in force now. Prices by hour of the day are all taken in: the dearest counts, so that no budget is undercut. */
function listCurrentPrices(model: ModelInfo, now: Date): ModelPrice[] {
  if (!Array.isArray(model.prices)) return [model.prices];
  let dated: ModelPrice | null = null;
  const hourly: ModelPrice[] = [];
  for (const { constraint, prices } of model.prices) {
    if (constraint?.type === 'time_of_date') hourly.push(prices);
    else if (!constraint || new Date(constraint.start_date) <= now) dated = prices;
  }
  return dated ? [dated, ...hourly] : hourly;
}

function findDearest(lists: ModelPrice[], field: string): number | null {
  const values = lists.map((list) => readNumber(list[field])).filter((value) => value !== null);
  return values.length === 0 ? null : Math.max(...values);
}

function readPrice(model: ModelInfo, now: Date): Price | null {
  const lists = listCurrentPrices(model, now);
  const input = findDearest(lists, 'input_mtok');
  const output = findDearest(lists, 'output_mtok') ?? (isEmbeddingModel(model.id) ? 0 : null);
  if (input === null || output === null) return null;
  const cached = findDearest(lists, 'cache_read_mtok');
  return { input: writeDecimal(input), output: writeDecimal(output), cached_input: cached === null ? null : writeDecimal(cached), currency: 'USD' };
}

type OutputLimits = Map<string, { max_output_tokens: number | null; chats: boolean }>;

/** OpenAI's own models are in the tokenizer's table too, which knows their longest answer and which of them chat. */
async function listOutputLimits(provider: ProviderId): Promise<OutputLimits> {
  if (provider !== 'openai' && provider !== 'azure') return new Map();
  const models = await import('gpt-tokenizer/models');
  return new Map(
    Object.entries(models).map(([name, spec]) => {
      const endpoints: readonly string[] = 'supported_endpoints' in spec ? spec.supported_endpoints : [];
      return [name, { max_output_tokens: 'max_output_tokens' in spec ? spec.max_output_tokens : null, chats: endpoints.includes('chat_completions') || endpoints.includes('embeddings') }];
    }),
  );
}

function writeModel(model: ModelInfo, name: string, limits: OutputLimits): CatalogueModel {
  return {
    name,
    display_name: model.name ?? name,
    context_window: model.context_window ?? null,
    max_output_tokens: limits.get(name)?.max_output_tokens ?? null,
    capabilities: listCapabilities(name),
    price: readPrice(model, new Date()),
  };
}

function isOffered(provider: ProviderId, model: ModelInfo, name: string, limits: OutputLimits): boolean {
  if (model.deprecated || notAModel.test(name) || foreignModels[provider]?.test(name)) return false;
  // Where the window is missing, OpenAI's entries are relics; other suppliers' are current.
  if (model.context_window === undefined && limits.size > 0) return false;
  return (isChatModel(name) || isEmbeddingModel(name)) && (limits.get(name)?.chats ?? true);
}

function listDemoModels(): CatalogueModel[] {
  return demoModels.map((name) => ({
    name,
    display_name: demoModel[name].display_name,
    context_window: demoWindow,
    max_output_tokens: demoOutput,
    capabilities: [...demoModel[name].capabilities],
    price: { input: '0', output: '0', cached_input: '0', currency: 'USD' },
  }));
}

/** Zhipu's API takes lower case, as the package's own patterns say; everybody else's names are as they stand. */
function writeName(provider: ProviderId, id: string): string {
  return provider === 'zhipu' ? id.toLowerCase() : id;
}

async function findPriced(provider: ProviderId): Promise<PricedProvider[]> {
  // 0.8 MB of prices, wanted by admin pages only: not read at every start. Nothing is fetched; the data is the package's.
  const { findProvider } = await import('@pydantic/genai-prices');
  return (pricedIds[provider] ?? []).map((providerId) => findProvider({ providerId })).filter((priced) => priced !== undefined);
}

const listed = new Map<ProviderId, Promise<CatalogueModel[]>>();

async function buildList(provider: ProviderId): Promise<CatalogueModel[]> {
  if (provider === 'demo') return listDemoModels();
  const limits = await listOutputLimits(provider);
  const models = new Map<string, CatalogueModel>();
  for (const priced of await findPriced(provider)) {
    for (const model of priced.models) {
      const name = writeName(provider, model.id);
      if (!models.has(name) && isOffered(provider, model, name, limits)) models.set(name, writeModel(model, name, limits));
    }
  }
  return [...models.values()];
}

/** A supplier's models as far as the price package knows them; empty for suppliers it doesn't know. Prices per 1,000,000 tokens. */
export function listCatalogueModels(provider: ProviderId): Promise<CatalogueModel[]> {
  const known = listed.get(provider) ?? buildList(provider);
  listed.set(provider, known);
  return known;
}

/** The tree's first level: every supplier in order, with how many models the catalogue has of it. */
export async function listCatalogueSuppliers(): Promise<CatalogueSupplier[]> {
  return Promise.all(suppliers.map(async (supplier) => ({ ...supplier, models_count: (await listCatalogueModels(supplier.provider)).length })));
}

/**
 * What is known of a model that a supplier named itself (`gpt-4.1-2025-04-14`): the catalogue's entry, else what the
 * package's patterns match, else its name alone, with window and price null.
 */
export async function describeModel(provider: ProviderId, name: string): Promise<CatalogueModel> {
  const exact = (await listCatalogueModels(provider)).find((model) => model.name === name);
  if (exact) return exact;
  const { calcPrice } = await import('@pydantic/genai-prices');
  const limits = await listOutputLimits(provider);
  for (const priced of await findPriced(provider)) {
    const found = calcPrice({ input_tokens: 0 }, name, { provider: priced })?.model;
    if (found) return writeModel(found, name, limits);
  }
  return { name, display_name: name, context_window: null, max_output_tokens: null, capabilities: listCapabilities(name), price: null };
}
