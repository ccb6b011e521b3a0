import type { Role } from '@lyss/api-types';
import { tenantPermissions } from '@lyss/api-types/permission';
import { useAccessWords } from '../../app/access/use-access-words.ts';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { useMe } from '../../session/session-store.ts';
import { ownRole, useCreateRole, useUpdateRole, type OwnRole } from './api.ts';
import { draftOf, toCreateBody, toUpdateBody } from './draft.ts';
import { RoleForm } from './role-form.tsx';

interface AddRoleDrawerProps {
  /** What a copy is made of; null for a role from nothing. */
  from: Role | null;
  onClose: () => void;
  onDone: (role: Role) => void;
}

/** The form of a new role; a copy begins with what of the other I may give. */
export function AddRoleDrawer({ from, onClose, onDone }: AddRoleDrawerProps) {
  const t = useTexts('roles');
  const words = useAccessWords();
  const me = useMe();
  const create = useCreateRole();
  const name = from ? words.role(from) : '';
  const permissions = (from?.permissions ?? []).filter((permission) => tenantPermissions.includes(permission) && me.permissions.includes(permission));
  const start = { name: from ? t(($) => $.form.copy_name, { name }) : '', description: from?.description ?? '', permissions };
  return (
    <FormSheet title={from ? t(($) => $.form.duplicate, { name }) : t(($) => $.form.add)} onClose={onClose}>
      <RoleForm start={start} renamed={null} pending={create.isPending} failure={create.error} onCancel={onClose} onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: onDone })} />
    </FormSheet>
  );
}

/** Name and purpose of a role that is there already. */
export function EditRoleDrawer({ asked, onClose }: { asked: OwnRole; onClose: () => void }) {
  const t = useTexts('roles');
  const update = useUpdateRole();
  const { basis: role, overtaken, overtake } = useBasis(asked, ownRole(asked.id));
  return (
    <FormSheet title={t(($) => $.form.edit, { name: role.name })} onClose={onClose}>
      <RoleForm
        start={draftOf(asked)}
        renamed={role}
        overtaken={overtaken}
        pending={update.isPending}
        failure={update.error}
        onCancel={onClose}
        onSubmit={(draft) => {
          const body = toUpdateBody(draft, role);
          if (Object.keys(body).length === 0) return onClose();
          update.mutate({ id: role.id, version: role.version, body }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
        }}
      />
    </FormSheet>
  );
}
