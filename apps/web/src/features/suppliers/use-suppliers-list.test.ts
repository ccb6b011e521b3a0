import { expect, it } from 'vitest';
import { suppliersDefaults, type SuppliersSearch } from '../../app/search.ts';
import { isFiltered, toQuery } from './use-suppliers-list.ts';

it('asks the server only for what the address sets', () => {
  expect(toQuery(suppliersDefaults)).toEqual({ sort_by: 'created_at', sort_order: 'desc', include_total: 'true' });
  const address: SuppliersSearch = { search: 'claude', status: 'failing', provider: 'anthropic', enabled: 'false', cursor: 'c2', sort_by: 'name', sort_order: 'asc', peek: 'x' };
  expect(toQuery(address)).toEqual({ sort_by: 'name', sort_order: 'asc', include_total: 'true', search: 'claude', status: 'failing', provider: 'anthropic', enabled: 'false', cursor: 'c2' });
});

it('is filtered by search, status, supplier and switch, not by page or peek', () => {
  expect(isFiltered({ ...suppliersDefaults, cursor: 'c2', peek: 'x', sort_by: 'name' })).toBe(false);
  for (const filter of [{ search: 'x' }, { status: 'failing' }, { provider: 'demo' }, { enabled: 'true' }] as const) {
    expect(isFiltered({ ...suppliersDefaults, ...filter })).toBe(true);
  }
});
