import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { BodyOf, Conversation } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { useUndo } from '../../../ui/overlay/undo-toast.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useRemoveConversation, useUpdateConversation } from '../api.ts';
import type { RowActions } from './conversation-row.tsx';

function RemovalQuestion({ conversation, onRemoved, onCancel }: { conversation: Conversation; onRemoved: () => void; onCancel: () => void }) {
  const t = useTexts('chat');
  const remove = useRemoveConversation();
  const title = conversation.title ?? t(($) => $.list.untitled);
  const actions = (
    <>
      <ActionButton onClick={onCancel} autoFocus>{t(($) => $.removal.cancel)}</ActionButton>
      <ActionButton look="danger" pending={remove.isPending} onClick={() => remove.mutate(conversation, { onSuccess: onRemoved })}>{t(($) => $.removal.confirm)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.removal.title, { title })} role="alertdialog" onClose={onCancel} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.removal.consequence)}</p>
      <InlineError>{remove.error?.message}</InlineError>
    </Dialog>
  );
}

/** What the list's rows can do, and the question, the offer to undo and the refusal that come of it. */
export function useConversationActions(open_id: string | null): { actions: RowActions; overlays: React.ReactNode } {
  const t = useTexts('chat');
  const navigate = useNavigate();
  const update = useUpdateConversation();
  const { offer, toast } = useUndo();
  const [removing, setRemoving] = useState<Conversation | null>(null);
  const change = (conversation: Conversation, body: BodyOf<'chat.updateConversation'>, onSuccess?: (after: Conversation) => void) =>
    update.mutate({ conversation, body }, onSuccess === undefined ? {} : { onSuccess });
  const archive = (conversation: Conversation) => {
    const archived = !conversation.archived;
    const title = conversation.title ?? t(($) => $.list.untitled);
    change(conversation, { archived }, (after) => {
      if (archived) offer({ message: t(($) => $.list.archived_note, { title }), undoText: t(($) => $.list.undo), onUndo: () => change(after, { archived: false }) });
    });
  };
  const removed = () => {
    if (removing?.id === open_id) void navigate(paths.chat());
    setRemoving(null);
  };
  const overlays = (
    <>
      {update.error !== null ? <div className="chat-list-note"><InlineError>{t(($) => $.list.changed, { reason: update.error.message })}</InlineError></div> : null}
      {removing !== null ? <RemovalQuestion conversation={removing} onRemoved={removed} onCancel={() => setRemoving(null)} /> : null}
      {toast}
    </>
  );
  const actions: RowActions = {
    onRename: (conversation, title) => change(conversation, { title }),
    onPin: (conversation) => change(conversation, { pinned: !conversation.pinned }),
    onArchive: archive,
    onRemove: setRemoving,
  };
  return { actions, overlays };
}
