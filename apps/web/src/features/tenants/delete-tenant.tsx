import { useState } from 'react';
import type { OperatorTenant } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ConfirmRemoval } from '../../ui/overlay/confirm-removal.tsx';
import { tenant as oneTenant, useRemoveTenant } from './api.ts';
import { describeFailure } from './place-failure.ts';
import { TenantMeanwhile } from './tenant-meanwhile.tsx';

const REASON_LENGTH = 200;

/** Asks for a tenant's name and a reason before it is shut, and says what becomes of it and until when it can be taken back. */
export function DeleteTenant({ asked, onClose }: { asked: OperatorTenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const remove = useRemoveTenant();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { basis, overtaken, overtake } = useBasis(asked, oneTenant(asked.id));
  const { id, version, name, users_count: count, workspace } = basis;
  const missing = reason.trim() === '';
  const confirm = () => {
    setTried(true);
    if (!missing) remove.mutate({ id, version, name, reason: reason.trim() }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  };
  const texts = { title: t(($) => $.delete.title, { name }), prompt: t(($) => $.delete.prompt, { name }), dependents: '', confirm: t(($) => $.delete.submit), cancel: t(($) => $.form.cancel) };
  return (
    <ConfirmRemoval name={name} texts={texts} consequence={t(($) => $.delete.text, { count, workspace })} pending={remove.isPending} error={describeFailure(remove.error, t)} onConfirm={confirm} onCancel={onClose}>
      <div className="tenants-reason">
        <TextField label={t(($) => $.delete.reason)} value={reason} hint={t(($) => $.delete.reason_hint)} error={tried && missing ? t(($) => $.delete.reason_required) : undefined} autoComplete="off" maxLength={REASON_LENGTH} onValue={setReason} />
      </div>
      <TenantMeanwhile overtaken={overtaken} />
    </ConfirmRemoval>
  );
}
