import type { User } from '@lyss/api-types';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { useCreateUser, user as oneUser, useUpdateUser, type MadeLink } from './api.ts';
import { toCreateBody, toUpdateBody } from './draft.ts';
import { UserForm } from './user-form.tsx';

/** The form of a new person; ends with the one-time link. */
export function AddUserDrawer({ onClose, onLink }: { onClose: () => void; onLink: (name: string, made: MadeLink) => void }) {
  const t = useTexts('users');
  const create = useCreateUser();
  return (
    <FormSheet title={t(($) => $.form.add)} onClose={onClose}>
      <UserForm
        user={null}
        pending={create.isPending}
        failure={create.error}
        onCancel={onClose}
        onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: ({ user, ...made }) => onLink(user.name, made) })}
      />
    </FormSheet>
  );
}

/** Name and roles of somebody who is there already, upon the version that was opened. */
export function EditUserDrawer({ asked, onClose }: { asked: User; onClose: () => void }) {
  const t = useTexts('users');
  const update = useUpdateUser();
  const { basis: user, overtaken, overtake } = useBasis(asked, oneUser(asked.id));
  return (
    <FormSheet title={t(($) => $.form.edit, { name: user.name })} onClose={onClose}>
      <UserForm
        user={user}
        overtaken={overtaken}
        pending={update.isPending}
        failure={update.error}
        onCancel={onClose}
        onSubmit={(draft) => {
          const body = toUpdateBody(draft, user);
          if (Object.keys(body).length === 0) return onClose();
          update.mutate({ id: user.id, version: user.version, body }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
        }}
      />
    </FormSheet>
  );
}
