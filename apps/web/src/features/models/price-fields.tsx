import { useQuery } from '@tanstack/react-query';
import type { TenantModel } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { TextField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { exchangeRates } from './api.ts';
import { readOwnPrice } from './draft.ts';
import { convertPrice } from './effective-price.ts';
import type { PartProps } from './model-form.tsx';
import { useDescribePrice } from './price-text.tsx';
import './models.css';

/** The catalogue's price or one's own, with what will be in force said while it is typed. */
export function PriceFields({ draft, errorOf, change, leave, model }: PartProps & { model: TenantModel }) {
  const t = useTexts('models');
  const { data: rates } = useQuery(exchangeRates);
  const currency = rates?.to ?? model.price?.currency ?? '';
  const options = [{ value: 'catalogue', label: t(($) => $.form.by_catalogue) }, { value: 'own', label: t(($) => $.form.by_own) }] as const;
  const field = (name: 'price_input' | 'price_cached_input' | 'price_output', label: string) => (
    <TextField label={label} value={draft[name]} error={errorOf(name)} inputMode="decimal" autoComplete="off" onValue={(typed) => change({ [name]: typed })} onBlur={() => leave(name)} />
  );
  return (
    <div className="models-pricing">
      <ChoiceField label={t(($) => $.form.price)} value={draft.pricing} options={options} onValue={(pricing) => change({ pricing })} />
      {draft.pricing === 'own' ? (
        <div className="models-amounts">
          {field('price_input', t(($) => $.form.input, { currency }))}
          {field('price_output', t(($) => $.form.output, { currency }))}
          {field('price_cached_input', t(($) => $.form.cached))}
        </div>
      ) : null}
      <Outcome model={model} draft={draft} currency={currency} rate={rates?.rate ?? null} />
    </div>
  );
}

function Outcome({ model, draft, currency, rate }: { model: TenantModel; draft: PartProps['draft']; currency: string; rate: string | null }) {
  const t = useTexts('models');
  const describe = useDescribePrice();
  const own = readOwnPrice(draft, currency);
  const effective = own === null ? convertPrice(model.catalogue_price, currency, rate) : own;
  return (
    <div className="models-outcome">
      <p className="form-line">{model.catalogue_price ? t(($) => $.form.catalogue, { price: describe(model.catalogue_price) }) : t(($) => $.form.catalogue_none)}</p>
      <p className="form-line" role="status">{effective === undefined ? null : effective ? t(($) => $.form.effective, { price: describe(effective) }) : t(($) => $.form.effective_none)}</p>
    </div>
  );
}
