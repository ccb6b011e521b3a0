import type { CatalogueModel } from '@lyss/api-types';

export interface ModelChoice {
  name: string;
  known: CatalogueModel | null;
  found: boolean;
}

/** Every model one may choose: those the test found first, then the catalogue's, then names typed or saved before; each once. */
export function listChoices(found: readonly string[], catalogue: readonly CatalogueModel[], chosen: readonly string[]): ModelChoice[] {
  const known = new Map(catalogue.map((model) => [model.name, model]));
  const seen = new Set(found);
  const names = new Set([...found, ...known.keys(), ...chosen]);
  const choices = [...names].map((name) => ({ name, known: known.get(name) ?? null, found: seen.has(name) }));
  // A supplier lists hundreds; those with a known window and price are the ones people look for.
  return choices.sort((a, b) => Number(b.found) - Number(a.found) || Number(b.known !== null) - Number(a.known !== null) || a.name.localeCompare(b.name));
}

/** The choices whose name holds what was typed, and the typed name itself where it is none of them (Azure's deployments have any). */
export function narrowChoices(choices: readonly ModelChoice[], typed: string): { shown: ModelChoice[]; addable: string | null } {
  const text = typed.trim();
  const shown = choices.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return { shown, addable: text === '' || choices.some(({ name }) => name === text) ? null : text };
}
