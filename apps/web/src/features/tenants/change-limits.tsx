import { useState, type FormEvent } from 'react';
import type { OperatorTenant } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis, useRebase } from '../../app/list/use-basis.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { formatBytes } from '../../ui/figure/format-figure.ts';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { tenant as oneTenant, useUpdateTenant } from './api.ts';
import { draftOf, isSound, limitFields, toLimits, type LimitsDraft } from './limits-draft.ts';
import { describeFailure } from './place-failure.ts';
import { TenantMeanwhile } from './tenant-meanwhile.tsx';
import './tenants.css';

const FORM = 'change-limits';

/** What an operator lets a tenant use: four numbers, each with what is used now. */
export function ChangeLimits({ asked, onClose }: { asked: OperatorTenant; onClose: () => void }) {
  const t = useTexts('tenants');
  const update = useUpdateTenant();
  const { basis: tenant, overtaken, overtake } = useBasis(asked, oneTenant(asked.id));
  const [draft, change] = useState(draftOf(asked));
  useRebase(overtaken, draftOf, { draft, change });
  const sound = limitFields.every((field) => isSound(draft[field]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const limits = toLimits(draft, draftOf(tenant));
    if (!sound) return;
    if (Object.keys(limits).length === 0) return onClose();
    update.mutate({ id: tenant.id, version: tenant.version, body: { limits } }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={FORM} disabled={!sound} pending={update.isPending}>{t(($) => $.limits.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.limits.title, { name: tenant.name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.limits.line)}</p>
      <form id={FORM} noValidate onSubmit={submit} className="tenants-limits">
        <LimitFields tenant={tenant} draft={draft} change={change} />
      </form>
      <InlineError>{describeFailure(update.error, t)}</InlineError>
      <TenantMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}

function LimitFields({ tenant: { used }, draft, change }: { tenant: OperatorTenant; draft: LimitsDraft; change: (draft: LimitsDraft) => void }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const say = (value: number) => new Intl.NumberFormat(locale).format(value);
  const labels = { seats: t(($) => $.limits.seats), api_keys: t(($) => $.limits.api_keys), storage_bytes: t(($) => $.limits.storage_label), requests_per_minute: t(($) => $.limits.requests) };
  const hints = {
    seats: t(($) => $.limits.seats_hint, { used: say(used.seats) }),
    api_keys: t(($) => $.limits.api_keys_hint, { used: say(used.api_keys) }),
    storage_bytes: t(($) => $.limits.storage_hint, { used: formatBytes(used.storage_bytes, locale) }),
    requests_per_minute: t(($) => $.limits.requests_hint),
  };
  return limitFields.map((field) => (
    <TextField key={field} label={labels[field]} value={draft[field]} inputMode="numeric" autoComplete="off" placeholder={t(($) => $.limits.none)} hint={hints[field]} error={isSound(draft[field]) ? undefined : t(($) => $.limits.invalid)} onValue={(typed) => change({ ...draft, [field]: typed })} />
  ));
}
