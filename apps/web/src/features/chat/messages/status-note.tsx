import { Link } from '@tanstack/react-router';
import type { Message } from '@lyss/api-types';
import { supplierFailureKinds, type SupplierFailureKind } from '@lyss/api-types/error';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { useCan } from '../../../session/session-store.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Copyable } from '../../../ui/copyable.tsx';
import { AlertIcon } from '../../../ui/icons.tsx';

interface StatusNoteProps {
  message: Message;
  /** null where another reply runs or no model is there to ask. */
  onRegenerate: (() => void) | null;
  onContinue: (() => void) | null;
}

// Then the server's own words say more than the kind's, which is about reaching a supplier at all.
function findKind(details: Record<string, unknown> | undefined): SupplierFailureKind | null {
  if (details?.['reason'] === 'cut_short') return null;
  return supplierFailureKinds.find((kind) => kind === details?.['kind']) ?? null;
}

/** A failed answer: what the server says, what that means, what this person can do, and the id support asks for. */
function FailureNote({ message, onRegenerate, onContinue }: StatusNoteProps) {
  const t = useTexts('chat');
  const governs = useCan('suppliers.write');
  const kind = findKind(message.error?.details);
  const what = kind === null ? (message.error?.message ?? t(($) => $.notes.failed)) : t(($) => $.kinds[kind].what);
  // Cut off with something said already, instead of never begun.
  const cut = message.status === 'interrupted';
  const request_id = message.error?.details?.['request_id'];
  return (
    <div className="chat-note is-error" role="group" aria-label={t(($) => $.notes.failed)}>
      <AlertIcon />
      <div className="chat-note-text">
        <p className="chat-note-title">{cut ? t(($) => $.notes.cut) : what}</p>
        {cut ? <p>{what}</p> : null}
        {kind !== null ? <p>{governs ? t(($) => $.kinds[kind].admin) : t(($) => $.kinds[kind].member)}</p> : null}
        <p className="chat-note-fine">
          {kind !== null && message.error !== null ? <span>{message.error.message}</span> : null}
          {kind !== null ? <span className="mono">{kind}</span> : null}
          {typeof request_id === 'string' ? (
            <span>
              {t(($) => $.actions.request_id)} <Copyable text={request_id} copyText={t(($) => $.actions.copy)} copiedText={t(($) => $.actions.copied)} mono />
            </span>
          ) : null}
        </p>
        <div className="chat-note-actions">
          {onContinue !== null && cut ? <ActionButton size="small" onClick={onContinue}>{t(($) => $.actions.continue)}</ActionButton> : null}
          {onRegenerate !== null ? <ActionButton size="small" onClick={onRegenerate}>{t(($) => $.actions.retry)}</ActionButton> : null}
          {kind !== null && governs ? <Link className="ui-button is-quiet is-small" {...paths.suppliers()}>{t(($) => $.actions.open_suppliers)}</Link> : null}
        </div>
      </div>
    </div>
  );
}

/** Why an answer is not whole, and the way on; nothing below one that is. */
export function StatusNote(props: StatusNoteProps) {
  const t = useTexts('chat');
  const { message, onRegenerate, onContinue } = props;
  // Cut off by the supplier, not by us: then its failure says what to do.
  const suppliers = message.status === 'interrupted' && message.error?.details?.['kind'] !== undefined;
  if (message.status === 'failed' || suppliers) return <FailureNote {...props} />;
  const cut = message.status === 'interrupted' ? 'interrupted' : message.status === 'stopped' ? 'stopped' : message.finish_reason === 'length' ? 'length' : message.finish_reason === 'content_filter' ? 'content_filter' : null;
  if (cut === null || message.status === 'running') return null;
  return (
    <div className="chat-note">
      <div className="chat-note-text">
        <p>{t(($) => $.notes[cut])}</p>
        <div className="chat-note-actions">
          {onContinue !== null && cut !== 'content_filter' ? <ActionButton size="small" onClick={onContinue}>{t(($) => $.actions.continue)}</ActionButton> : null}
          {onRegenerate !== null && cut === 'interrupted' ? <ActionButton size="small" look="quiet" onClick={onRegenerate}>{t(($) => $.actions.regenerate)}</ActionButton> : null}
        </div>
      </div>
    </div>
  );
}
