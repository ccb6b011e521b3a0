import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '@lyss/api-types';
import { roleList } from '../../app/access/role-list.ts';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { createList, type List } from '../../app/list/create-list.ts';
import { rolesDefaults, type RolesSearch } from '../../app/search.ts';

export type RolesList = List<RolesSearch, Role>;

/** The roles as a list of one page, named in the person's language; a tenant has at most a few dozen, so the search is done here. */
export function useRolesList() {
  const search = useSearch({ from: '/roles' });
  const navigate = useNavigate({ from: '/roles' });
  const words = useAccessWords();
  const wanted = search.tab === '' ? search.search.trim().toLowerCase() : '';
  const all = useQuery(roleList());
  const query = useQuery({
    ...roleList(),
    select: ({ items }) => {
      const named = items.map((role) => ({ ...role, name: words.role(role), description: role.description || words.roleLine(role.id) }));
      const found = named.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(wanted));
      return { items: found, pagination: { next_cursor: null, has_next: false, total_items: found.length } };
    },
  });
  const onChange = (patch: Partial<RolesSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  const list = createList({ search, defaults: rolesDefaults, query, onChange });
  // Another tab searches other things.
  return { ...list, all: all.data?.items, showTab: (tab: RolesSearch['tab'], peek = '') => onChange({ tab, peek, search: '' }, false) };
}
