import type { Model } from '@lyss/api-types';

/** Models one can talk to: an embedding model answers nothing. */
function listChatModels(models: readonly Model[]): Model[] {
  return models.filter((model) => !model.capabilities.includes('embedding'));
}

/** The model a chat begins with: the first wish that is available, else a real one before the demo; null where there is none. */
export function chooseModel(models: readonly Model[], ...wishes: (string | null | undefined)[]): Model | null {
  const available = listChatModels(models).filter((model) => model.available);
  const wished = wishes.map((wish) => available.find((model) => model.name === wish)).find((model) => model !== undefined);
  return wished ?? available.find((model) => !model.demo) ?? available[0] ?? null;
}

/** What the model is called that was wished for and can't be asked; null where the wish came true, or nothing was wished. */
export function findReplaced(models: readonly Model[], chosen: Model | null, wish: string | null): string | null {
  if (chosen === null || wish === null || chosen.name === wish) return null;
  return models.find((model) => model.name === wish)?.display_name ?? wish;
}

export interface ModelGroup {
  supplier: string;
  models: Model[];
}

/** Models by supplier in the order they came, those that match a search; suppliers with something available first, the demo last. */
export function groupModels(models: readonly Model[], search: string): ModelGroup[] {
  const wanted = search.trim().toLowerCase();
  const matches = ({ name, display_name, supplier }: Model) => `${name} ${display_name} ${supplier}`.toLowerCase().includes(wanted);
  const groups = Map.groupBy(listChatModels(models).filter(matches), (model) => model.supplier);
  const rank = (group: ModelGroup) => (group.models.some((model) => model.demo) ? 2 : group.models.some((model) => model.available) ? 0 : 1);
  return [...groups].map(([supplier, members]) => ({ supplier, models: members })).toSorted((a, b) => rank(a) - rank(b));
}
