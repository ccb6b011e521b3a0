import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { QueryOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';

export const summary = (query: QueryOf<'usage.summary'>) =>
  queryOptions({ queryKey: ['usage', 'summary', query], queryFn: ({ signal }) => call('usage.summary', { query, signal }), placeholderData: keepPreviousData });

export const timeseries = (query: QueryOf<'usage.timeseries'>) =>
  queryOptions({ queryKey: ['usage', 'timeseries', query], queryFn: ({ signal }) => call('usage.timeseries', { query, signal }), placeholderData: keepPreviousData });

export const top = (query: QueryOf<'usage.top'>) =>
  queryOptions({ queryKey: ['usage', 'top', query], queryFn: ({ signal }) => call('usage.top', { query, signal }), placeholderData: keepPreviousData });

/** Read first: a session that has ended is renewed by it, which the browser's own request can't do. */
export async function saveCsv(query: QueryOf<'usage.export'>): Promise<void> {
  const { group_by: _group, ...asked } = query;
  await call('usage.summary', { query: asked });
  download('usage.export', { query });
}
