import { keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { BodyOf, DataOf, QueryOf, TenantModel } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export type ModelPage = DataOf<'tenantModels.list'>;
const lists = ['tenant-models', 'list'] as const;

export function modelPage(query: QueryOf<'tenantModels.list'>) {
  return queryOptions({ queryKey: [...lists, query], queryFn: ({ signal }) => call('tenantModels.list', { query, signal }), placeholderData: keepPreviousData });
}

export function oneModel(id: string) {
  return queryOptions({ queryKey: ['tenant-models', 'one', id], queryFn: ({ signal }): Promise<TenantModel> => call('tenantModels.read', { params: { id }, signal }) });
}

/** What its calls came to lately. */
export function modelCost(id: string) {
  return queryOptions({ queryKey: ['tenant-models', 'cost', id], queryFn: async ({ signal }) => (await call('tenantModels.read', { params: { id }, signal })).last_30_days });
}

const HISTORY = 20;
export function priceHistory(id: string) {
  return queryOptions({ queryKey: ['tenant-models', 'prices', id], queryFn: ({ signal }) => call('tenantModels.listPrices', { params: { id }, query: { page_size: HISTORY }, signal }) });
}

export const exchangeRates = queryOptions({ queryKey: ['tenant-models', 'rates'], queryFn: ({ signal }) => call('tenantModels.readRates', { signal }) });

/** The kinds of supplier there are: they change with a release, not while the page is open. */
export const supplierKinds = queryOptions({ queryKey: ['suppliers', 'available'], queryFn: ({ signal }) => call('suppliers.available', { signal }), staleTime: Number.POSITIVE_INFINITY });

export const roleChoices = queryOptions({ queryKey: ['roles', 'choices'], queryFn: async ({ signal }) => (await call('roles.list', { signal })).items.map(({ id, name }) => ({ id, name })) });

/** Puts one row into every cached page that shows it, so that an answer is seen before the next fetch. */
export function placeModel(client: QueryClient, row: TenantModel): void {
  client.setQueriesData<ModelPage>({ queryKey: lists }, (page) => page && { ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) });
}

/** Fetches again what a changed model shows in, also what can be chatted with. */
export async function refetchModels(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: ['tenant-models'] }), client.invalidateQueries({ queryKey: ['models'] })]);
}

export interface ModelUpdate {
  id: string;
  version: number;
  body: BodyOf<'tenantModels.update'>;
}
export function updateModel({ id, version, body }: ModelUpdate): Promise<TenantModel> {
  return call('tenantModels.update', { params: { id }, body, if_match: version });
}

function useModelMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => void refetchModels(client) });
}

export const useUpdateModel = () => useModelMutation(updateModel);
export const useReplaceRate = () => useModelMutation((body: BodyOf<'tenantModels.replaceRate'>) => call('tenantModels.replaceRate', { body }));
export const useSyncModels = () => useModelMutation(() => call('tenantModels.sync', {}));
