import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TenantImport } from '@lyss/api-types';
import { call } from '../../../api/client.ts';
import { download } from '../../../api/download.ts';
import { sendArchive } from './send-archive.ts';

const LOOK_AGAIN_MS = 1_000;
const unfinished: ReadonlySet<string> = new Set(['queued', 'running', 'judging', 'applying']);
const lookAgain = (items: { state: string }[] | undefined) => (items?.some(({ state }) => unfinished.has(state)) ? LOOK_AGAIN_MS : false);

export const archives = queryOptions({
  queryKey: ['archives'],
  queryFn: ({ signal }) => call('archives.list', { query: { page_size: 10 }, signal }),
  refetchInterval: ({ state }) => lookAgain(state.data?.items),
});

/** `isFilled`: something was brought in since, so it is asked anew. */
export const readiness = (isFilled: boolean) => queryOptions({ queryKey: ['imports', 'readiness', isFilled], queryFn: ({ signal }) => call('imports.readiness', { signal }) });

export const imports = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) => call('imports.list', { query: { page_size: 10 }, signal }),
  refetchInterval: ({ state }) => lookAgain(state.data?.items),
});

function useArchives<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: archives.queryKey }) });
}

export const useStartArchive = () => useArchives<void, unknown>(() => call('archives.start', { idempotency_key: crypto.randomUUID() }));
export const useRemoveArchive = () => useArchives((id: string) => call('archives.remove', { params: { id } }));
// Read first: a session that has ended is renewed by it, which the browser's own request can't do.
export const useDownload = () => useMutation({ mutationFn: async (id: string) => (await call('archives.read', { params: { id } }), download('archives.download', { params: { id } })) });

function useImports<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }) });
}

export const useSendArchive = () => useImports(({ file, unfinished: begun, onSent, signal }: { file: File; unfinished: TenantImport | undefined; onSent: (share: number) => void; signal: AbortSignal }) => sendArchive(file, begun, onSent, signal));
export const useApplyImport = () => useImports((id: string) => call('imports.apply', { params: { id } }));
export const useRemoveImport = () => useImports((id: string) => call('imports.remove', { params: { id } }));
