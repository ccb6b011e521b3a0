import { keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf, ProviderId, QueryOf, SupplierCredential } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export type SupplierPage = DataOf<'suppliers.list'>;
const lists = ['suppliers', 'list'] as const;

export function supplierPage(query: QueryOf<'suppliers.list'>) {
  return queryOptions({
    queryKey: [...lists, query],
    queryFn: ({ signal }) => call('suppliers.list', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function supplier(id: string) {
  return queryOptions({ queryKey: ['suppliers', 'one', id], queryFn: ({ signal }) => call('suppliers.read', { params: { id }, signal }) });
}

/** The kinds of supplier there are: they change with a release, not while the page is open. */
export const availableSuppliers = queryOptions({
  queryKey: ['suppliers', 'available'],
  queryFn: ({ signal }) => call('suppliers.available', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export function providerModels(provider: ProviderId) {
  return queryOptions({
    queryKey: ['suppliers', 'provider-models', provider],
    queryFn: ({ signal }) => call('suppliers.providerModels', { params: { provider }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Puts one row into every cached page that shows it, so that an answer is seen before the next fetch. */
export function placeSupplier(client: QueryClient, row: SupplierCredential): void {
  client.setQueriesData<SupplierPage>({ queryKey: lists }, (page) =>
    page && { ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) },
  );
  client.setQueryData(supplier(row.id).queryKey, (known) => known && row);
}

/** Fetches again what a changed credential shows in: lists, details, and what can be chatted with. */
export async function refetchSuppliers(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: lists }),
    client.invalidateQueries({ queryKey: ['suppliers', 'one'] }),
    client.invalidateQueries({ queryKey: ['models'] }),
  ]);
}

function useSupplierMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => void refetchSuppliers(client) });
}

export function createSupplier(body: BodyOf<'suppliers.create'>): Promise<SupplierCredential> {
  return call('suppliers.create', { body });
}

export interface Replacement {
  id: string;
  version: number;
  body: BodyOf<'suppliers.replace'>;
}
export function replaceSupplier({ id, version, body }: Replacement): Promise<SupplierCredential> {
  return call('suppliers.replace', { params: { id }, body, if_match: version });
}

export const useRotateKey = () =>
  useSupplierMutation(({ id, version, api_key }: { id: string; version: number; api_key: string }) =>
    call('suppliers.rotate', { params: { id }, body: { api_key }, if_match: version }),
  );

export const useTestSupplier = () => useMutation({ mutationFn: (body: BodyOf<'suppliers.test'>) => call('suppliers.test', { body }) });

export const useTestSaved = () => useSupplierMutation((id: string) => call('suppliers.testSaved', { params: { id } }));

export const useRemoveSupplier = () =>
  useSupplierMutation(({ id, version, detach }: { id: string; version: number; detach: boolean }) =>
    call('suppliers.remove', { params: { id }, query: detach ? { detach: 'true' } : {}, if_match: version }),
  );
