import { useState } from 'react';
import type { Preferences } from '@lyss/api-types';
import { ChoiceField } from '../../app/form/choice-field.tsx';
import { SelectField } from '../../app/form/field.tsx';
import { languages } from '../../app/i18n/languages.ts';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { listTimeZones, sayTimeZone } from '../../app/form/time-zones.ts';
import { usePreferences } from '../../app/preferences.ts';
import { savePreferences } from '../../app/save-preferences.ts';
import { useMe } from '../../session/session-store.ts';
import { InlineError } from '../../ui/states/banner.tsx';

/** Look, language and time zone: shown at once, and put back with the reason where the server refuses. */
export function DisplayForm() {
  const t = useTexts('profile');
  const frame = useTexts('app');
  const me = useMe();
  const language = useLanguage();
  const theme = usePreferences((preferences) => preferences.theme);
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = (preferences: Partial<Preferences>) => {
    setRefusal(null);
    savePreferences(preferences).catch((failure: unknown) => setRefusal(failure instanceof Error ? failure.message : String(failure)));
  };
  const zones = listTimeZones(me.preferences.time_zone);
  return (
    <div className="form-stack">
      <ChoiceField
        label={frame(($) => $.theme.label)}
        value={theme}
        options={[
          { value: 'system', label: frame(($) => $.theme.system) },
          { value: 'light', label: frame(($) => $.theme.light) },
          { value: 'dark', label: frame(($) => $.theme.dark) },
        ]}
        onValue={(value) => save({ theme: value })}
      />
      <ChoiceField
        label={frame(($) => $.language.label)}
        value={language}
        options={languages}
        onValue={(value) => save({ locale: value })}
      />
      <SelectField
        label={t(($) => $.time_zone)}
        value={me.preferences.time_zone ?? ''}
        options={[{ value: '', label: t(($) => $.tenant_zone, { zone: sayTimeZone(me.tenant.time_zone) }) }, ...zones]}
        onValue={(zone) => save({ time_zone: zone === '' ? null : zone })}
      />
      <InlineError>{refusal}</InlineError>
    </div>
  );
}
