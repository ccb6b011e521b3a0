import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { BodyOf, Conversation, DataOf } from '@lyss/api-types';
import { call } from '../../api/client.ts';
import { appendOlder, replaceNewest, type MessageTree } from './messages/message-tree.ts';

type ConversationPage = DataOf<'chat.listConversations'>;
export interface ConversationFilter {
  search: string;
  archived: boolean;
  pinned: boolean;
}
const LIST_PAGE = 50;
const MESSAGE_PAGE = 100;
const FRESH_MS = 10_000;
// Another device says nothing to this one: the open conversation asks whether something began or ended.
const WATCH_MS = 5_000;
const lists = ['chat', 'conversations'] as const;

export function conversationList({ search, archived, pinned }: ConversationFilter) {
  return infiniteQueryOptions({
    queryKey: [...lists, { search, archived, pinned }],
    queryFn: ({ pageParam, signal }) =>
      call('chat.listConversations', {
        query: {
          page_size: LIST_PAGE,
          sort_by: 'last_message_at',
          sort_order: 'desc',
          archived: archived ? 'true' : 'false',
          pinned: pinned ? 'true' : 'false',
          ...(search === '' ? {} : { search }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    // The first page has no cursor; TypeScript would infer null alone.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.pagination.has_next ? page.pagination.next_cursor : null),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

export function conversation(id: string) {
  return queryOptions({
    queryKey: ['chat', 'conversation', id],
    queryFn: ({ signal }) => call('chat.readConversation', { params: { id }, signal }),
    // One that is not there, or not mine, does not come back.
    refetchInterval: ({ state }) => (state.status === 'error' ? false : WATCH_MS),
  });
}

/** The newest messages over what is known already; older pages are put in front by `loadOlder`. */
export function messageTree(id: string) {
  const queryKey = ['chat', 'messages', id] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<MessageTree> => {
      const page = await call('chat.listMessages', { params: { id }, query: { page_size: MESSAGE_PAGE }, signal });
      // Read after the wait: an older page may have come in between.
      return replaceNewest(client.getQueryData<MessageTree>(queryKey), page);
    },
    staleTime: FRESH_MS,
  });
}

/** Puts the next older page of messages in front. False where there is none. */
export async function loadOlder(client: QueryClient, id: string): Promise<boolean> {
  const { queryKey } = messageTree(id);
  const cursor = client.getQueryData<MessageTree>(queryKey)?.older_cursor ?? null;
  if (cursor === null) return false;
  const page = await call('chat.listMessages', { params: { id }, query: { page_size: MESSAGE_PAGE, cursor } });
  client.setQueryData<MessageTree>(queryKey, (known) => (known?.older_cursor === cursor ? appendOlder(known, page) : known));
  return true;
}

/** Fetches the newest messages now, even where they count as fresh. */
export async function refetchMessages(client: QueryClient, id: string): Promise<MessageTree> {
  // One that is under way may have been answered before what is looked for was written.
  await client.cancelQueries({ queryKey: messageTree(id).queryKey });
  return client.fetchQuery({ ...messageTree(id), staleTime: 0 });
}

export async function refetchConversation(client: QueryClient, id: string): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: conversation(id).queryKey }), client.invalidateQueries({ queryKey: lists })]);
}

export const modelList = queryOptions({ queryKey: ['models'], queryFn: ({ signal }) => call('models.list', { signal }), staleTime: 60_000 });

/** Puts a changed conversation into every cached place that shows it. */
function placeConversation(client: QueryClient, id: string, change: Partial<Conversation>): void {
  client.setQueryData(conversation(id).queryKey, (known) => known && { ...known, ...change });
  client.setQueriesData<InfiniteData<ConversationPage>>({ queryKey: lists }, (known) => {
    if (known === undefined) return known;
    const pages = known.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)) }));
    return { ...known, pages };
  });
}

export interface ConversationChange {
  conversation: Conversation;
  body: BodyOf<'chat.updateConversation'>;
}

export function useUpdateConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ conversation: { id, version }, body }: ConversationChange) => call('chat.updateConversation', { params: { id }, body, if_match: version }),
    // Seen at once; a refusal brings back what was there.
    onMutate: ({ conversation: { id }, body }) => {
      const shown = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      placeConversation(client, id, shown);
    },
    onError: (_failure, { conversation: before }) => placeConversation(client, before.id, before),
    onSuccess: (after) => placeConversation(client, after.id, after),
    onSettled: (_after, _failure, { conversation: { id } }) => refetchConversation(client, id),
  });
}

export function useRemoveConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Conversation) => call('chat.removeConversation', { params: { id }, if_match: version }),
    onSettled: () => client.invalidateQueries({ queryKey: lists }),
  });
}

export async function createConversation(client: QueryClient, body: BodyOf<'chat.createConversation'>, idempotency_key: string): Promise<Conversation> {
  const created = await call('chat.createConversation', { body, idempotency_key });
  client.setQueryData(conversation(created.id).queryKey, created);
  client.setQueryData<MessageTree>(messageTree(created.id).queryKey, { messages: [], older_cursor: null });
  void client.invalidateQueries({ queryKey: lists });
  return created;
}
