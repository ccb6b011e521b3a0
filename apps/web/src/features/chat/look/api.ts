import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { DataOf, Look } from '@lyss/api-types';
import { call } from '../../../api/client.ts';

const LIST_PAGE = 50;
const MESSAGE_PAGE = 100;
// Taken from me, a look is over here as well before long.
const WATCH_MS = 5_000;

/** At whom, and until when. Asking leaves no entry: nothing of theirs is in it. */
export const look = (id: string) =>
  queryOptions({
    queryKey: ['looks', id],
    queryFn: ({ signal }): Promise<Look> => call('looks.read', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' || (state.data && !goesOn(state.data)) ? false : WATCH_MS),
  });

/** Each page that is asked for is an entry in the audit: so once, and never by itself; and nothing is kept when it is no longer shown. */
const once = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false } as const;
const contentOf = (id: string) => ['looks', id, 'content'] as const;
const nextOf = ({ pagination }: Pick<DataOf<'looks.listMessages'>, 'pagination'>) => (pagination.has_next ? pagination.next_cursor : null);

export const lookedConversations = (id: string, search: string) =>
  infiniteQueryOptions({
    queryKey: [...contentOf(id), 'conversations', search],
    queryFn: ({ pageParam, signal }) => call('looks.listConversations', { params: { id }, query: { page_size: LIST_PAGE, ...(search === '' ? {} : { search }), ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    // The first page has no cursor; TypeScript would infer null alone.
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    ...once,
  });

export const lookedMessages = (id: string, conversation_id: string) =>
  infiniteQueryOptions({
    queryKey: [...contentOf(id), 'messages', conversation_id],
    queryFn: ({ pageParam, signal }) => call('looks.listMessages', { params: { id, conversation_id }, query: { page_size: MESSAGE_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: nextOf,
    ...once,
  });

/** Lets go of everything that was read under a look. */
export const forgetLooked = (client: QueryClient, id: string) => client.removeQueries({ queryKey: contentOf(id) });

export const goesOn = ({ ended_at, ends_at }: Look, now = Date.now()): boolean => ended_at === null && Date.parse(ends_at) > now;
