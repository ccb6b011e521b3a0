import { SelectField, TextField } from '../../app/form/field.tsx';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { formatExact } from '../../ui/figure/format-time.ts';
import { latestDate, presets, readExpiry, type Draft, type Expiry } from './draft.ts';

interface ExpiryFieldProps {
  value: Draft['expires_at'];
  /** When it ends as it is; undefined for a new key. */
  kept: string | null | undefined;
  error: string | undefined;
  onValue: (value: Draft['expires_at']) => void;
  onBlur: () => void;
}

/** When the key ends: a few usual spans, a date, or never; the hint says the exact moment. */
export function ExpiryField({ value, kept, error, onValue, onBlur }: ExpiryFieldProps) {
  const t = useTexts('api-keys');
  const locale = useLanguage();
  const zone = useZone();
  const kinds: Expiry[] = [...(kept === undefined ? [] : (['keep'] as const)), ...presets, 'date', 'never'];
  const ends = value.kind === 'keep' ? (kept ?? null) : readExpiry(value);
  const hint = ends ? t(($) => $.form.expires_hint, { time: formatExact(new Date(ends), locale, zone) }) : ends === null ? t(($) => $.form.expires_never) : undefined;
  const byDate = value.kind === 'date';
  // The options are these kinds alone.
  const choose = (kind: string) => onValue({ ...value, kind: kind as Expiry });
  return (
    <>
      <SelectField label={t(($) => $.form.expires)} value={value.kind} options={kinds.map((kind) => ({ value: kind, label: t(($) => $.form.expires_in[kind]) }))} hint={byDate ? undefined : hint} error={byDate ? undefined : error} onValue={choose} onBlur={onBlur} />
      {byDate ? <TextField label={t(($) => $.form.date)} type="date" value={value.date} max={latestDate()} hint={hint} error={error} onValue={(date) => onValue({ ...value, date })} onBlur={onBlur} /> : null}
    </>
  );
}
