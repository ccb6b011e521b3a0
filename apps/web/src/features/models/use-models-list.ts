import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TenantModel } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { modelsDefaults, type ModelsSearch } from '../../app/search.ts';
import { modelPage } from './api.ts';

export type ModelsList = List<ModelsSearch, TenantModel>;

export function useModelsList(): ModelsList {
  const search = useSearch({ from: '/models' });
  const navigate = useNavigate({ from: '/models' });
  const query = useQuery(modelPage(toQuery(search)));
  const onChange = (patch: Partial<ModelsSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: modelsDefaults, query, onChange });
}
