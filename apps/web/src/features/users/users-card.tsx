import type { User } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import type { Bulk } from '../../app/list/use-selection.ts';
import type { RowAction } from '../../ui/list/column.ts';
import { useUserColumns } from './user-columns.tsx';
import { UserFilters } from './user-filters.tsx';
import type { UsersList } from './use-users-list.ts';

interface UsersCardProps {
  list: UsersList;
  actions: (user: User) => RowAction[];
  bulk: Bulk<User> | undefined;
  /** Absent where the person may not add anybody. */
  onAdd: (() => void) | undefined;
}

/** The list itself, in each of its states. */
export function UsersCard({ list, actions, bulk, onAdd }: UsersCardProps) {
  const t = useTexts('users');
  return (
    <ListView<User>
      name="users"
      list={list}
      columns={useUserColumns(list.open)}
      actions={actions}
      bulk={bulk}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={<UserFilters list={list} />}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      add={onAdd && { label: t(($) => $.add), onAdd }}
    />
  );
}
