import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { Look } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';
import { paths } from '../../../app/paths.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { SearchIcon } from '../../../ui/icons.tsx';
import { SkeletonText, Waiting } from '../../../ui/states/skeleton.tsx';
import { lookedConversations } from './api.ts';

/** The person's conversations, newest first, archived ones too. Searched when asked, not while typing: each answer is an entry. */
export function LookedList({ look, open_id }: { look: Look; open_id: string | null }) {
  const t = useTexts('chat');
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const found = useInfiniteQuery(lookedConversations(look.id, search));
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSearch(typed.trim());
  };
  return (
    <nav className="chat-list" aria-label={t(($) => $.list.label)}>
      <form className="chat-list-head" role="search" onSubmit={submit}>
        <label className="chat-search">
          <SearchIcon size={14} />
          <input type="search" value={typed} placeholder={t(($) => $.look.search)} aria-label={t(($) => $.look.search)} onChange={(event) => setTyped(event.target.value)} />
        </label>
      </form>
      <Waiting waiting={found.isPending} label={t(($) => $.list.loading)} skeleton={<div className="chat-list-note"><SkeletonText lines={6} /></div>}>
        {found.error ? <p className="chat-list-note" role="alert">{found.error.message}</p> : null}
        {rows.length === 0 && !found.error ? <p className="chat-list-note" role="status">{search === '' ? t(($) => $.look.nothing) : t(($) => $.list.nothing_found, { search })}</p> : null}
        <div className="chat-list-rows look-rows">
          {rows.map(({ id, title, last_message_at }) => (
            <div key={id} className={id === open_id ? 'chat-row is-open' : 'chat-row'}>
              <Link className="chat-row-link look-row" {...paths.lookedConversation(look.id, id)} preload={false} aria-current={id === open_id ? 'page' : undefined}>
                <span className="chat-row-title">{title ?? t(($) => $.list.untitled)}</span>
                <small><Time at={last_message_at} /></small>
              </Link>
            </div>
          ))}
          {found.hasNextPage ? <ActionButton size="small" pending={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t(($) => $.look.more)}</ActionButton> : null}
        </div>
      </Waiting>
    </nav>
  );
}
