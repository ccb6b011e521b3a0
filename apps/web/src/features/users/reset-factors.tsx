import { useId, useState, type FormEvent } from 'react';
import type { User } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useResetFactors } from './api.ts';
import { describeFailure } from './place-failure.ts';

const LONGEST = 200;

/** Takes somebody's second factors away, by name and with a reason that the audit keeps. A refusal stays in it, and so does the reason. */
export function ResetFactors({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTexts('users');
  const form = useId();
  const reset = useResetFactors();
  const [reason, setReason] = useState('');
  const [sent, setSent] = useState(false);
  const missing = reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (!missing && !reset.isPending) reset.mutate({ id: user.id, reason: reason.trim() }, { onSuccess: onClose });
  };
  const { name, email } = user;
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="danger" type="submit" form={form} pending={reset.isPending}>{t(($) => $.reset_factors.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog role="alertdialog" title={t(($) => $.reset_factors.title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.reset_factors.text, { email })}</p>
      <form id={form} noValidate onSubmit={submit}>
        <TextField
          label={t(($) => $.reset_factors.reason)}
          value={reason}
          maxLength={LONGEST}
          autoComplete="off"
          autoFocus
          hint={t(($) => $.reset_factors.reason_hint)}
          error={sent && missing ? t(($) => $.reset_factors.reason_missing) : undefined}
          onValue={setReason}
        />
      </form>
      <InlineError>{describeFailure(reset.error, t)}</InlineError>
    </Dialog>
  );
}
