import { useState, type FormEvent, type ReactNode } from 'react';
import type { CatalogueSupplier, CredentialTest } from '@lyss/api-types';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { PasswordField } from '../../app/form/password-field.tsx';
import { useFieldErrors, readFormError } from '../../app/form/use-field-errors.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { ApiFailure } from '../../api/client.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { createSupplier, testSupplier, type SupplierDraft } from './supplier-api.ts';
import { TestReport } from './test-report.tsx';

function useConnecting(draft: SupplierDraft, onSaved: () => void) {
  const language = useLanguage();
  const [test, setTest] = useState<CredentialTest | null>(null);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  async function connect() {
    setRunning(true);
    setTest(null);
    setFailure(null);
    try {
      const result = await testSupplier(draft);
      setTest(result);
      if (!result.ok) return;
      await createSupplier(draft, language);
      onSaved();
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      setFailure(thrown);
    } finally {
      setRunning(false);
    }
  }
  return { test, running, failure, connect };
}

interface SupplierFormProps {
  suppliers: CatalogueSupplier[];
  onSaved: () => void;
  /** Stands beside the submit button. */
  children: ReactNode;
}

/** Supplier, key, and the address where it can be chosen; saved as soon as the live test has passed. */
export function SupplierForm({ suppliers, onSaved, children }: SupplierFormProps) {
  const t = useTexts('set-up');
  const language = useLanguage();
  const [chosen, choose] = useState(suppliers[0]?.provider ?? 'custom');
  const [api_key, setKey] = useState('');
  const [base_url, setUrl] = useState('');
  const supplier = suppliers.find((entry) => entry.provider === chosen);
  // The list is never empty where this form is shown; the first stands in while another one is unknown.
  const draft = { supplier: supplier ?? (suppliers[0] as CatalogueSupplier), api_key, base_url };
  const { test, running, failure, connect } = useConnecting(draft, onSaved);
  const errors = useFieldErrors(failure);

  function submit(event: FormEvent) {
    event.preventDefault();
    void connect();
  }

  return (
    <form className="set-up-part" onSubmit={submit}>
      <SelectField label={t(($) => $.supplier.which)} value={chosen} options={suppliers.map((entry) => ({ value: entry.provider, label: entry.name[language] }))} onValue={(value) => choose(suppliers.find((entry) => entry.provider === value)?.provider ?? chosen)} />
      {draft.supplier.base_url_editable ? (
        <TextField label={t(($) => $.supplier.base_url)} className="mono" type="url" required={draft.supplier.default_base_url === null} placeholder={draft.supplier.default_base_url ?? 'https://'} value={base_url} error={errors['base_url']} onValue={setUrl} />
      ) : null}
      {draft.supplier.key_required ? (
        <PasswordField
          label={t(($) => $.supplier.key)}
          autoComplete="off"
          value={api_key}
          hint={draft.supplier.key_url === null ? t(($) => $.supplier.key_sealed) : t(($) => $.supplier.key_from, { address: new URL(draft.supplier.key_url).host })}
          error={errors['api_key']}
          onValue={setKey}
        />
      ) : null}
      <TestReport test={test} running={running} />
      <InlineError>{test !== null && !test.ok ? t(($) => $.supplier.refused) : readFormError(failure, ['base_url', 'api_key'])}</InlineError>
      <div className="form-actions">
        <ActionButton type="submit" look="primary" size="large" pending={running} disabled={draft.supplier.key_required && api_key.trim() === ''}>{t(($) => $.supplier.connect)}</ActionButton>
        {children}
      </div>
    </form>
  );
}
