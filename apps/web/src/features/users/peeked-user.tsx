import { useQuery } from '@tanstack/react-query';
import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { user as oneUser } from './api.ts';
import { isBeyond } from './grants.ts';
import { UserPeek } from './user-peek.tsx';
import type { UsersList } from './use-users-list.ts';
import './users.css';

interface PeekedUserProps {
  id: string;
  list: UsersList;
  actions: (user: User) => RowAction[];
  /** Something lies over the peek and takes the keys. */
  busy: boolean;
}

/** The person the address names: from the list where it is on this page, else fetched. */
export function PeekedUser({ id, list, actions, busy }: PeekedUserProps) {
  const t = useTexts('users');
  const me = useMe();
  const rows = list.rows ?? [];
  const at = rows.findIndex((row) => row.id === id);
  const fetched = useQuery({ ...oneUser(id), enabled: at === -1 && list.rows !== undefined });
  const user = rows[at] ?? fetched.data ?? (fetched.isError ? null : undefined);
  const [before, after] = at === -1 ? [] : [rows[at - 1], rows[at + 1]];
  const step = (to: User | undefined) => (to && !busy ? () => list.open(to.id) : undefined);
  const buttons = user ? actions(user).filter((action) => action.key !== 'open') : [];
  return (
    <UserPeek
      user={user}
      onPrevious={step(before)}
      onNext={step(after)}
      onClose={() => !busy && list.open('')}
      actions={
        user && isBeyond(user, me.permissions) ? (
          <p className="form-line">{t(($) => $.menu.beyond)}</p>
        ) : buttons.length > 0 ? (
          <div className="users-foot">
            {buttons.map((action) => <ActionButton key={action.key} className={action.danger ? 'users-danger' : ''} disabled={action.disabled === true} onClick={action.onSelect}>{action.label}</ActionButton>)}
          </div>
        ) : undefined
      }
    />
  );
}
