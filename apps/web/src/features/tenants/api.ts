import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf, QueryOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export function tenantPage(query: QueryOf<'tenants.list'>) {
  return queryOptions({
    queryKey: ['tenants', 'list', query],
    queryFn: ({ signal }) => call('tenants.list', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function tenant(id: string) {
  return queryOptions({ queryKey: ['tenants', 'one', id], queryFn: ({ signal }) => call('tenants.read', { params: { id }, signal }) });
}

function useTenantMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old.
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['tenants'] }) });
}

/** The first admin's link, and whether a letter brings it. */
export type MadeLink = Pick<DataOf<'tenants.create'>, 'invitation' | 'delivery'>;

export const useCreateTenant = () => useTenantMutation((body: BodyOf<'tenants.create'>) => call('tenants.create', { body }));

interface TenantRemoval {
  id: string;
  version: number;
  name: string;
  reason: string;
}
export const useRemoveTenant = () =>
  useTenantMutation(({ id, version, ...query }: TenantRemoval) => call('tenants.remove', { params: { id }, query, if_match: version }));

export const useCancelRemoval = () =>
  useTenantMutation(({ id, version }: { id: string; version: number }) => call('tenants.cancelRemoval', { params: { id }, if_match: version }));

export interface TenantChange {
  id: string;
  version: number;
  body: BodyOf<'tenants.update'>;
}
export const useUpdateTenant = () =>
  useTenantMutation(({ id, version, body }: TenantChange) => call('tenants.update', { params: { id }, body, if_match: version }));
