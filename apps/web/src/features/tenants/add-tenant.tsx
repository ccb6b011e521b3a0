import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCreateTenant, type MadeLink } from './api.ts';
import { toCreateBody } from './draft.ts';
import { TenantForm } from './tenant-form.tsx';

/** The form of a new tenant; ends with its first admin's one-time link. */
export function AddTenantDrawer({ onClose, onLink }: { onClose: () => void; onLink: (name: string, made: MadeLink) => void }) {
  const t = useTexts('tenants');
  const create = useCreateTenant();
  return (
    <FormSheet title={t(($) => $.form.add)} onClose={onClose}>
      <TenantForm
        pending={create.isPending}
        failure={create.error}
        onCancel={onClose}
        onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: (made) => onLink(draft.admin_name.trim(), made) })}
      />
    </FormSheet>
  );
}
