import { useMemo } from 'react';
import { listCurrencies } from '../../app/form/currencies.ts';
import { SelectField } from '../../app/form/field.tsx';
import { listTimeZones } from '../../app/form/time-zones.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import type { Draft } from './draft.ts';

interface TenantPlaceProps {
  draft: Draft;
  zoneError: string | undefined;
  onChange: (patch: Partial<Draft>) => void;
}

/** Where a tenant is: language, currency and time zone. */
export function TenantPlace({ draft, zoneError, onChange }: TenantPlaceProps) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const currencies = useMemo(() => listCurrencies(locale, draft.currency), [locale, draft.currency]);
  const zones = useMemo(() => listTimeZones(draft.time_zone), [draft.time_zone]);
  const locales = (['zh-CN', 'en-US'] as const).map((value) => ({ value, label: t(($) => $.locale[value]) }));
  return (
    <>
      <div className="tenants-pair">
        <SelectField label={t(($) => $.form.locale)} value={draft.locale} options={locales} onValue={(value) => onChange({ locale: value === 'en-US' ? 'en-US' : 'zh-CN' })} />
        <SelectField label={t(($) => $.form.currency)} value={draft.currency} hint={t(($) => $.form.currency_hint)} options={currencies} onValue={(currency) => onChange({ currency })} />
      </div>
      <SelectField label={t(($) => $.form.time_zone)} value={draft.time_zone} error={zoneError} options={zones} onValue={(time_zone) => onChange({ time_zone })} />
    </>
  );
}
