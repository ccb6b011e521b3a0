import { useState } from 'react';
import type { CatalogueSupplier, SupplierCredential } from '@lyss/api-types';
import { Field, TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { LinkOutIcon } from '../../ui/icons.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
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
  const hint = kind.base_url_editable ? t(($) => $.form.base_url_hint) : t(($) => $.form.base_url_fixed);
  return (
    <>
      <TextField label={t(($) => $.form.base_url)} className="suppliers-mono" value={draft.base_url} readOnly={!kind.base_url_editable} hint={hint} error={errorOf('base_url')} inputMode="url" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={500} onValue={(base_url) => change({ base_url })} onBlur={() => leave('base_url')} />
      {hostChange && saved?.key_hint ? <p className="suppliers-note" role="status">{t(($) => $.form.host_changed, hostChange)}</p> : null}
      <KeyField kind={kind} saved={saved} form={form} clearedBy={clearedBy} />
    </>
  );
}

function KeyField({ kind, saved, form, clearedBy }: ConnectionFieldsProps) {
  const t = useTexts('suppliers');
  const { draft, hostChange, errorOf, change, leave } = form;
  const kept = saved?.key_hint && !hostChange ? t(($) => $.form.key_kept, { hint: saved.key_hint }) : t(($) => $.form.key_safe);
  const error = errorOf('api_key');
  return (
    <div onBlur={() => leave('api_key')}>
      <Field label={kind.key_required ? t(($) => $.form.key) : t(($) => $.form.key_optional)} hint={kept} error={error}>
        {(described) => (
          <SecretInput
            id={described.id}
            invalid={error !== undefined}
            {...(described['aria-describedby'] ? { describedBy: described['aria-describedby'] } : {})}
            {...(kind.key_example ? { placeholder: kind.key_example } : {})}
            value={draft.api_key}
            onChange={(api_key) => change({ api_key: api_key.trim() })}
            clearedBy={clearedBy}
            showText={t(($) => $.form.show_key)}
            hideText={t(($) => $.form.hide_key)}
          />
        )}
      </Field>
      {kind.key_url ? <KeyLink url={kind.key_url} /> : null}
    </div>
  );
}

/** Leads out of the console, and says whereto before anybody follows. */
function KeyLink({ url }: { url: string }) {
  const t = useTexts('suppliers');
  const [host] = useState(() => new URL(url).host);
  return (
    <a className="suppliers-link" href={url} target="_blank" rel="noopener noreferrer">
      {t(($) => $.form.get_key)} <span className="mono">{host}</span> <LinkOutIcon size={13} /><span className="visually-hidden">{t(($) => $.form.new_tab)}</span>
    </a>
  );
}
