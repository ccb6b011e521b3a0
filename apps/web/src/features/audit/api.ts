import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { BodyOf, QueryOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';

/** A tenant's trail, or the platform's. */
export type Trail = 'tenant' | 'platform';

const ids = {
  tenant: { list: 'audit.list', read: 'audit.read', verify: 'audit.verify' },
  platform: { list: 'audit.listPlatform', read: 'audit.readPlatform', verify: 'audit.verifyPlatform' },
} as const;

export function entryPage(trail: Trail, query: QueryOf<'audit.list'>) {
  return queryOptions({ queryKey: ['audit', trail, 'list', query], queryFn: ({ signal }) => call(ids[trail].list, { query, signal }), placeholderData: keepPreviousData });
}

export function entry(trail: Trail, id: string) {
  return queryOptions({ queryKey: ['audit', trail, 'one', id], queryFn: ({ signal }) => call(ids[trail].read, { params: { id }, signal }) });
}

export const verifyStep = (trail: Trail, body: BodyOf<'audit.verify'>, signal: AbortSignal) => call(ids[trail].verify, { body, signal });

const LOOK_AGAIN_MS = 1_000;
const unfinished: ReadonlySet<string> = new Set(['queued', 'running']);

export const files = queryOptions({
  queryKey: ['audit', 'files'],
  queryFn: ({ signal }) => call('audit.listExports', { query: { page_size: 50 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((file) => unfinished.has(file.state)) ? LOOK_AGAIN_MS : false),
});

function useFilesMutation<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: files.queryKey }) });
}

export const useStartExport = () => useFilesMutation((body: BodyOf<'audit.startExport'>) => call('audit.startExport', { body, idempotency_key: crypto.randomUUID() }));
export const useRemoveExport = () => useFilesMutation((id: string) => call('audit.removeExport', { params: { id } }));
// Read first: a session that has ended is renewed by it, which the browser's own request can't do.
export const useDownload = () => useMutation({ mutationFn: async (id: string) => (await call('audit.readExport', { params: { id } }), download('audit.downloadExport', { params: { id } })) });
