import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { useTitle } from '../../../app/use-title.ts';
import { EmptyState } from '../../../ui/states/state.tsx';
import { Waiting } from '../../../ui/states/skeleton.tsx';
import { ConversationSkeleton } from '../conversation-skeleton.tsx';
import { forgetLooked, goesOn, look as lookQuery } from './api.ts';
import { LookBanner } from './look-banner.tsx';
import { LookedList } from './looked-list.tsx';
import { LookedMessages } from './looked-messages.tsx';
import { useNow } from './use-now.ts';
import '../chat.css';
import './look.css';

/** Another person's conversations, to be read: with whom and how long above them, and gone when the look is over. */
export function LookPage({ lookId, conversationId }: { lookId: string; conversationId: string | null }) {
  const t = useTexts('chat');
  useTitle(t(($) => $.look.title));
  const client = useQueryClient();
  const { data: look, isError } = useQuery(lookQuery(lookId));
  const now = useNow();
  const open = look !== undefined && !isError && goesOn(look, now);
  useEffect(() => {
    if (!open) forgetLooked(client, lookId);
  }, [open, client, lookId]);
  if (look === undefined && !isError) return <Waiting waiting label={t(($) => $.look.title)} skeleton={<ConversationSkeleton />}>{null}</Waiting>;
  if (!open) return <EmptyState whole title={t(($) => $.look.over)} why={t(($) => $.look.over_why)} action={<Link className="ui-button is-plain is-middle" {...paths.users()}>{t(($) => $.look.to_users)}</Link>} />;
  return (
    <div className="look">
      <LookBanner look={look} now={now} />
      <div className={conversationId === null ? 'chat look-chat' : 'chat look-chat is-open'}>
        <LookedList look={look} open_id={conversationId} />
        <section className="chat-main" aria-label={t(($) => $.look.messages)}>
          {conversationId === null ? <EmptyState title={t(($) => $.look.choose)} why={t(($) => $.look.choose_why)} /> : <LookedMessages key={conversationId} look_id={look.id} conversation_id={conversationId} name={look.subject.name} />}
        </section>
      </div>
    </div>
  );
}
