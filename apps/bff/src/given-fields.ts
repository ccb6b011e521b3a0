/** A parsed input without its undefined fields, which an UPDATE would take for values (exactOptionalPropertyTypes). */
export function pickGiven<T extends object>(input: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Object.fromEntries forgets the keys' names, which are T's own.
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
