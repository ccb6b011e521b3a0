import { useEffect, useRef, type FormEvent } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { KeyField } from '../../app/connection/key-field.tsx';
import { TestSteps } from '../../app/connection/test-steps.tsx';
import { TextField } from '../../app/form/field.tsx';
import { focusInvalid } from '../../app/form/focus-invalid.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { SupplierProblem } from './supplier-problem.tsx';
import { useConnecting } from './use-connecting.ts';
import { useConnectionDraft, type ConnectionDraft } from './use-connection-draft.ts';

interface SupplierFormProps {
  kind: CatalogueSupplier;
  /** The page's next step goes through this form. */
  urgent: boolean;
  onTyped: () => void;
  onSaved: (saved: SupplierCredential) => void;
  onAnother: () => void;
}

/** Address and key of one kind of supplier, in the words of the suppliers page; saved as soon as the live test has passed. */
export function SupplierForm({ kind, urgent, onTyped, onSaved, onAnother }: SupplierFormProps) {
  const t = useTexts('set-up');
  const words = useTexts('suppliers');
  const form = useRef<HTMLFormElement>(null);
  const { state, test, failure, connect, reset } = useConnecting(onSaved);
  const draft = useConnectionDraft(kind, failure ?? null, () => {
    reset();
    onTyped();
  });
  const busy = state === 'testing' || state === 'saving';
  // The button that was pressed was switched off meanwhile, or is gone.
  useEffect(() => {
    if (state === 'typing' && (test || failure) && document.activeElement === document.body) form.current?.querySelector<HTMLElement>('button[type=submit]')?.focus();
  }, [state, test, failure]);

  function submit(event: FormEvent) {
    event.preventDefault();
    draft.mark();
    if (draft.sound) void connect({ supplier: kind, api_key: draft.api_key, base_url: draft.base_url });
    else focusInvalid(form.current);
  }

  return (
    <form ref={form} className="set-up-part" noValidate onSubmit={submit}>
      {state === 'saved' ? null : <Fields kind={kind} draft={draft} />}
      <TestSteps test={test} running={state === 'testing'} />
      <SupplierProblem refused={test?.ok === false} failure={failure ?? null} />
      <div className="form-actions">
        {state === 'saved' ? (
          <ActionButton size="large" onClick={onAnother}>{t(($) => $.supplier.another)}</ActionButton>
        ) : (
          <ActionButton type="submit" look={urgent ? 'primary' : 'plain'} size="large" pending={busy}>{busy ? words(($) => $.form.saving) : t(($) => $.supplier.connect)}</ActionButton>
        )}
      </div>
    </form>
  );
}

function Fields({ kind, draft }: { kind: CatalogueSupplier; draft: ConnectionDraft }) {
  const words = useTexts('suppliers');
  const hint = kind.base_url_editable ? words(($) => $.form.base_url_hint) : words(($) => $.form.base_url_fixed);
  return (
    <>
      <TextField label={words(($) => $.form.base_url)} className="mono" value={draft.base_url} readOnly={!kind.base_url_editable} hint={hint} error={draft.errorOf('base_url')} inputMode="url" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={500} onValue={draft.changeUrl} />
      <KeyField kind={kind} value={draft.api_key} error={draft.errorOf('api_key')} clearedBy={0} onValue={draft.changeKey} />
    </>
  );
}
