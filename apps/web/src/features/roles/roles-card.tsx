import type { Role } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ListView } from '../../app/list/list-view.tsx';
import type { RowAction } from '../../ui/list/column.ts';
import { useRoleColumns } from './role-columns.tsx';
import type { RolesList } from './use-roles-list.ts';

interface RolesCardProps {
  list: RolesList;
  actions: (role: Role) => RowAction[];
  /** Absent where the person may not make any. */
  onAdd: (() => void) | undefined;
}

/** The list of roles, in each of its states. */
export function RolesCard({ list, actions, onAdd }: RolesCardProps) {
  const t = useTexts('roles');
  return (
    <ListView<Role>
      name="roles"
      list={list}
      columns={useRoleColumns(list.open)}
      actions={actions}
      texts={t(($) => $.list, { returnObjects: true })}
      title={t(($) => $.title)}
      filters={null}
      count={list.total === undefined ? null : t(($) => $.total, { count: list.total })}
      position={t(($) => $.position, { count: list.rows?.length ?? 0 })}
      add={onAdd && { label: t(($) => $.add), onAdd }}
    />
  );
}
