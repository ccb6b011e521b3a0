import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { IconButton } from '../../ui/action-button.tsx';
import { useNarrow } from '../../ui/list/use-narrow.ts';
import { Waiting } from '../../ui/states/skeleton.tsx';
import { conversation, messageTree } from './api.ts';
import { ConversationList } from './conversations/conversation-list.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { ListDrawer } from './floating/list-drawer.tsx';
import { ListIcon, PlusIcon } from './icons.tsx';
import { NewChat } from './new-chat.tsx';
import './forget-person.ts';
import './chat.css';

// Reading Markdown and drawing messages is a third of this page, and a chat that begins needs none of it yet.
const loadView = () => import('./conversation-view.tsx');
const ConversationView = lazy(async () => ({ default: (await loadView()).ConversationView }));

function BarTitle({ id }: { id: string }) {
  const t = useTexts('chat');
  const { data } = useQuery(conversation(id));
  return data === undefined ? null : <>{data.title ?? t(($) => $.list.untitled)}</>;
}

/** On a phone the list is a drawer, opened from a bar above the messages. */
function PhoneBar({ open_id }: { open_id: string | null }) {
  const t = useTexts('chat');
  const [open, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <div className="chat-bar">
      <IconButton label={t(($) => $.list.open)} aria-expanded={open} aria-haspopup="dialog" onClick={() => setOpen(true)}><ListIcon /></IconButton>
      <span className="chat-bar-title">{open_id === null ? t(($) => $.list.create) : <BarTitle id={open_id} />}</span>
      {open_id === null ? null : <Link className="ui-icon-button" {...paths.chat()} aria-label={t(($) => $.list.create)} title={t(($) => $.list.create)}><PlusIcon /></Link>}
      {open ? <ListDrawer label={t(($) => $.list.label)} onClose={close}><ConversationList open_id={open_id} onGo={close} /></ListDrawer> : null}
    </div>
  );
}

/** A conversation; its messages are asked for while the code that draws them is on its way. */
function Conversation({ id }: { id: string }) {
  const t = useTexts('chat');
  usePrefetchQuery(conversation(id));
  usePrefetchQuery(messageTree(id));
  const waiting = <Waiting waiting label={t(($) => $.messages.loading)} skeleton={<ConversationSkeleton />}>{null}</Waiting>;
  return <Suspense fallback={waiting}><ConversationView key={id} id={id} /></Suspense>;
}

export default function Page() {
  const { conversationId: id = null } = useParams({ strict: false });
  const narrow = useNarrow();
  // There before the first message has been typed.
  useEffect(() => void loadView().catch(() => undefined), []);
  return (
    <div className="chat">
      {narrow ? null : <ConversationList open_id={id} />}
      <section className="chat-main">
        {narrow ? <PhoneBar open_id={id} /> : null}
        {id === null ? <NewChat /> : <Conversation id={id} />}
      </section>
    </div>
  );
}
