import type { OperatorTenant } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { tenant as oneTenant, useCancelRemoval, useUpdateTenant } from './api.ts';
import { describeFailure } from './place-failure.ts';
import { TenantMeanwhile } from './tenant-meanwhile.tsx';

export type Change = 'suspend' | 'resume' | 'keep';

/** Asks before a tenant's state changes, by name, and says what it means for how many. A refusal stays in it. */
export function ConfirmChange({ change, asked, onClose }: { change: Change; asked: OperatorTenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const update = useUpdateTenant();
  const keep = useCancelRemoval();
  const { isPending, error } = change === 'keep' ? keep : update;
  const { basis, overtaken, overtake } = useBasis(asked, oneTenant(asked.id));
  const { id, version, name, users_count: count } = basis;
  const then = { onSuccess: onClose, onError: (failure: Error) => void overtake(failure) };
  const confirm = () => (change === 'keep' ? keep.mutate({ id, version }, then) : update.mutate({ id, version, body: { state: change === 'suspend' ? 'suspended' : 'active' } }, then));
  const actions = (
    <>
      <ActionButton autoFocus onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look={change === 'suspend' ? 'danger' : 'primary'} pending={isPending} onClick={confirm}>
        {t(($) => $[change].submit, { name })}
      </ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $[change].title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $[change].text, { count })}</p>
      <InlineError>{describeFailure(error, t)}</InlineError>
      <TenantMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}
