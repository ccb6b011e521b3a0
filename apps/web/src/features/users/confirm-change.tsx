import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { user as oneUser, useEndSessions, useResetPassword, useUpdateUser, type MadeLink } from './api.ts';
import { describeFailure } from './place-failure.ts';
import { UserMeanwhile } from './user-meanwhile.tsx';

export type Change = 'disable' | 'enable' | 'reset' | 'sign_out';

interface ConfirmChangeProps {
  change: Change;
  asked: User;
  onClose: () => void;
  onLink: (name: string, made: MadeLink) => void;
}

/** Asks before a person's access changes, by name, and says what it means. A refusal stays in it. */
export function ConfirmChange({ change, asked, onClose, onLink }: ConfirmChangeProps) {
  const t = useTexts('users');
  const update = useUpdateUser();
  const reset = useResetPassword();
  const signOut = useEndSessions();
  const { basis: user, overtaken, overtake } = useBasis(asked, oneUser(asked.id));
  const confirm = () => {
    if (change === 'reset') return reset.mutate(user.id, { onSuccess: (made) => onLink(user.name, made) });
    if (change === 'sign_out') return signOut.mutate(user.id, { onSuccess: onClose });
    update.mutate({ id: user.id, version: user.version, body: { status: change === 'disable' ? 'disabled' : 'active' } }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  };
  const { name, email } = user;
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'disable' ? 'danger' : 'primary'} pending={update.isPending || reset.isPending || signOut.isPending} onClick={confirm}>
        {t(($) => $[change].submit, { name })}
      </ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $[change].title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $[change].text, { email })}</p>
      <InlineError>{describeFailure(update.error ?? reset.error ?? signOut.error, t)}</InlineError>
      <UserMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}
