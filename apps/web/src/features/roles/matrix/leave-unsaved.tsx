import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';

/** Asks before a page with unsaved changes is left, in the console or out of it. */
export function LeaveUnsaved({ unsaved }: { unsaved: boolean }) {
  const t = useTexts('roles');
  const blocked = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  });
  if (blocked.status !== 'blocked') return null;
  const actions = (
    <>
      <ActionButton autoFocus onClick={blocked.reset}>{t(($) => $.leave.stay)}</ActionButton>
      <ActionButton look="danger" onClick={blocked.proceed}>{t(($) => $.leave.go)}</ActionButton>
    </>
  );
  return <Dialog role="alertdialog" title={t(($) => $.leave.title)} onClose={blocked.reset} actions={actions}><p className="ui-dialog-text">{t(($) => $.leave.text)}</p></Dialog>;
}
