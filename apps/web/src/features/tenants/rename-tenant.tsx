import { useState, type FormEvent } from 'react';
import type { OperatorTenant } from '@lyss/api-types';
import { judgeName } from '../../app/form/judge.ts';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis, useRebase } from '../../app/list/use-basis.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { tenant as oneTenant, useUpdateTenant } from './api.ts';
import { placeFailure } from './place-failure.ts';
import { TenantMeanwhile } from './tenant-meanwhile.tsx';

const FORM = 'rename-tenant';
const draftOf = ({ name }: OperatorTenant) => ({ name });

export function RenameTenant({ asked, onClose }: { asked: OperatorTenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const update = useUpdateTenant();
  const { basis: tenant, overtaken, overtake } = useBasis(asked, oneTenant(asked.id));
  const [draft, change] = useState(draftOf(asked));
  useRebase(overtaken, draftOf, { draft, change });
  const { name } = draft;
  const [sent, setSent] = useState<string | null>(null);
  const issue = judgeName(name);
  const placed = placeFailure(update.error, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (issue) return;
    if (name.trim() === tenant.name) return onClose();
    setSent(name);
    update.mutate({ id: tenant.id, version: tenant.version, body: { name: name.trim() } }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={FORM} disabled={issue !== undefined} pending={update.isPending}>{t(($) => $.form.save)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.rename.title, { name: tenant.name })} onClose={onClose} actions={actions}>
      <form id={FORM} noValidate onSubmit={submit}>
        <TextField
          label={t(($) => $.form.name)}
          value={name}
          autoFocus
          autoComplete="off"
          maxLength={200}
          hint={t(($) => $.rename.hint, { workspace: tenant.workspace })}
          error={issue ? t(($) => $.issue[issue]) : sent === name ? placed.fields.name : undefined}
          onValue={(typed) => change({ name: typed })}
        />
      </form>
      <InlineError>{placed.banner}</InlineError>
      <TenantMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}
