import type { RoleRule } from '../connection/repository.ts';

export interface MappedRoles {
  /** Role names and ids, each once. */
  roles: string[];
  /** Values of the claim that gave one. */
  matched: string[];
}

/**
 * The roles that a sign-in leaves a person with. A role that some rule names is given or taken by the claim, each time;
 * roles that no rule names stay as they are. Whoever would have none gets the default one, where there is one.
 */
export function mapRoles(held: readonly string[], rules: readonly RoleRule[], values: readonly string[]): MappedRoles {
  const named = rules.filter((rule) => rule.value !== null);
  const fitting = named.filter(({ value }) => values.includes(value ?? ''));
  const unnamed = held.filter((role) => !named.some((rule) => rule.role === role));
  const roles = [...new Set([...unnamed, ...fitting.map(({ role }) => role)])];
  const fallback = rules.filter((rule) => rule.value === null).map(({ role }) => role);
  return { roles: roles.length > 0 ? roles : fallback, matched: [...new Set(fitting.map(({ value }) => value ?? ''))] };
}
