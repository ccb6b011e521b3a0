import type { CatalogueModel } from '@lyss/api-types';

export interface ModelChoice {
  name: string;
  known: CatalogueModel | null;
  found: boolean;
}

interface ModelSources {
  found: readonly string[];
  catalogue: readonly CatalogueModel[];
  /** Ticked now, names typed by hand among them. */
  chosen: readonly string[];
  /** Served before: they lead, so that nobody looks for what is already there. */
  kept?: readonly string[];
}

/** Every model one may choose: those served before, those the test found, the catalogue's, then names typed; each once. */
export function listChoices({ found, catalogue, chosen, kept = [] }: ModelSources): ModelChoice[] {
  const known = new Map(catalogue.map((model) => [model.name, model]));
  const seen = new Set(found);
  const served = new Set(kept);
  const names = new Set([...kept, ...found, ...known.keys(), ...chosen]);
  const choices = [...names].map((name) => ({ name, known: known.get(name) ?? null, found: seen.has(name) }));
  // A supplier lists hundreds; those with a known window and price are the ones people look for.
  return choices.sort((a, b) => Number(served.has(b.name)) - Number(served.has(a.name)) || Number(b.found) - Number(a.found) || Number(b.known !== null) - Number(a.known !== null) || a.name.localeCompare(b.name));
}

/** The choices whose name holds what was typed, and the typed name itself where it is none of them (Azure's deployments have any). */
export function narrowChoices(choices: readonly ModelChoice[], typed: string): { shown: ModelChoice[]; addable: string | null } {
  const text = typed.trim();
  const shown = choices.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return { shown, addable: text === '' || choices.some(({ name }) => name === text) ? null : text };
}
