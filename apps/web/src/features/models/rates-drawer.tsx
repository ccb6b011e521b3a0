import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ExchangeRates } from '@lyss/api-types';
import { TextField } from '../../app/form/field.tsx';
import { FormSheet } from '../../app/form/form-sheet.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { Time } from '../../app/list/time.tsx';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { SkeletonForm } from '../../ui/states/skeleton.tsx';
import { exchangeRates, useReplaceRate } from './api.ts';
import './models.css';

const sound = /^(?=.*[1-9])\d{1,7}(?:\.\d{1,9})?$/;

/** What one US dollar is in the tenant's currency, and was. */
export function RatesDrawer({ onClose }: { onClose: () => void }) {
  const t = useTexts('models');
  const { data, error } = useQuery(exchangeRates);
  return (
    <FormSheet title={t(($) => $.rates.title)} onClose={onClose}>
      <div className="form-sheet">
        {error ? <InlineError>{error.message}</InlineError> : !data ? <SkeletonForm fields={1} /> : data.is_needed ? <RateForm key={data.history[0]?.id} rates={data} onClose={onClose} /> : <p>{t(($) => $.rates.not_needed)}</p>}
        {data && (data.is_needed || data.history.length > 0) ? <History rates={data} /> : null}
      </div>
    </FormSheet>
  );
}

function RateForm({ rates, onClose }: { rates: ExchangeRates; onClose: () => void }) {
  const t = useTexts('models');
  const canWrite = useCan('models.write');
  const [typed, type] = useState(rates.rate ?? '');
  const replace = useReplaceRate();
  const text = typed.trim();
  const isSound = text === '' || sound.test(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isSound) return;
    if (text === (rates.rate ?? '')) return onClose();
    replace.mutate({ to: rates.to, rate: text === '' ? null : text }, { onSuccess: onClose });
  };
  return (
    <form className="models-pricing" noValidate onSubmit={submit}>
      <p>{t(($) => $.rates.lead, { currency: rates.to })}</p>
      <TextField label={t(($) => $.rates.field, { currency: rates.to })} value={typed} hint={t(($) => $.rates.hint)} error={isSound ? undefined : t(($) => $.issue.rate_invalid)} inputMode="decimal" autoComplete="off" autoFocus readOnly={!canWrite} onValue={type} />
      <InlineError>{replace.error?.message}</InlineError>
      {canWrite ? <div className="form-end"><ActionButton look="primary" size="large" type="submit" disabled={!isSound} pending={replace.isPending}>{t(($) => $.rates.save)}</ActionButton></div> : null}
    </form>
  );
}

function History({ rates }: { rates: ExchangeRates }) {
  const t = useTexts('models');
  return (
    <section>
      <h3 className="models-subhead">{t(($) => $.rates.history)}</h3>
      {rates.history.length === 0 ? <p className="models-unknown">{t(($) => $.rates.none)}</p> : (
        <ol className="models-history">
          {rates.history.map(({ id, currency, rate, by, created_at }) => (
            <li key={id}>
              <span>{rate === null ? t(($) => $.rates.taken_back, { currency }) : t(($) => $.rates.line, { rate, currency })}</span>
              <small className="models-unknown"><Time at={created_at} />{by ? ` · ${t(($) => $.peek.by, { name: by.name })}` : null}</small>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
