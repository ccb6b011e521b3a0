import { useId, useState } from 'react';
import { permissions, type Permission } from '@lyss/api-types/permission';
import { groupByNoun } from '../../app/access/permission-key.ts';
import { useAccessWords, type AccessWords } from '../../app/access/use-access-words.ts';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useMe } from '../../session/session-store.ts';
import './api-keys.css';
import '../../app/form/checks.css';

interface ScopesFieldProps {
  value: readonly Permission[];
  error: string | undefined;
  onValue: (scopes: Permission[]) => void;
}

function matches(permission: Permission, typed: string, words: AccessWords): boolean {
  const text = typed.trim().toLowerCase();
  return [permission, words.permission(permission), words.line(permission)].some((word) => word.toLowerCase().includes(text));
}

/** What the key may do: of what its person may, by noun, with a search. One that the person has lost can only be taken away. */
export function ScopesField({ value, error, onValue }: ScopesFieldProps) {
  const t = useTexts('api-keys');
  const words = useAccessWords();
  const me = useMe();
  const line = useId();
  const [typed, setTyped] = useState('');
  const isMine = (permission: Permission) => me.permissions.includes(permission);
  const offered = permissions.filter((permission) => (isMine(permission) || value.includes(permission)) && matches(permission, typed, words));
  const toggle = (permission: Permission, chosen: boolean) => onValue(permissions.filter((each) => (each === permission ? chosen : value.includes(each))));
  return (
    <fieldset className="api-keys-choice" aria-describedby={line}>
      <legend>{t(($) => $.form.scopes)}</legend>
      <input className="form-input" type="search" value={typed} placeholder={t(($) => $.form.scopes_filter)} aria-label={t(($) => $.form.scopes_filter)} autoComplete="off" maxLength={100} onChange={(event) => setTyped(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} />
      <div className="form-checks api-keys-options" role="group" aria-label={t(($) => $.form.scopes)}>
        {groupByNoun(offered).map((group) => (
          <section key={group.noun} aria-label={words.noun(group.noun)}>
            <h3>{words.noun(group.noun)}</h3>
            {group.permissions.map((permission) => (
              <label key={permission}>
                <input type="checkbox" checked={value.includes(permission)} aria-invalid={error ? true : undefined} onChange={(event) => toggle(permission, event.target.checked)} />
                <span>
                  {words.permission(permission)} <code>{permission}</code>
                  <small>{isMine(permission) ? words.line(permission) : t(($) => $.form.scope_lost)}</small>
                </span>
              </label>
            ))}
          </section>
        ))}
        {offered.length === 0 ? <p>{t(($) => $.form.scopes_none)}</p> : null}
      </div>
      {/* What is chosen may have scrolled out of sight, or not fit the search. */}
      {value.length > 0 ? <div className="form-line api-keys-chosen" role="status">{t(($) => $.form.scopes_chosen, { names: value.map(words.permission).join(' · ') })}</div> : null}
      <div id={line} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>{error ?? t(($) => $.form.scopes_hint)}</div>
    </fieldset>
  );
}
