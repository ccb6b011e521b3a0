import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import type { SupplierCredential } from '@lyss/api-types';
import { createList, type List } from '../../app/list/create-list.ts';
import { toQuery } from '../../app/list/list-address.ts';
import { suppliersDefaults, type SuppliersSearch } from '../../app/search.ts';
import { supplierPage } from './api.ts';

export type SuppliersList = List<SuppliersSearch, SupplierCredential>;

export function useSuppliersList(): SuppliersList {
  const search = useSearch({ from: '/suppliers' });
  const navigate = useNavigate({ from: '/suppliers' });
  const query = useQuery(supplierPage(toQuery(search)));
  const onChange = (patch: Partial<SuppliersSearch>, replace: boolean) => void navigate({ search: (old) => ({ ...old, ...patch }), replace });
  return createList({ search, defaults: suppliersDefaults, query, onChange });
}
