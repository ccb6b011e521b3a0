import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { KeyField } from '../../app/connection/key-field.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import type { CredentialDraft } from './use-credential-draft.ts';
import './suppliers.css';

interface ConnectionFieldsProps {
  kind: CatalogueSupplier;
  saved: SupplierCredential | null;
  form: CredentialDraft;
  /** Changes after each success, so that a stored key is not left on the page. */
  clearedBy: number;
}

/** Where to send, and the key that may be sent there and nowhere else. */
export function ConnectionFields({ kind, saved, form, clearedBy }: ConnectionFieldsProps) {
  const t = useTexts('suppliers');
  const { draft, hostChange, errorOf, change, leave } = form;
  if (kind.demo) return <p className="suppliers-note is-calm">{t(($) => $.demo_note)}</p>;
  const kept = saved?.key_hint && !hostChange ? t(($) => $.form.key_kept, { hint: saved.key_hint }) : undefined;
  const hint = kind.base_url_editable ? t(($) => $.form.base_url_hint) : t(($) => $.form.base_url_fixed);
  return (
    <>
      <TextField label={t(($) => $.form.base_url)} className="suppliers-mono" value={draft.base_url} readOnly={!kind.base_url_editable} hint={hint} error={errorOf('base_url')} inputMode="url" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={500} onValue={(base_url) => change({ base_url })} onBlur={() => leave('base_url')} />
      {hostChange && saved?.key_hint ? <p className="suppliers-note" role="status">{t(($) => $.form.host_changed, hostChange)}</p> : null}
      <div onBlur={() => leave('api_key')}>
        <KeyField kind={kind} value={draft.api_key} onValue={(api_key) => change({ api_key })} hint={kept} error={errorOf('api_key')} clearedBy={clearedBy} />
      </div>
    </>
  );
}
