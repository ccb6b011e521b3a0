import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo } from 'react';
import type { CatalogueSupplier } from '@lyss/api-types';
import { Field } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { formatFigure, formatMoney } from '../../ui/figure/format-figure.ts';
import { providerModels } from './api.ts';
import { listChoices, type ModelChoice } from './model-choice.ts';
import type { CredentialDraft } from './use-credential-draft.ts';
import './suppliers.css';

const SHOWN_TAGS = 12;

interface ModelsFieldProps {
  kind: CatalogueSupplier;
  form: CredentialDraft;
  /** A saved credential keeps at least one. */
  required: boolean;
  /** Names the last test found. */
  found: readonly string[];
}

/** Which models to offer: those the test found, the catalogue's with window and price, or any name that is typed. */
export function ModelsField({ kind, form, required, found }: ModelsFieldProps) {
  const t = useTexts('suppliers');
  const { data } = useQuery(providerModels(kind.provider));
  const { models } = form.draft;
  const choices = useMemo(() => listChoices(found, data?.items ?? [], models), [found, data, models]);
  const byName = new Map(choices.map((choice) => [choice.name, choice]));
  return (
    <Field label={t(($) => $.form.models)} hint={required ? t(($) => $.form.models_some) : t(($) => $.form.models_hint)} error={form.errorOf('models')}>
      {(described) => (
        <Select<string[]>
          {...described}
          mode="tags"
          // Inside the drawer: what lies outside a modal dialog can't be reached.
          getPopupContainer={(field) => field.closest('dialog') ?? document.body}
          size="large"
          className="suppliers-models"
          value={models}
          onChange={(names) => form.change({ models: names.map((name) => name.trim()).filter((name) => name !== '') })}
          placeholder={t(($) => $.form.models_any)}
          notFoundContent={t(($) => $.form.models_empty)}
          maxTagCount={SHOWN_TAGS}
          tokenSeparators={[',', '\n']}
          options={choices.map(({ name }) => ({ value: name, label: name }))}
          optionRender={({ value }) => {
            const choice = byName.get(String(value));
            return choice ? <ModelOption choice={choice} /> : String(value);
          }}
        />
      )}
    </Field>
  );
}

function ModelOption({ choice: { name, known, found } }: { choice: ModelChoice }) {
  const t = useTexts('suppliers');
  const locale = useLanguage();
  const window = known?.context_window ? formatFigure(known.context_window, locale) : null;
  const price = known?.price;
  const parts = [
    window ? t(($) => $.model.context, { tokens: `${window.number}${window.unit}` }) : null,
    price ? t(($) => $.model.price, { input: formatMoney(price.input, price.currency, locale), output: formatMoney(price.output, price.currency, locale) }) : null,
    !known && found ? t(($) => $.model.found) : null,
  ];
  return (
    <span className="suppliers-two">
      <span className="mono">{name}</span>
      <small>{parts.filter((part) => part !== null).join(' · ') || t(($) => $.model.unknown)}</small>
    </span>
  );
}
