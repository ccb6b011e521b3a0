import type { ApiKey, ShownApiKey } from '@lyss/api-types';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCreateKey, useUpdateKey } from './api.ts';
import { toCreateBody, toUpdateBody } from './draft.ts';
import { KeyForm } from './key-form.tsx';

/** The form of a new key; ends with the key itself. */
export function AddKeyDrawer({ onClose, onMade }: { onClose: () => void; onMade: (made: ShownApiKey) => void }) {
  const t = useTexts('api-keys');
  const create = useCreateKey();
  return (
    <FormSheet title={t(($) => $.form.add)} onClose={onClose}>
      <KeyForm row={null} pending={create.isPending} failure={create.error} onCancel={onClose} onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: onMade })} />
    </FormSheet>
  );
}

/** What an existing key may do; the key itself stays. */
export function EditKeyDrawer({ row, onClose }: { row: ApiKey; onClose: () => void }) {
  const t = useTexts('api-keys');
  const update = useUpdateKey();
  return (
    <FormSheet title={t(($) => $.form.edit, { name: row.name })} onClose={onClose}>
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
    </FormSheet>
  );
}
