import type { Tenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useUpdateTenant } from './api.ts';
import { describeFailure } from './place-failure.ts';

export type Change = 'suspend' | 'resume';

/** Asks before a tenant's state changes, by name, and says what it means for how many. A refusal stays in it. */
export function ConfirmChange({ change, tenant, onClose }: { change: Change; tenant: Tenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const update = useUpdateTenant();
  const state = change === 'suspend' ? 'suspended' : 'active';
  const { id, version, name, users_count: count } = tenant;
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'suspend' ? 'danger' : 'primary'} pending={update.isPending} onClick={() => update.mutate({ id, version, body: { state } }, { onSuccess: onClose })}>
        {t(($) => $[change].submit, { name })}
      </ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $[change].title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $[change].text, { count })}</p>
      <InlineError>{describeFailure(update.error, t)}</InlineError>
    </Dialog>
  );
}
