import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useUnlink } from './api.ts';
import { describeFailure } from './place-failure.ts';

/** Unties a person from the identity provider, by name. A refusal stays in it. */
export function UnlinkPerson({ user: { id, name, email }, onClose }: { user: User; onClose: () => void }) {
  const t = useTexts('users');
  const unlink = useUnlink();
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="danger" pending={unlink.isPending} onClick={() => unlink.mutate(id, { onSuccess: onClose })}>{t(($) => $.provider.submit, { name })}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.provider.ask, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.provider.text, { email })}</p>
      <InlineError>{describeFailure(unlink.error, t)}</InlineError>
    </Dialog>
  );
}
