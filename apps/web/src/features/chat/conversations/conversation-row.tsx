import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { RowMenu } from '../../../ui/list/row-menu.tsx';
import { useLiveStore } from '../replies/live-store.ts';

export interface RowActions {
  onRename: (conversation: Conversation, title: string) => void;
  onPin: (conversation: Conversation) => void;
  onArchive: (conversation: Conversation) => void;
  onRemove: (conversation: Conversation) => void;
}

interface ConversationRowProps extends RowActions {
  conversation: Conversation;
  open: boolean;
  onGo: (() => void) | undefined;
}

const TITLE_LIMIT = 200;

/** `by_key`: the field goes with the focus in it. */
function TitleField({ title, onDone }: { title: string; onDone: (title: string | null, by_key: boolean) => void }) {
  const t = useTexts('chat');
  const [text, setText] = useState(title);
  const finish = (by_key: boolean) => onDone(text.trim() === '' || text.trim() === title ? null : text.trim(), by_key);
  return (
    <input
      className="chat-rename"
      value={text}
      maxLength={TITLE_LIMIT}
      aria-label={t(($) => $.list.new_title)}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The focus moves within this key: else it would also press what it moves to.
        event.preventDefault();
        if (event.key === 'Enter') finish(true);
        else {
          event.stopPropagation();
          onDone(null, true);
        }
      }}
    />
  );
}

/** One conversation of the list: its title, whether it is being answered, and what can be done with it. */
export function ConversationRow({ conversation, open, onGo, onRename, onPin, onArchive, onRemove }: ConversationRowProps) {
  const t = useTexts('chat');
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const returns = useRef(false);
  useEffect(() => {
    if (renaming || !returns.current) return;
    returns.current = false;
    row.current?.querySelector('button')?.focus();
  }, [renaming]);
  const live = useLiveStore((state) => state.turns[conversation.id] !== undefined);
  const title = conversation.title ?? t(($) => $.list.untitled);
  const running = live || conversation.running_reply_id !== null;
  if (renaming) {
    const finish = (chosen: string | null, by_key: boolean) => {
      returns.current = by_key;
      setRenaming(false);
      if (chosen !== null) onRename(conversation, chosen);
    };
    return <TitleField title={conversation.title ?? ''} onDone={finish} />;
  }
  const actions = [
    { key: 'rename', label: t(($) => $.list.rename), onSelect: () => setRenaming(true) },
    { key: 'pin', label: conversation.pinned ? t(($) => $.list.unpin) : t(($) => $.list.pin), onSelect: () => onPin(conversation) },
    { key: 'archive', label: conversation.archived ? t(($) => $.list.restore) : t(($) => $.list.archive), onSelect: () => onArchive(conversation) },
    { key: 'remove', label: t(($) => $.list.remove), danger: true, onSelect: () => onRemove(conversation) },
  ];
  return (
    <div ref={row} className={open ? 'chat-row is-open' : 'chat-row'}>
      <Link className="chat-row-link" {...paths.conversation(conversation.id)} aria-current={open ? 'page' : undefined} title={title} onClick={onGo}>
        {running ? <span className="chat-running" role="img" aria-label={t(($) => $.list.running)} /> : null}
        <span className="chat-row-title">{title}</span>
      </Link>
      <RowMenu actions={actions} label={t(($) => $.list.actions, { title })} />
    </div>
  );
}
