import { useId, useMemo } from 'react';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { listCurrencies } from '../../app/form/time-zones.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import type { Draft } from './draft.ts';

interface TenantPlaceProps {
  draft: Draft;
  zoneError: string | undefined;
  onChange: (patch: Partial<Draft>) => void;
  onLeaveZone: () => void;
}

/** Where a tenant is: language, currency and time zone. */
export function TenantPlace({ draft, zoneError, onChange, onLeaveZone }: TenantPlaceProps) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const zones = useId();
  const currencies = useMemo(() => listCurrencies(locale, draft.currency), [locale, draft.currency]);
  const locales = (['zh-CN', 'en-US'] as const).map((value) => ({ value, label: t(($) => $.locale[value]) }));
  return (
    <>
      <div className="tenants-pair">
        <SelectField label={t(($) => $.form.locale)} value={draft.locale} options={locales} onValue={(value) => onChange({ locale: value === 'en-US' ? 'en-US' : 'zh-CN' })} />
        <SelectField label={t(($) => $.form.currency)} value={draft.currency} hint={t(($) => $.form.currency_hint)} options={currencies} onValue={(currency) => onChange({ currency })} />
      </div>
      <TextField label={t(($) => $.form.time_zone)} value={draft.time_zone} list={zones} error={zoneError} autoComplete="off" spellCheck={false} onValue={(time_zone) => onChange({ time_zone })} onBlur={onLeaveZone} />
      <datalist id={zones}>{['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => <option key={zone} value={zone} />)}</datalist>
    </>
  );
}
