import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { VList, type VListHandle } from 'virtua';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { useMe } from '../../../session/session-store.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { SearchIcon } from '../../../ui/icons.tsx';
import { SkeletonText, Waiting } from '../../../ui/states/skeleton.tsx';
import { conversationList } from '../api.ts';
import { ArchiveIcon, PlusIcon } from '../icons.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { groupByDay } from './group-by-day.ts';
import { useConversationActions } from './use-conversation-actions.tsx';
import { useToday } from './use-today.ts';

// The next page is asked for before the end is seen.
const AHEAD_PX = 600;
const SEARCH_AFTER_MS = 250;

/** A text that has not changed for a moment: not every letter is asked for. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function useConversations(search: string, archived: boolean) {
  const pinned = useInfiniteQuery(conversationList({ search, archived, pinned: true }));
  const others = useInfiniteQuery(conversationList({ search, archived, pinned: false }));
  const me = useMe();
  const zone = me.preferences.time_zone ?? me.tenant.time_zone;
  const [first, rest] = [pinned.data, others.data];
  const items = useMemo(() => [first, rest].flatMap((found) => found?.pages.flatMap((page) => page.items) ?? []), [first, rest]);
  const today = useToday(zone);
  const rows = useMemo(() => groupByDay(items, today, zone), [items, today, zone]);
  const loadMore = () => {
    for (const query of [pinned, others]) if (query.hasNextPage && !query.isFetchingNextPage && !query.isError) void query.fetchNextPage();
  };
  return { rows, loadMore, waiting: pinned.isPending || others.isPending, error: pinned.error ?? others.error, refetch: () => void Promise.all([pinned.refetch(), others.refetch()]) };
}

function Nothing({ search, archived, onClear }: { search: string; archived: boolean; onClear: () => void }) {
  const t = useTexts('chat');
  if (search === '') return <p className="chat-list-note">{archived ? t(($) => $.list.empty_archived) : t(($) => $.list.empty)}</p>;
  return (
    <div className="chat-list-note" role="status">
      <p>{t(($) => $.list.nothing_found, { search })}</p>
      <ActionButton size="small" look="quiet" onClick={onClear}>{t(($) => $.list.clear)}</ActionButton>
    </div>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTexts('chat');
  return (
    <div className="chat-list-note" role="alert">
      <p>{t(($) => $.list.failed)}</p>
      <p>{error.message}</p>
      <ActionButton size="small" onClick={onRetry}>{t(($) => $.actions.retry)}</ActionButton>
    </div>
  );
}

function Head({ typed, onType, onGo }: { typed: string; onType: (text: string) => void; onGo: (() => void) | undefined }) {
  const t = useTexts('chat');
  return (
    <div className="chat-list-head">
      <Link className="ui-button is-plain is-middle chat-create" {...paths.chat()} onClick={onGo}><PlusIcon size={14} />{t(($) => $.list.create)}</Link>
      <label className="chat-search">
        <SearchIcon size={14} />
        <input type="search" value={typed} placeholder={t(($) => $.list.search)} aria-label={t(($) => $.list.search)} onChange={(event) => onType(event.target.value)} />
      </label>
    </div>
  );
}

interface ConversationListProps {
  open_id: string | null;
  /** Told when a conversation is chosen: a drawer then closes, also where it is the open one. */
  onGo?: () => void;
}

/** All my conversations: pinned, today's, earlier ones; found by title, paged while scrolling. */
export function ConversationList({ open_id, onGo }: ConversationListProps) {
  const t = useTexts('chat');
  const [typed, setTyped] = useState('');
  const [archived, setArchived] = useState(false);
  const search = useSettled(typed.trim());
  const list = useRef<VListHandle>(null);
  const { rows, loadMore, waiting, error, refetch } = useConversations(search, archived);
  const { actions, overlays } = useConversationActions(open_id);
  const onScroll = (offset: number) => {
    const { scrollSize, viewportSize } = list.current ?? { scrollSize: Infinity, viewportSize: 0 };
    if (offset + viewportSize + AHEAD_PX > scrollSize) loadMore();
  };
  return (
    <nav className="chat-list" aria-label={t(($) => $.list.label)}>
      <Head typed={typed} onType={setTyped} onGo={onGo} />
      <Waiting waiting={waiting && error === null} label={t(($) => $.list.loading)} skeleton={<div className="chat-list-note"><SkeletonText lines={8} /></div>}>
        {error !== null && rows.length === 0 ? <Failed error={error} onRetry={refetch} /> : rows.length === 0 ? <Nothing search={search} archived={archived} onClear={() => setTyped('')} /> : (
          <VList ref={list} className="chat-list-rows" onScroll={onScroll}>
            {rows.map((row) =>
              row.kind === 'heading' ? (
                <h2 key={row.group} className="chat-list-heading">{t(($) => $.list.groups[row.group])}</h2>
              ) : (
                <ConversationRow key={row.conversation.id} conversation={row.conversation} open={row.conversation.id === open_id} onGo={onGo} {...actions} />
              ),
            )}
          </VList>
        )}
      </Waiting>
      <button type="button" className="chat-list-filter" aria-pressed={archived} onClick={() => setArchived(!archived)}>
        <ArchiveIcon size={14} />
        {archived ? t(($) => $.list.active) : t(($) => $.list.archived)}
      </button>
      {overlays}
    </nav>
  );
}
