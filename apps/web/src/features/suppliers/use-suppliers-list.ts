import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { QueryOf, SupplierCredential } from '@lyss/api-types';
import { suppliersDefaults, type SuppliersSearch } from '../../app/search.ts';
import type { ListSort } from '../../ui/list/column.ts';
import { supplierPage } from './api.ts';

// Where each cursor was reached from: keyset pages only point forwards.
const cameFrom = new Map<string, string>();

export function toQuery(search: SuppliersSearch): QueryOf<'suppliers.list'> {
  const { search: text, cursor, status, provider, enabled, sort_by, sort_order } = search;
  return {
    sort_by,
    sort_order,
    include_total: 'true',
    ...(text === '' ? {} : { search: text }),
    ...(cursor === '' ? {} : { cursor }),
    ...(status ? { status } : {}),
    ...(provider ? { provider } : {}),
    ...(enabled ? { enabled } : {}),
  };
}

export function isFiltered(search: SuppliersSearch): boolean {
  return [search.search, search.status, search.provider, search.enabled].some((value) => value !== '');
}

/** The list as its address says: rows, paging, filters and what is open beside it. */
export function useSuppliersList() {
  const search = useSearch({ from: '/suppliers' });
  const navigate = useNavigate({ from: '/suppliers' });
  const query = useQuery(supplierPage(toQuery(search)));
  const rows: readonly SupplierCredential[] | undefined = query.data?.items;
  const pagination = query.data?.pagination;
  const change = (patch: Partial<SuppliersSearch>, replace = true) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  const turn = (cursor: string) => change({ cursor, peek: '' }, false);
  return {
    search,
    query,
    rows,
    total: pagination?.total_items,
    filter: (patch: Partial<SuppliersSearch>) => change({ ...patch, cursor: '' }),
    clear: () => change({ search: '', status: '', provider: '', enabled: '', cursor: '' }),
    open: (id: string) => change({ peek: id }, search.peek !== ''),
    sort: { by: search.sort_by, order: search.sort_order } satisfies ListSort,
    onSort: (sort: ListSort | null) => {
      const { sort_by, sort_order } = suppliersDefaults;
      // A column is only sortable where the contract's enum names it.
      change(sort ? { sort_by: sort.by as SuppliersSearch['sort_by'], sort_order: sort.order, cursor: '' } : { sort_by, sort_order, cursor: '' });
    },
    paging: {
      page_size: pagination?.page_size ?? 0,
      has_prev: search.cursor !== '',
      has_next: pagination?.has_next ?? false,
      onPrev: () => turn(cameFrom.get(search.cursor) ?? ''),
      onNext: () => {
        const next = pagination?.next_cursor;
        if (!next) return;
        cameFrom.set(next, search.cursor);
        turn(next);
      },
    },
  };
}
export type SuppliersList = ReturnType<typeof useSuppliersList>;
