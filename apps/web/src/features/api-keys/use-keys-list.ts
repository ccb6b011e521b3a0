import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ApiKey, PersonsApiKey } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { apiKeysDefaults, type ApiKeysSearch } from '../../app/search.ts';
import { allKeyPage, ownKeyPage } from './api.ts';

export type OwnKeys = List<ApiKeysSearch, ApiKey>;
export type AllKeys = List<ApiKeysSearch, PersonsApiKey>;

function useKeysSearch() {
  const search = useSearch({ from: '/api-keys' });
  const navigate = useNavigate({ from: '/api-keys' });
  const onChange = (patch: Partial<ApiKeysSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  // Which list it is, the server knows by its path.
  const { tab: _tab, ...query } = toQuery(search);
  return { search, onChange, query };
}

export function useOwnKeys(): OwnKeys {
  const { search, onChange, query } = useKeysSearch();
  return createList({ search, defaults: apiKeysDefaults, query: useQuery(ownKeyPage(query)), onChange });
}

export function useAllKeys(): AllKeys {
  const { search, onChange, query } = useKeysSearch();
  return createList({ search, defaults: apiKeysDefaults, query: useQuery(allKeyPage(query)), onChange });
}
