import { useState, type FormEvent } from 'react';
import type { OwnTenant, Tenant } from '@lyss/api-types';
import { isStale } from '../../api/failure.ts';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { SelectField, TextField } from '../../app/form/field.tsx';
import { useFieldErrors, readFormError } from '../../app/form/use-field-errors.ts';
import { Section } from '../../app/form/section.tsx';
import { listCurrencies } from '../../app/form/currencies.ts';
import { listTimeZones } from '../../app/form/time-zones.ts';
import { languages } from '../../app/i18n/languages.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useCan } from '../../session/session-store.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { InlineError } from '../../ui/states/banner.tsx';
import { useUpdateOwnTenant } from './api.ts';
import { PolicySections, type PolicyDraft } from './policy-sections.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';

type Draft = Pick<Tenant, 'name' | 'locale' | 'currency' | 'time_zone' | 'require_second_factor'> & PolicyDraft;

function RegionFields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const t = useTexts('tenant-settings');
  const language = useLanguage();
  return (
    <div className="form-stack">
      <ChoiceField label={t(($) => $.locale)} value={draft.locale} options={languages} onValue={(locale) => change({ locale })} />
      <SelectField label={t(($) => $.currency)} hint={t(($) => $.currency_hint)} value={draft.currency} options={listCurrencies(language, draft.currency)} onValue={(currency) => change({ currency })} />
      <SelectField label={t(($) => $.time_zone)} value={draft.time_zone} options={listTimeZones(draft.time_zone)} onValue={(time_zone) => change({ time_zone })} />
    </div>
  );
}

function IdentityFields({ name, workspace, error, onName }: { name: string; workspace: string; error: string | undefined; onName: (name: string) => void }) {
  const t = useTexts('tenant-settings');
  return (
    <div className="form-stack">
      <TextField label={t(($) => $.name)} value={name} maxLength={80} error={error} onValue={onName} />
      <TextField label={t(($) => $.workspace)} value={workspace} readOnly className="mono" hint={t(($) => $.workspace_hint)} onValue={() => undefined} />
    </div>
  );
}

/** The own tenant's settings; what was typed stays where the server refuses. */
export function SettingsForm({ tenant }: { tenant: OwnTenant }) {
  const t = useTexts('tenant-settings');
  const frame = useTexts('app');
  const may = useCan('settings.write');
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const update = useUpdateOwnTenant(tenant.version);
  const draft = { ...tenant, ...changed };
  const failure = update.error;
  const errors = useFieldErrors(failure);
  const missing = draft.name.trim() === '' ? t(($) => $.name_missing) : undefined;
  const change = (part: Partial<Draft>) => {
    update.reset();
    setChanged({ ...changed, ...part });
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (missing === undefined) update.mutate(changed, { onSuccess: () => setChanged({}) });
  }

  return (
    <form onSubmit={submit}>
      <fieldset className="form-plain" disabled={!may}>
        <Section title={t(($) => $.identity)}>
          <IdentityFields name={draft.name} workspace={tenant.workspace} error={missing ?? errors['name']} onName={(name) => change({ name })} />
        </Section>
        <Section title={t(($) => $.region)} line={t(($) => $.region_line)}><RegionFields draft={draft} change={change} /></Section>
        <SecondFactorSection without={tenant.without_second_factor} value={draft.require_second_factor} saved={tenant.require_second_factor} onValue={(require_second_factor) => change({ require_second_factor })} />
        <PolicySections tenant={tenant} draft={draft} change={change} />
      </fieldset>
      {may ? null : <p className="form-line">{t(($) => $.read_only)}</p>}
      <InlineError>{isStale(failure) ? t(($) => $.stale) : readFormError(failure, ['name'])}</InlineError>
      {may ? (
        <div className="form-actions">
          <ActionButton type="submit" look="primary" pending={update.isPending} disabled={Object.keys(changed).length === 0}>{frame(($) => $.actions.save)}</ActionButton>
          <span role="status" className="form-saved">{update.isSuccess ? t(($) => $.saved) : null}</span>
        </div>
      ) : null}
    </form>
  );
}
