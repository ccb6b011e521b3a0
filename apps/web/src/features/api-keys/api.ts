import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, QueryOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';

export function ownKeyPage(query: QueryOf<'apiKeys.list'>) {
  return queryOptions({
    queryKey: ['api-keys', 'own', query],
    queryFn: ({ signal }) => call('apiKeys.list', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function allKeyPage(query: QueryOf<'apiKeys.listAll'>) {
  return queryOptions({
    queryKey: ['api-keys', 'all', query],
    queryFn: ({ signal }) => call('apiKeys.listAll', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export const ownKey = (id: string) => queryOptions({ queryKey: ['api-keys', 'own-one', id], queryFn: ({ signal }) => call('apiKeys.read', { params: { id }, signal }) });

export const anyKey = (id: string) => queryOptions({ queryKey: ['api-keys', 'any-one', id], queryFn: ({ signal }) => call('apiKeys.readAny', { params: { id }, signal }) });

/** What a key may be limited to: the models that its person may chat with. */
export const modelNames = () =>
  queryOptions({ queryKey: ['models'], queryFn: ({ signal }) => call('models.list', { signal }), select: ({ items }) => items.map(({ name }) => name) });

function useKeyMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  // Also after a refusal: a 412 says that what is shown is old. An answer with a key is remembered nowhere once its drawer is closed.
  return useMutation({ mutationFn, gcTime: 0, onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }) });
}

export const useCreateKey = () => useKeyMutation((body: BodyOf<'apiKeys.create'>) => call('apiKeys.create', { body }));

export interface KeyChange {
  id: string;
  version: number;
  body: BodyOf<'apiKeys.update'>;
}
export const useUpdateKey = () => useKeyMutation(({ id, version, body }: KeyChange) => call('apiKeys.update', { params: { id }, body, if_match: version }));

export const useRotateKey = () =>
  useKeyMutation(({ id, version, overlap_hours }: { id: string; version: number; overlap_hours: number }) => call('apiKeys.rotate', { params: { id }, body: { overlap_hours }, if_match: version }));

export const useRemoveKey = () => useKeyMutation(({ id, version }: { id: string; version: number }) => call('apiKeys.remove', { params: { id }, if_match: version }));

export const useRevokeKey = () =>
  useKeyMutation(({ id, version, reason }: { id: string; version: number; reason: string }) => call('apiKeys.revoke', { params: { id }, query: { reason }, if_match: version }));
