import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { OperatorTenant } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { tenantsDefaults, type TenantsSearch } from '../../app/search.ts';
import { tenantPage } from './api.ts';

export type TenantsList = List<TenantsSearch, OperatorTenant>;

export function useTenantsList(): TenantsList {
  const search = useSearch({ from: '/tenants' });
  const navigate = useNavigate({ from: '/tenants' });
  const query = useQuery(tenantPage(toQuery(search)));
  const onChange = (patch: Partial<TenantsSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: tenantsDefaults, query, onChange });
}
