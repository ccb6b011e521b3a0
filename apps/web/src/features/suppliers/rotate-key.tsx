import { useId, useState, type FormEvent } from 'react';
import type { SupplierCredential } from '@lyss/api-types';
import { FailureNote } from '../../app/connection/failure-note.tsx';
import { isKey } from '../../app/connection/judge-connection.ts';
import { Field } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useBasis } from '../../app/list/use-basis.ts';
import { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { Dialog } from '../../ui/overlay/dialog.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { supplier, useRotateKey } from './api.ts';
import { findFailedStep, findKind, placeFailure } from './failure.ts';
import { SupplierMeanwhile } from './supplier-meanwhile.tsx';
import './suppliers.css';

/** A new key for the same address; the old one serves until the supplier has taken the new one. */
export function RotateKey({ asked, onClose }: { asked: SupplierCredential; onClose: () => void }) {
  const t = useTexts('suppliers');
  const form = useId();
  const rotate = useRotateKey();
  const { basis: row, overtaken, overtake } = useBasis(asked, supplier(asked.id));
  const [key, setKey] = useState('');
  const kind = findKind(rotate.error);
  const placed = placeFailure(rotate.error, t);
  const sound = isKey(key);
  const error = key !== '' && !sound ? t(($) => $.issue.key_invalid) : placed.fields.api_key;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sound && !rotate.isPending) rotate.mutate({ id: row.id, version: row.version, api_key: key }, { onSuccess: onClose, onError: (failure) => void overtake(failure) });
  };
  const actions = (
    <>
      <ActionButton onClick={onClose}>{t(($) => $.form.cancel)}</ActionButton>
      <ActionButton look="primary" type="submit" form={form} disabled={!sound} pending={rotate.isPending}>{t(($) => $.rotate.submit)}</ActionButton>
    </>
  );
  return (
    <Dialog title={t(($) => $.rotate.title, { name: row.name })} onClose={onClose} actions={actions}>
      <p className="ui-dialog-text">{t(($) => $.rotate.lead)}</p>
      <form id={form} onSubmit={submit}>
        <Field label={t(($) => $.form.key)} hint={row.key_hint ? t(($) => $.rotate.current, { hint: row.key_hint }) : undefined} error={error}>
          {(described) => (
            <SecretInput
              id={described.id}
              invalid={error !== undefined}
              {...(described['aria-describedby'] ? { describedBy: described['aria-describedby'] } : {})}
              value={key}
              onChange={(typed) => setKey(typed.trim())}
              clearedBy={rotate.isSuccess ? 1 : 0}
              showText={t(($) => $.form.show_key)}
              hideText={t(($) => $.form.hide_key)}
            />
          )}
        </Field>
      </form>
      {kind ? <div role="alert"><FailureNote kind={kind} {...findFailedStep(rotate.error)} requestId={rotate.error instanceof ApiFailure ? rotate.error.request_id : undefined} /></div> : <InlineError>{placed.banner}</InlineError>}
      <SupplierMeanwhile overtaken={overtaken} />
    </Dialog>
  );
}
