import { useNavigate } from '@tanstack/react-router';
import type { Role } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { paths } from '../../app/paths.ts';
import { useCan, useMe } from '../../session/session-store.ts';
import type { RowAction } from '../../ui/list/column.ts';
import { lockRole } from './locks.ts';

export interface Asked {
  what: 'edit' | 'duplicate' | 'remove';
  role: Role;
}

interface RoleActionsInput {
  open: (id: string) => void;
  ask: (asked: Asked) => void;
  /** Leads to the matrix. */
  showMatrix: () => void;
}

/** What I may do with a role, in the row's menu and at the foot of the peek alike. */
export function useRoleActions({ open, ask, showMatrix }: RoleActionsInput): (role: Role) => RowAction[] {
  const t = useTexts('roles');
  const me = useMe();
  const navigate = useNavigate();
  const [canWrite, canSeePeople] = [useCan('roles.write'), useCan('users.read')];
  return (role) => {
    const locked = lockRole(role, me.permissions) !== null;
    const seen: RowAction[] = [
      { key: 'open', label: t(($) => $.menu.open), onSelect: () => open(role.id) },
      ...(canSeePeople ? [{ key: 'who', label: t(($) => $.menu.who), onSelect: () => void navigate(paths.holders({ role: role.id })) }] : []),
    ];
    if (!canWrite) return seen;
    const duplicate: RowAction = { key: 'duplicate', label: t(($) => $.menu.duplicate), onSelect: () => ask({ what: 'duplicate', role }) };
    if (role.is_system) return [...seen, duplicate];
    return [
      ...seen,
      { key: 'permissions', label: t(($) => $.menu.permissions), disabled: locked, onSelect: showMatrix },
      { key: 'edit', label: t(($) => $.menu.edit), disabled: locked, onSelect: () => ask({ what: 'edit', role }) },
      duplicate,
      { key: 'remove', label: t(($) => $.menu.remove), danger: true, disabled: locked, onSelect: () => ask({ what: 'remove', role }) },
    ];
  };
}
