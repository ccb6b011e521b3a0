import { useState } from 'react';
import { tenantPermissions } from '@lyss/api-types/permission';
import { SelectField } from '../../../app/form/field.tsx';
import { useAccessWords } from '../../../app/access/use-access-words.ts';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { useMe } from '../../../session/session-store.ts';
import { lockPermission, lockRole } from '../locks.ts';
import { PermissionList } from '../permission-list.tsx';
import { applyChange } from './changes.ts';
import type { MatrixProps } from './matrix-grid.tsx';

/** The matrix on a phone: one role at a time, its permissions one below the other. */
export function OneRole({ roles, permissions, edits }: MatrixProps) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const me = useMe();
  // One of the tenant's own first: the others can't be changed.
  const [chosen, choose] = useState(() => (roles.find((role) => !role.is_system) ?? roles[0])?.id ?? '');
  const role = roles.find(({ id }) => id === chosen) ?? roles[0];
  if (!role) return null;
  const change = edits.changes.get(role.id);
  const whole = lockRole(role, me.permissions);
  return (
    <div className="roles-one">
      <SelectField label={t(($) => $.matrix.role)} value={role.id} options={roles.map((option) => ({ value: option.id, label: words.role(option) }))} onValue={choose} />
      {whole ? <p className="roles-note">{t(($) => $.lock[whole])}</p> : null}
      <PermissionList
        permissions={role.is_system ? permissions : permissions.filter((permission) => tenantPermissions.includes(permission))}
        granted={applyChange(role, change)}
        lockOf={(permission) => whole ?? lockPermission(permission, me.permissions)}
        isChanged={(permission) => change?.set.has(permission) ?? false}
        withPeople
        onToggle={(permission) => edits.toggle(role, permission)}
      />
    </div>
  );
}
