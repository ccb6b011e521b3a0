import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { QueryOf } from '@lyss/api-types';
import { call } from '../../../api/client.ts';

export type RequestsQuery = QueryOf<'requests.list'>;

export const requestPage = (query: RequestsQuery) =>
  queryOptions({ queryKey: ['requests', 'list', query], queryFn: ({ signal }) => call('requests.list', { query, signal }), placeholderData: keepPreviousData });

export const oneRequest = (id: string) => queryOptions({ queryKey: ['requests', 'one', id], queryFn: ({ signal }) => call('requests.read', { params: { id }, signal }) });

export const listNewer = (query: RequestsQuery, signal: AbortSignal) => call('requests.list', { query: { ...query, sort_order: 'asc' }, signal });
