import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { User } from '@lyss/api-types';
import { Field } from '../../../app/form/field.tsx';
import { useTexts } from '../../../app/i18n/use-texts.ts';
import { paths } from '../../../app/paths.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { InlineError } from '../../../ui/states/banner.tsx';
import { useStartLook } from '../api.ts';
import { describeFailure } from '../place-failure.ts';

const SHORTEST = 10;
const LONGEST = 500;

/** Asks why, and says who will know, before anything of a person's is seen. */
export function LookDialog({ user: { id, name }, onClose }: { user: User; onClose: () => void }) {
  const t = useTexts('users');
  const navigate = useNavigate();
  const start = useStartLook();
  const [reason, setReason] = useState('');
  const [left, setLeft] = useState(false);
  const short = [...reason.trim()].length < SHORTEST;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!short) start.mutate({ id, reason: reason.trim().replace(/\s+/g, ' ') }, { onSuccess: (look) => void navigate(paths.look(look.id)) });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form="look-form" pending={start.isPending}>{t(($) => $.look.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.look.title, { name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.look.text, { name })}</p>
      <form id="look-form" noValidate onSubmit={submit}>
        <Field label={t(($) => $.look.reason)} hint={t(($) => $.look.hint)} error={left && short ? t(($) => $.look.short) : undefined}>
          {(described) => <textarea {...described} className="form-input look-reason" rows={3} maxLength={LONGEST} autoFocus value={reason} onBlur={() => setLeft(reason !== '')} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </form>
      <InlineError>{describeFailure(start.error, t)}</InlineError>
    </Dialog>
  );
}
