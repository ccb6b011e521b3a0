import { useState } from 'react';
import type { User } from '@lyss/api-types';
import { ApiFailure } from '../../api/client.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useUpdateUser } from './api.ts';
import { describeFailure } from './place-failure.ts';

interface ConfirmBulkProps {
  change: 'disable' | 'enable';
  users: readonly User[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks before several people's access changes, names them, and changes one after the other; who was refused stays, with the reason. */
export function ConfirmBulk({ change, users, onClose, onDone }: ConfirmBulkProps) {
  const t = useTexts('users');
  const update = useUpdateUser();
  const [left, setLeft] = useState(users);
  const [refusals, setRefusals] = useState<string[]>([]);
  const [pending, setPending] = useState(false);
  const status = change === 'disable' ? 'disabled' : 'active';
  const confirm = async () => {
    setPending(true);
    const refused: { user: User; why: string }[] = [];
    for (const user of left) {
      await update.mutateAsync({ id: user.id, version: user.version, body: { status } }).catch((failure: unknown) => {
        if (!(failure instanceof ApiFailure)) throw failure;
        refused.push({ user, why: t(($) => $.bulk.refused, { name: user.name, reason: describeFailure(failure, t) ?? '' }) });
      });
    }
    setPending(false);
    if (refused.length === 0) return onDone();
    setLeft(refused.map(({ user }) => user));
    setRefusals(refused.map(({ why }) => why));
  };
  const count = left.length;
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'disable' ? 'danger' : 'primary'} pending={pending} onClick={() => void confirm()}>{t(($) => $.bulk[change].submit, { count })}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.bulk[change].title, { count })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.bulk[change].text)}</p>
      <div className="ui-dependents"><ul>{left.map((user) => <li key={user.id}>{user.name} · {user.email}</li>)}</ul></div>
      <InlineError>{refusals.length > 0 ? refusals.map((line) => <span key={line} className="users-refusal">{line}</span>) : null}</InlineError>
    </Dialog>
  );
}
