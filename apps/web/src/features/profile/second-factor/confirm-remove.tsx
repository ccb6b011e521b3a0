import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useFailureWords } from './say-failure.ts';

interface ConfirmRemoveProps {
  title: string;
  text: string;
  pending: boolean;
  failure: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before a factor goes, by its name; a refusal stays in it. */
export function ConfirmRemove({ title, text, pending, failure, onConfirm, onClose }: ConfirmRemoveProps) {
  const t = useTexts('profile');
  const say = useFailureWords();
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.factors.cancel)}</ActionButton>
      <ActionButton look="danger" pending={pending} onClick={onConfirm}>{t(($) => $.factors.remove)}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={title} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{text}</p>
      <InlineError>{say(failure)}</InlineError>
    </Dialog>
  );
}
