import { memo } from 'react';
import type { Me, Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useCan } from '../../../session/session-store.ts';
import { CheckIcon } from '../../../ui/icons.tsx';
import { lockPermission, lockRole, type Lock } from '../locks.ts';
import { WhoHas } from '../permission-list.tsx';
import { applyChange, type Changes } from './changes.ts';

interface MatrixRowProps {
  /** Its place in the grid; the head is row 0. */
  row: number;
  permission: Permission;
  roles: readonly Role[];
  changes: Changes;
  mine: Me['permissions'];
  /** The column that Tab leads to; null where it is in another row. */
  stop: number | null;
  /** The element that says why, by lock. */
  reasonId: (lock: Lock) => string;
  onToggle: (role: Role, permission: Permission) => void;
}

/** One permission across all roles: a box where I may change it, a mark where it is fixed. */
export const MatrixRow = memo(function MatrixRow({ row, permission, roles, changes, mine, stop, reasonId, onToggle }: MatrixRowProps) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const name = words.permission(permission);
  const canSeePeople = useCan('users.read');
  const place = (column: number) => ({ 'data-at': `${row} ${column}`, tabIndex: stop === column ? 0 : -1 });
  return (
    <tr>
      <th scope="row" {...(canSeePeople ? {} : place(0))}>
        <span className="roles-name">{name}{canSeePeople ? <WhoHas permission={permission} place={place(0)}>{t(($) => $.who_has)}</WhoHas> : null}</span>
        <small>{words.line(permission)}</small>
      </th>
      {roles.map((role, index) => {
        const change = changes.get(role.id);
        const granted = applyChange(role, change).includes(permission);
        const whole = lockRole(role, mine);
        const lock = whole ?? lockPermission(permission, mine);
        if (whole === 'system' || whole === 'read_only') return <FixedCell key={role.id} granted={granted} {...place(index + 1)} />;
        const changed = change?.set.has(permission) ?? false;
        return (
          <td key={role.id} className={changed ? 'is-changed' : undefined}>
            {/* Not `disabled`: the keys must reach it so that one hears why. */}
            <input
              type="checkbox"
              {...place(index + 1)}
              data-lock={lock ?? undefined}
              checked={granted}
              aria-label={t(($) => $.matrix.cell, { role: words.role(role), name })}
              aria-disabled={lock !== null}
              aria-describedby={lock ? reasonId(lock) : undefined}
              title={lock ? t(($) => $.lock[lock]) : changed ? t(($) => $.matrix.changed) : undefined}
              onChange={() => lock === null && onToggle(role, permission)}
            />
          </td>
        );
      })}
    </tr>
  );
});

function FixedCell({ granted, ...place }: { granted: boolean; 'data-at': string; tabIndex: number }) {
  const t = useTexts('roles');
  return (
    <td aria-readonly="true" {...place}>
      <span className="roles-fixed" aria-hidden="true">{granted ? <CheckIcon size={16} /> : '–'}</span>
      <span className="visually-hidden">{granted ? t(($) => $.has) : t(($) => $.has_not)}</span>
    </td>
  );
}
