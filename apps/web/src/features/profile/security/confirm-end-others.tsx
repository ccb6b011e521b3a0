import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useEndOthers } from './api.ts';

/** Asks before every device but this one is signed out. */
export function ConfirmEndOthers({ onClose }: { onClose: () => void }) {
  const t = useTexts('profile');
  const end = useEndOthers();
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.security.end_others.cancel)}</ActionButton>
      <ActionButton look="danger" pending={end.isPending} onClick={() => end.mutate(undefined, { onSuccess: onClose })}>{t(($) => $.security.end_others.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.security.end_others.title)} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.security.end_others.text)}</p>
      <InlineError>{end.error?.message}</InlineError>
    </Dialog>
  );
}
