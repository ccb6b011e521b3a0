import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { CatalogueSupplier } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { providerModels } from './api.ts';
import { listChoices, narrowChoices } from './model-choice.ts';
import { ModelRow } from './model-row.tsx';
import type { CredentialDraft } from './use-credential-draft.ts';
import '../../app/form/checks.css';
import './models-field.css';

interface ModelsFieldProps {
  kind: CatalogueSupplier;
  form: CredentialDraft;
  /** What the saved credential serves: first in the list, and never left without one. */
  kept: readonly string[];
  /** Names the last test found. */
  found: readonly string[];
}

/** Which models to offer: those the test found, the catalogue's with window and price, or any name that is typed. */
export function ModelsField({ kind, form, kept, found }: ModelsFieldProps) {
  const t = useTexts('suppliers');
  const line = useId();
  const [typed, setTyped] = useState('');
  const { data } = useQuery(providerModels(kind.provider));
  const { models } = form.draft;
  const choices = useMemo(() => listChoices({ found, catalogue: data?.items ?? [], chosen: models, kept }), [found, data, models, kept]);
  const { shown, addable } = narrowChoices(choices, typed);
  const error = form.errorOf('models');
  const toggle = (name: string, chosen: boolean) => form.change({ models: chosen ? [...models, name] : models.filter((other) => other !== name) });
  const add = (name: string) => {
    toggle(name, true);
    setTyped('');
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // Enter adds a model here; it must not send the form.
    event.preventDefault();
    if (addable) add(addable);
  };
  return (
    <fieldset className="models-field" aria-describedby={line}>
      <legend>{t(($) => $.form.models)}</legend>
      <div className="models-field-head">
        <input className="form-input" value={typed} placeholder={t(($) => $.form.models_filter)} aria-label={t(($) => $.form.models_filter)} aria-invalid={error ? true : undefined} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200} onChange={(event) => setTyped(event.target.value)} onKeyDown={press} />
        {addable ? <ActionButton size="large" onClick={() => add(addable)}>{t(($) => $.form.models_add)}</ActionButton> : null}
      </div>
      {shown.length > 0 ? (
        <ul className="form-checks models-field-list">
          {shown.map((choice) => <ModelRow key={choice.name} choice={choice} chosen={models.includes(choice.name)} onToggle={toggle} />)}
        </ul>
      ) : null}
      <div className="models-field-foot">
        <span id={line} role={error ? 'alert' : 'status'} className={error ? 'form-line is-error' : 'form-line'}>
          {error ?? (models.length > 0 ? t(($) => $.form.models_chosen, { count: models.length }) : kept.length > 0 ? t(($) => $.form.models_some) : t(($) => $.form.models_hint))}
        </span>
        {models.length > 0 ? <button type="button" className="ui-text-button" onClick={() => form.change({ models: [] })}>{t(($) => $.form.models_none)}</button> : null}
      </div>
    </fieldset>
  );
}
