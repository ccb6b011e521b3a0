import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { IconButton } from '../../ui/action-button.tsx';
import { useNarrow } from '../../ui/list/use-narrow.ts';
import { conversation } from './api.ts';
import { ConversationList } from './conversations/conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { ListDrawer } from './floating/list-drawer.tsx';
import { ListIcon, PlusIcon } from './icons.tsx';
import { NewChat } from './new-chat.tsx';
import './forget-person.ts';
import './chat.css';

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

export default function Page() {
  const { conversationId: id = null } = useParams({ strict: false });
  const narrow = useNarrow();
  return (
    <div className="chat">
      {narrow ? null : <ConversationList open_id={id} />}
      <section className="chat-main">
        {narrow ? <PhoneBar open_id={id} /> : null}
        {id === null ? <NewChat /> : <ConversationView key={id} id={id} />}
      </section>
    </div>
  );
}
