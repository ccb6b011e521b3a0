/** One field of an entry's details: what it was, and what it became; absent on the side where there was nothing. */
export interface FieldChange {
  name: string;
  before?: unknown;
  after?: unknown;
}

const sides: ReadonlySet<string> = new Set(['before', 'after', 'api_key_id']);

function readSide(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The fields that differ between an entry's before and after, and whatever else its details say. */
export function listChanges(details: Record<string, unknown> | null): { changes: FieldChange[]; more: [name: string, value: unknown][] } {
  const given = details ?? {};
  const before = readSide(given['before']);
  const after = readSide(given['after']);
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => !before.has(name) || !after.has(name) || !isSame(before.get(name), after.get(name)));
  const changes = names.map((name): FieldChange => ({ name, ...(before.has(name) ? { before: before.get(name) } : {}), ...(after.has(name) ? { after: after.get(name) } : {}) }));
  return { changes, more: Object.entries(given).filter(([name]) => !sides.has(name)) };
}
