interface Table {
  name: string;
  points_to: string[];
}

/** Where the keys are that open a tenant's secrets: without them, what is left of those is noise. */
export const KEY_TABLE = 'data_keys';

/** Each table before those that it points to, so that nothing cascades; the keys first. Throws where tables point round in a circle. */
export function orderTables(tables: readonly Table[]): string[] {
  const order: string[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const pointed = new Set([...left.values()].flatMap(({ points_to }) => points_to));
    const free = [...left.keys()].filter((name) => !pointed.has(name));
    if (free.length === 0) throw new Error(`tables point round in a circle: ${[...left.keys()].join(', ')}`);
    for (const name of free) {
      order.push(name);
      left.delete(name);
    }
  }
  return [KEY_TABLE, ...order.filter((name) => name !== KEY_TABLE)];
}
