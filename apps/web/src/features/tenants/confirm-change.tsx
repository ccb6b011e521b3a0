import type { Tenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { tenant as oneTenant, useUpdateTenant } from './api.ts';
import { describeFailure } from './place-failure.ts';
import { TenantMeanwhile } from './tenant-meanwhile.tsx';

export type Change = 'suspend' | 'resume';

/** Asks before a tenant's state changes, by name, and says what it means for how many. A refusal stays in it. */
export function ConfirmChange({ change, asked, onClose }: { change: Change; asked: Tenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const update = useUpdateTenant();
  const state = change === 'suspend' ? 'suspended' : 'active';
  const { basis, overtaken, overtake } = useBasis(asked, oneTenant(asked.id));
  const { id, version, name, users_count: count } = basis;
  const confirm = () => update.mutate({ id, version, body: { state } }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'suspend' ? 'danger' : 'primary'} pending={update.isPending} onClick={confirm}>
        {t(($) => $[change].submit, { name })}
      </ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $[change].title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $[change].text, { count })}</p>
      <InlineError>{describeFailure(update.error, t)}</InlineError>
      <TenantMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}
