import type { UseQueryResult } from '@tanstack/react-query';
import type { ListSort } from '../../ui/list/column.ts';
import type { ListPaging } from '../../ui/list/list-pager.tsx';
import { clearFilters, isFiltered, type ListAddress } from './list-address.ts';

interface Page<Row> {
  items: Row[];
  pagination: { next_cursor: string | null; has_next: boolean; total_items?: number | undefined };
}

interface ListInput<Search, Row> {
  search: Search;
  /** The order a list has by itself. */
  defaults: Search;
  query: UseQueryResult<Page<Row>>;
  /** Changes the address; in place, or as a step that the browser's Back undoes. */
  onChange: (patch: Partial<Search>, replace: boolean) => void;
}

// Where each cursor was reached from: keyset pages only point forwards.
const cameFrom = new Map<string, string>();

/** A list as its address says: rows, paging, filters and what is open beside it. */
export function createList<Search extends ListAddress, Row>({ search, defaults, query, onChange }: ListInput<Search, Row>) {
  // The patches below name keys that every address has; TypeScript can't see that of a Search it doesn't know yet.
  const change = (patch: Partial<ListAddress>, replace = true) => onChange(patch as Partial<Search>, replace);
  const pagination = query.data?.pagination;
  const turn = (cursor: string) => change({ cursor, peek: '' }, false);
  const paging: ListPaging = {
    has_prev: search.cursor !== '',
    has_next: pagination?.has_next ?? false,
    onPrev: () => turn(cameFrom.get(search.cursor) ?? ''),
    onNext: () => {
      const next = pagination?.next_cursor;
      if (!next) return;
      cameFrom.set(next, search.cursor);
      turn(next);
    },
  };
  return {
    search,
    query,
    paging,
    filtered: isFiltered(search),
    rows: query.data?.items as readonly Row[] | undefined,
    total: pagination?.total_items,
    filter: (patch: Partial<Search>) => onChange({ ...patch, cursor: '' }, true),
    onSearch: (text: string) => change({ search: text, cursor: '' }),
    clear: () => onChange(clearFilters(search), true),
    open: (id: string) => change({ peek: id }, search.peek !== ''),
    sort: { by: search.sort_by, order: search.sort_order } satisfies ListSort,
    onSort: (sort: ListSort | null) => change({ sort_by: sort?.by ?? defaults.sort_by, sort_order: sort?.order ?? defaults.sort_order, cursor: '' }),
  };
}

export type List<Search extends ListAddress, Row> = ReturnType<typeof createList<Search, Row>>;
