import { Drawer } from 'antd';
import type { OneTimeLink } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCreateTenant } from './api.ts';
import { toCreateBody } from './draft.ts';
import { TenantForm } from './tenant-form.tsx';

const PANEL_PX = 560;

/** The form of a new tenant; ends with its first admin's one-time link. */
export function AddTenantDrawer({ onClose, onLink }: { onClose: () => void; onLink: (name: string, link: OneTimeLink) => void }) {
  const t = useTexts('tenants');
  const create = useCreateTenant();
  return (
    <Drawer open size={PANEL_PX} title={t(($) => $.form.add)} onClose={onClose} mask={{ closable: false }}>
      <TenantForm
        pending={create.isPending}
        failure={create.error}
        onCancel={onClose}
        onSubmit={(draft) => create.mutate(toCreateBody(draft), { onSuccess: ({ invitation }) => onLink(draft.admin_name.trim(), invitation) })}
      />
    </Drawer>
  );
}
