import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { User } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { usersDefaults, type UsersSearch } from '../../app/search.ts';
import { userPage } from './api.ts';

export type UsersList = List<UsersSearch, User>;

export function useUsersList(): UsersList {
  const search = useSearch({ from: '/users' });
  const navigate = useNavigate({ from: '/users' });
  const query = useQuery(userPage(toQuery(search)));
  const onChange = (patch: Partial<UsersSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: usersDefaults, query, onChange });
}
