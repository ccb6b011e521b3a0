import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { SkeletonText } from '../../../ui/states/skeleton.tsx';
import { mySessions, useEndSession } from './api.ts';
import { ConfirmEndOthers } from './confirm-end-others.tsx';
import { SessionRow } from './session-row.tsx';
import './security.css';

/** Where I am signed in; each can be ended, and all but this one at once. */
export function SessionList() {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const found = useInfiniteQuery(mySessions());
  const end = useEndSession();
  const [asked, ask] = useState(false);
  const sessions = found.data?.pages.flatMap(({ items }) => items);
  if (sessions === undefined && found.isError) {
    return (
      <div className="form-stack">
        <InlineError>{found.error.message}</InlineError>
        <div className="form-actions"><ActionButton onClick={() => void found.refetch()}>{frame(($) => $.actions.retry)}</ActionButton></div>
      </div>
    );
  }
  if (sessions === undefined) return <SkeletonText lines={4} />;
  const others = sessions.some(({ is_current }) => !is_current);
  return (
    <div>
      <ul className="session-list" aria-label={t(($) => $.security.sessions)}>
        {sessions.map((session) => <SessionRow key={session.id} session={session} pending={end.isPending && end.variables === session.id} onEnd={() => end.mutate(session.id)} />)}
      </ul>
      <InlineError>{end.error?.status === 404 ? null : (end.error?.message ?? null)}</InlineError>
      <div className="form-actions">
        {found.hasNextPage ? <ActionButton pending={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t(($) => $.security.more)}</ActionButton> : null}
        {others ? <ActionButton onClick={() => ask(true)}>{t(($) => $.security.end_others.ask)}</ActionButton> : null}
      </div>
      {asked ? <ConfirmEndOthers onClose={() => ask(false)} /> : null}
    </div>
  );
}
