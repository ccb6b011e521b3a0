import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { QueryOf, Tenant } from '@lyss/api-types';
import { tenantsDefaults, type TenantsSearch } from '../../app/search.ts';
import type { ListSort } from '../../ui/list/column.ts';
import { tenantPage } from './api.ts';

// Where each cursor was reached from: keyset pages only point forwards.
const cameFrom = new Map<string, string>();

export function toQuery(search: TenantsSearch): QueryOf<'tenants.list'> {
  const { search: text, cursor, state, sort_by, sort_order } = search;
  return {
    sort_by,
    sort_order,
    include_total: 'true',
    ...(text === '' ? {} : { search: text }),
    ...(cursor === '' ? {} : { cursor }),
    ...(state ? { state } : {}),
  };
}

export function isFiltered(search: TenantsSearch): boolean {
  return search.search !== '' || search.state !== '';
}

/** The list as its address says: rows, paging, filters and what is open beside it. */
export function useTenantsList() {
  const search = useSearch({ from: '/tenants' });
  const navigate = useNavigate({ from: '/tenants' });
  const query = useQuery(tenantPage(toQuery(search)));
  const rows: readonly Tenant[] | undefined = query.data?.items;
  const pagination = query.data?.pagination;
  const change = (patch: Partial<TenantsSearch>, replace = true) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  const turn = (cursor: string) => change({ cursor, peek: '' }, false);
  return {
    search,
    query,
    rows,
    total: pagination?.total_items,
    filter: (patch: Partial<TenantsSearch>) => change({ ...patch, cursor: '' }),
    clear: () => change({ search: '', state: '', cursor: '' }),
    open: (id: string) => change({ peek: id }, search.peek !== ''),
    sort: { by: search.sort_by, order: search.sort_order } satisfies ListSort,
    onSort: (sort: ListSort | null) => {
      const { sort_by, sort_order } = tenantsDefaults;
      // A column is only sortable where the contract's enum names it.
      change(sort ? { sort_by: sort.by as TenantsSearch['sort_by'], sort_order: sort.order, cursor: '' } : { sort_by, sort_order, cursor: '' });
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
export type TenantsList = ReturnType<typeof useTenantsList>;
