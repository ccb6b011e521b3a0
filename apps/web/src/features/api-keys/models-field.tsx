import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { modelNames } from './api.ts';
import './api-keys.css';
import '../../app/form/checks.css';

interface ModelsFieldProps {
  /** null: all of them. */
  value: readonly string[] | null;
  error: string | undefined;
  onValue: (models: string[] | null) => void;
}

/** All models, or those alone that are ticked; a name that is not offered now can be typed. */
export function ModelsField({ value, error, onValue }: ModelsFieldProps) {
  const t = useTexts('api-keys');
  const options = [{ value: 'all', label: t(($) => $.form.models_all) }, { value: 'some', label: t(($) => $.form.models_some) }] as const;
  return (
    <div className="api-keys-models">
      <ChoiceField label={t(($) => $.form.models)} value={value === null ? 'all' : 'some'} options={options} onValue={(kind) => onValue(kind === 'all' ? null : [])} />
      {value === null ? null : <ModelChoice value={value} error={error} onValue={onValue} />}
    </div>
  );
}

function ModelChoice({ value, error, onValue }: ModelsFieldProps & { value: readonly string[] }) {
  const t = useTexts('api-keys');
  const line = useId();
  const [typed, setTyped] = useState('');
  const { data = [] } = useQuery({ ...modelNames(), enabled: useCan('chat.use') });
  const names = [...new Set([...value, ...data])];
  const text = typed.trim();
  const shown = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()));
  const addable = text !== '' && !names.includes(text);
  const toggle = (name: string, chosen: boolean) => onValue(chosen ? [...value, name] : value.filter((other) => other !== name));
  const add = () => {
    toggle(text, true);
    setTyped('');
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // Enter adds a model here; it must not send the form.
    event.preventDefault();
    if (addable) add();
  };
  return (
    <fieldset className="api-keys-choice" aria-describedby={line}>
      <legend className="visually-hidden">{t(($) => $.form.models_some)}</legend>
      <div className="api-keys-typed">
        <input className="form-input" value={typed} placeholder={t(($) => $.form.models_filter)} aria-label={t(($) => $.form.models_filter)} aria-invalid={error ? true : undefined} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200} onChange={(event) => setTyped(event.target.value)} onKeyDown={press} />
        {addable ? <ActionButton size="large" onClick={add}>{t(($) => $.form.models_add)}</ActionButton> : null}
      </div>
      {shown.length > 0 ? (
        <div className="form-checks api-keys-options" role="group" aria-label={t(($) => $.form.models_some)}>
          {shown.map((name) => (
            <label key={name}>
              <input type="checkbox" checked={value.includes(name)} onChange={(event) => toggle(name, event.target.checked)} />
              <span className="mono">{name}</span>
            </label>
          ))}
        </div>
      ) : null}
      <div id={line} role={error ? 'alert' : 'status'} className={error ? 'form-line is-error' : 'form-line'}>
        {error ?? (value.length > 0 ? t(($) => $.form.models_chosen, { count: value.length }) : t(($) => $.form.models_hint))}
      </div>
    </fieldset>
  );
}
