import type { ApiKey, ShownApiKey } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { FormDrawer } from '../../ui/overlay/form-drawer.tsx';
import { useCreateKey, useUpdateKey } from './api.ts';
import { toCreateBody, toUpdateBody } from './draft.ts';
import { KeyForm } from './key-form.tsx';

/** The form of a new key; ends with the key itself. */
export function AddKeyDrawer({ onClose, onMade }: { onClose: () => void; onMade: (made: ShownApiKey) => void }) {
  const t = useTexts('api-keys');
  const frame = useTexts('app');
  const create = useCreateKey();
  return (
    <FormDrawer title={t(($) => $.form.add)} closeText={frame(($) => $.actions.close)} onClose={onClose}>
      <KeyForm row={null} pending={create.isPending} failure={create.error} onCancel={onClose} onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: onMade })} />
    </FormDrawer>
  );
}

/** What an existing key may do; the key itself stays. */
export function EditKeyDrawer({ row, onClose }: { row: ApiKey; onClose: () => void }) {
  const t = useTexts('api-keys');
  const frame = useTexts('app');
  const update = useUpdateKey();
  return (
    <FormDrawer title={t(($) => $.form.edit, { name: row.name })} closeText={frame(($) => $.actions.close)} onClose={onClose}>
      <KeyForm
        row={row}
        pending={update.isPending}
        failure={update.error}
        onCancel={onClose}
        onSubmit={(draft) => {
          const body = toUpdateBody(draft, row);
          if (Object.keys(body).length === 0) return onClose();
          update.mutate({ id: row.id, version: row.version, body }, { onSuccess: onClose });
        }}
      />
    </FormDrawer>
  );
}
