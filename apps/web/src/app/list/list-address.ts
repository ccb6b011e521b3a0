import type { ListSearch } from '../search.ts';

/** An address of any list: what every list has, and filters of its own (empty: not set). */
export type ListAddress = ListSearch & { sort_by: string };
/** What the server is asked: each filter as the contract has it, without the empty one that an address may hold. */
export type ListQuery<Search> = { [Name in keyof Omit<Search, 'peek' | 'sort_by' | 'sort_order'>]?: Exclude<Search[Name], ''> } & Pick<Search, Extract<keyof Search, 'sort_by' | 'sort_order'>> & { include_total: 'true' };

// Where one is in the list, not which rows it has.
const place: ReadonlySet<string> = new Set(['cursor', 'peek', 'sort_by', 'sort_order', 'tab']);

/** The server's query for an address: only what is set. */
export function toQuery<Search extends ListAddress>(search: Search): ListQuery<Search> {
  const asked = Object.entries(search).filter(([name, value]) => name !== 'peek' && value !== '');
  // fromEntries forgets the names: they are those of the address.
  return { ...Object.fromEntries(asked), include_total: 'true' } as ListQuery<Search>;
}

function listFilters(search: ListAddress): [name: string, value: string][] {
  return Object.entries(search).filter(([name]) => !place.has(name));
}

/** Whether a search or a filter leaves rows out. */
export function isFiltered<Search extends ListAddress>(search: Search): boolean {
  return listFilters(search).some(([, value]) => value !== '');
}

/** The change of an address that takes every filter away, and goes to the first page. */
export function clearFilters<Search extends ListAddress>(search: Search): Partial<Search> {
  const cleared = listFilters(search).map(([name]) => [name, '']);
  // Every filter may be empty, by the types in app/search.ts.
  return { ...Object.fromEntries(cleared), cursor: '' } as Partial<Search>;
}
