import type { User } from '@lyss/api-types';
import { isStale } from '../../api/failure.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { describeFailure } from './place-failure.ts';
import { useBulkChange, type Refused } from './use-bulk-change.ts';
import { UserMeanwhile } from './user-meanwhile.tsx';

interface ConfirmBulkProps {
  change: 'disable' | 'enable';
  users: readonly User[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks before several people's access changes, names them, and changes one after the other; who was refused stays, with the reason. */
export function ConfirmBulk({ change, users, onClose, onDone }: ConfirmBulkProps) {
  const t = useTexts('users');
  const { left, refused, done, run, stop } = useBulkChange({ users, status: change === 'disable' ? 'disabled' : 'active', onDone });
  const count = left.length;
  const running = done !== null;
  // Esc and the backdrop stop first; what is left then stands there, to go on with or to leave.
  const leave = running ? stop : onClose;
  const actions = (
    <>
      <ActionButton autoFocus onClick={leave}>{running ? t(($) => $.bulk.stop) : t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'disable' ? 'danger' : 'primary'} pending={running} onClick={() => void run()}>{t(($) => $.bulk[change].submit, { count })}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.bulk[change].title, { count })} onClose={leave} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.bulk[change].text)}</p>
      <div className="ui-dependents"><ul>{left.map((user) => <li key={user.id}>{user.name} · {user.email}</li>)}</ul></div>
      <div role="status">{running ? <p className="ui-dialog-text tabular-nums">{t(($) => $.bulk.progress, { done, count })}</p> : null}</div>
      {running ? null : refused.map((refusal) => <RefusedLine key={refusal.user.id} refusal={refusal} />)}
    </Dialog>
  );
}

function RefusedLine({ refusal: { user, failure, overtaken } }: { refusal: Refused }) {
  const t = useTexts('users');
  const reason = isStale(failure) ? t(($) => $.bulk.stale) : (describeFailure(failure, t) ?? '');
  return (
    <>
      <InlineError>{t(($) => $.bulk.refused, { name: user.name, reason })}</InlineError>
      <UserMeanwhile overtaken={overtaken} />
    </>
  );
}
