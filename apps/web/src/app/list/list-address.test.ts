import { describe, expect, it } from 'vitest';
import { suppliersDefaults, tenantsDefaults, usersDefaults, type SuppliersSearch } from '../search.ts';
import { clearFilters, isFiltered, toQuery } from './list-address.ts';

const address: SuppliersSearch = { search: 'claude', status: 'failing', provider: 'anthropic', enabled: 'false', cursor: 'c2', sort_by: 'name', sort_order: 'asc', peek: 'x' };

describe('a list’s address', () => {
  it.each([suppliersDefaults, tenantsDefaults, usersDefaults])('asks the server for nothing but the order by itself', (defaults) => {
    expect(toQuery(defaults)).toEqual({ sort_by: 'created_at', sort_order: 'desc', include_total: 'true' });
  });

  it('asks the server for what is set, and not for what is open beside the list', () => {
    expect(toQuery(address)).toEqual({ sort_by: 'name', sort_order: 'asc', include_total: 'true', search: 'claude', status: 'failing', provider: 'anthropic', enabled: 'false', cursor: 'c2' });
    expect(toQuery({ ...tenantsDefaults, state: 'suspended' })).toMatchObject({ state: 'suspended' });
  });

  it('is filtered by its search and filters, not by page, order or peek', () => {
    expect(isFiltered({ ...suppliersDefaults, cursor: 'c2', peek: 'x', sort_by: 'name', sort_order: 'asc' })).toBe(false);
    for (const filter of [{ search: 'x' }, { status: 'failing' }, { provider: 'demo' }, { enabled: 'true' }] as const) {
      expect(isFiltered({ ...suppliersDefaults, ...filter })).toBe(true);
    }
    expect(isFiltered({ ...usersDefaults, role: 'end_user' })).toBe(true);
  });

  it('loses every filter at once, and the page with them, but keeps its order and its peek', () => {
    expect({ ...address, ...clearFilters(address) }).toEqual({ ...suppliersDefaults, sort_by: 'name', sort_order: 'asc', peek: 'x' });
  });
});
