import type { Permission } from '@lyss/api-types/permission';

type KeyOf<P> = P extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;
type NounOf<P> = P extends `${infer Noun}.${string}` ? Noun : never;
export type Noun = NounOf<Permission>;

/** Where the words of a permission stand in the texts, in which a dot would be a step down: `users.read` → `users_read`. */
export function keyOf(permission: Permission): KeyOf<Permission> {
  // A template type cannot follow the replacement of the one dot that every permission has.
  return permission.replace('.', '_') as KeyOf<Permission>;
}

export function nounOf(permission: Permission): Noun {
  // As above: what stands before the dot.
  return permission.slice(0, permission.indexOf('.')) as Noun;
}

/** Permissions by noun, nouns and permissions in the registry's order. */
export function groupByNoun(permissions: readonly Permission[]): { noun: Noun; permissions: Permission[] }[] {
  const nouns = [...new Set(permissions.map(nounOf))];
  return nouns.map((noun) => ({ noun, permissions: permissions.filter((permission) => nounOf(permission) === noun) }));
}
