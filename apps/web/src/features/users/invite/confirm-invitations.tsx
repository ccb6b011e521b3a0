import { useState } from 'react';
import type { User } from '@lyss/api-types';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useResendInvitations, useRevokeInvitations, type Resent } from '../api.ts';
import { describeFailure } from '../place-failure.ts';

export type InvitationChange = 'resend' | 'revoke';

interface ConfirmInvitationsProps {
  change: InvitationChange;
  users: readonly User[];
  onClose: () => void;
  onRevoked: () => void;
  onResent: (answer: Resent) => void;
}

/** Asks before invitations are sent again or taken back, and names whose they are; who was left as they were stays in it. */
export function ConfirmInvitations({ change, users, onClose, onRevoked, onResent }: ConfirmInvitationsProps) {
  const t = useTexts('users');
  const resend = useResendInvitations();
  const revoke = useRevokeInvitations();
  const [left, setLeft] = useState<readonly User[] | null>(null);
  const count = users.length;
  const name = users[0]?.name ?? '';
  const title = count === 1 ? t(($) => $.invitations[change].one, { name }) : t(($) => $.invitations[change].title, { count });
  const ids = users.map(({ id }) => id);
  const confirm = () => {
    if (change === 'resend') return resend.mutate(ids, { onSuccess: onResent });
    revoke.mutate(ids, {
      onSuccess: ({ people }) => {
        const refused = users.filter(({ id }) => people.some(({ user_id, outcome }) => user_id === id && (outcome === 'beyond' || outcome === 'not_invited')));
        if (refused.length === 0) onRevoked();
        else setLeft(refused);
      },
    });
  };
  const actions = (
    <>
      <ActionButton autoFocus onClick={left ? onRevoked : onClose}>{left ? t(($) => $.invite.done) : t(($) => $.form.cancel)}</ActionButton>
      {left ? null : <ActionButton look={change === 'revoke' ? 'danger' : 'primary'} pending={resend.isPending || revoke.isPending} onClick={confirm}>{t(($) => $.invitations[change].submit)}</ActionButton>}
    </>
  );
  return (
    <Dialog role="alertdialog" title={title} onClose={left ? onRevoked : onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.invitations[change].text)}</p>
      <div className="ui-dependents"><ul>{(left ?? users).map((user) => <li key={user.id}>{user.name} · {user.email}</li>)}</ul></div>
      <InlineError>{left ? t(($) => $.invitations.left) : describeFailure(resend.error ?? revoke.error, t)}</InlineError>
    </Dialog>
  );
}
