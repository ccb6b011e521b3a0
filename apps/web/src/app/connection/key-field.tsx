import { useState } from 'react';
import type { CatalogueSupplier } from '@lyss/api-types';
import { LinkOutIcon } from '../../ui/icons.tsx';
import { SecretInput } from '../../ui/secret-input.tsx';
import { Field } from '../form/field.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import './connection.css';

interface KeyFieldProps {
  kind: CatalogueSupplier;
  value: string;
  onValue: (api_key: string) => void;
  /** What becomes of the key; else that nobody sees it again. */
  hint?: string | undefined;
  error: string | undefined;
  /** Changes after each success, so that a stored key is not left on the page. */
  clearedBy: number;
}

/** The key that goes in and never comes out, and where to get one. */
export function KeyField({ kind, value, onValue, hint, error, clearedBy }: KeyFieldProps) {
  const t = useTexts('suppliers');
  return (
    <div className="connection-key">
      <Field label={kind.key_required ? t(($) => $.form.key) : t(($) => $.form.key_optional)} hint={hint ?? t(($) => $.form.key_safe)} error={error}>
        {(described) => (
          <SecretInput
            id={described.id}
            invalid={error !== undefined}
            {...(described['aria-describedby'] ? { describedBy: described['aria-describedby'] } : {})}
            {...(kind.key_example ? { placeholder: kind.key_example } : {})}
            value={value}
            onChange={(typed) => onValue(typed.trim())}
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
    <a className="connection-link" href={url} target="_blank" rel="noopener noreferrer">
      {t(($) => $.form.get_key)} <span className="mono">{host}</span> <LinkOutIcon size={13} /><span className="visually-hidden">{t(($) => $.form.new_tab)}</span>
    </a>
  );
}
