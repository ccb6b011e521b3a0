import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { TextField } from '../../app/form/field.tsx';
import { subjects } from './api.ts';
import type { Draft } from './draft.ts';
import { useDelayed } from './use-delayed.ts';
import { useWords } from './use-words.ts';
import '../../app/form/checks.css';

interface SubjectFieldProps {
  draft: Draft;
  error: string | undefined;
  onValue: (subject: string) => void;
  onBlur: () => void;
}

/** Whom or what a budget is about: found by a few letters; a model or workflow may be typed that is not offered now. */
export function SubjectField(props: SubjectFieldProps) {
  const { draft, error, onValue, onBlur } = props;
  const t = useTexts('budgets');
  if (draft.scope === 'tenant') return null;
  if (draft.scope === 'workflow') return <TextField label={t(($) => $.scope.workflow)} value={draft.subject} hint={t(($) => $.form.workflow_hint)} error={error} autoComplete="off" maxLength={300} onValue={onValue} onBlur={onBlur} />;
  // Another kind is looked for anew.
  return <SubjectChoice key={draft.scope} {...props} />;
}

function SubjectChoice({ draft, error, onValue, onBlur }: SubjectFieldProps) {
  const t = useTexts('budgets');
  const { roleOf } = useWords();
  const [name, line] = [useId(), useId()];
  const [typed, setTyped] = useState('');
  const { scope, subject } = draft;
  const { data = [] } = useQuery(subjects(scope, useDelayed(typed.trim())));
  const canBeAll = scope === 'user' || scope === 'api_key';
  const text = typed.trim();
  const addable = scope === 'model' && text !== '' && !data.some(({ value }) => value === text);
  const options = [...(canBeAll ? [{ value: '', name: t(($) => $.all_of[scope]), more: '' }] : []), ...(addable ? [{ value: text, name: text, more: t(($) => $.form.typed) }] : []), ...data.map(({ more = '', ...choice }) => ({ ...choice, more }))];
  return (
    <fieldset className="budgets-choice" aria-describedby={line} onBlur={onBlur}>
      <legend>{t(($) => $.scope[scope])}</legend>
      <input className="form-input" type="search" value={typed} placeholder={t(($) => $.form.find)} aria-label={t(($) => $.form.find)} aria-invalid={error ? true : undefined} autoComplete="off" maxLength={200} onChange={(event) => setTyped(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} />
      <div className="form-checks budgets-options" role="radiogroup" aria-label={t(($) => $.scope[scope])}>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === subject} onChange={() => onValue(option.value)} />
            <span>{scope === 'role' ? roleOf({ id: option.value, name: option.name }) : option.name}{option.more ? <small>{option.more}</small> : null}</span>
          </label>
        ))}
      </div>
      <div id={line} role={error ? 'alert' : undefined} className={error ? 'form-line is-error' : 'form-line'}>{error ?? t(($) => $.form.subject_hint)}</div>
    </fieldset>
  );
}
