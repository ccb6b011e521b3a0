import type { OneTimeLink } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCreateTenant } from './api.ts';
import { toCreateBody } from './draft.ts';
import { TenantForm } from './tenant-form.tsx';
import { Drawer } from './drawer.tsx';

/** The form of a new tenant; ends with its first admin's one-time link. */
export function AddTenantDrawer({ onClose, onLink }: { onClose: () => void; onLink: (name: string, link: OneTimeLink) => void }) {
  const t = useTexts('tenants');
  const create = useCreateTenant();
  return (
    <Drawer title={t(($) => $.form.add)} closeText={t(($) => $.peek.close)} onClose={onClose}>
      <TenantForm
        pending={create.isPending}
        failure={create.error}
        onCancel={onClose}
        onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: ({ invitation }) => onLink(draft.admin_name.trim(), invitation) })}
      />
    </Drawer>
  );
}
