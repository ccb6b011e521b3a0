import { memo, useRef, useState } from 'react';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton, IconButton } from '../../../ui/action-button.tsx';
import { CopyButton } from '../../../ui/copyable.tsx';
import { GrowingField } from '../composer/growing-field.tsx';
import { isSendKey } from '../composer/send-key.ts';
import { CHARACTER_LIMIT } from '../composer/limits.ts';
import { EditIcon } from '../icons.tsx';
import type { MessageRow } from '../rows.ts';
import { Bubble } from './bubble.tsx';
import { useConversationRoom } from './conversation-room.ts';
import { textOf } from './message-text.ts';
import { SiblingWalk } from './sibling-walk.tsx';

function EditForm({ text, free, onSend, onCancel }: { text: string; free: boolean; onSend: (text: string) => void; onCancel: () => void }) {
  const t = useTexts('chat');
  const [edited, setEdited] = useState(text);
  const sendable = free && edited.trim() !== '' && edited.length <= CHARACTER_LIMIT;
  return (
    <form
      className="chat-edit"
      onSubmit={(event) => {
        event.preventDefault();
        if (sendable) onSend(edited);
      }}
    >
      <GrowingField
        value={edited}
        onChange={setEdited}
        label={t(($) => $.actions.edit_label)}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          } else if (isSendKey(event.nativeEvent)) {
            event.preventDefault();
            if (sendable) onSend(edited);
          }
        }}
      />
      <div className="chat-edit-actions">
        <ActionButton size="small" onClick={onCancel}>{t(($) => $.actions.cancel_edit)}</ActionButton>
        <ActionButton size="small" look="primary" type="submit" disabled={!sendable}>{t(($) => $.actions.save_edit)}</ActionButton>
      </div>
    </form>
  );
}

/** What the person wrote, at the right; editing it begins another branch beside it. */
export const UserMessage = memo(function UserMessage({ row, last }: { row: MessageRow; last: boolean }) {
  const t = useTexts('chat');
  const room = useConversationRoom();
  const [editing, setEditing] = useState(false);
  const { message, sibling_ids, position, pending } = row;
  const text = textOf(message);
  const article = useRef<HTMLElement>(null);
  const cancel = () => {
    setEditing(false);
    // Back to the button that opened the form, once it is there again.
    setTimeout(() => article.current?.querySelector<HTMLElement>('.chat-actions > button:last-of-type')?.focus());
  };
  const send = (edited: string) => {
    if (room.onEdit(message, edited)) setEditing(false);
  };
  return (
    <article ref={article} className={`chat-own ${last ? 'is-last' : ''}`}>
      <h3 className="visually-hidden">{t(($) => $.messages.you)}</h3>
      {editing ? <EditForm text={text} free={room.can_send} onSend={send} onCancel={cancel} /> : <Bubble text={text} />}
      {editing || pending ? null : (
        <div className="chat-actions">
          <SiblingWalk sibling_ids={sibling_ids} position={position} onChoose={(id) => room.onChoose(message, id)} />
          <CopyButton text={text} copyText={t(($) => $.actions.copy)} copiedText={t(($) => $.actions.copied)} />
          <IconButton label={t(($) => $.actions.edit)} disabled={!room.can_send} onClick={() => setEditing(true)}><EditIcon size={15} /></IconButton>
        </div>
      )}
    </article>
  );
});
