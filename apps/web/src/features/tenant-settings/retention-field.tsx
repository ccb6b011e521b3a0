import { SelectField } from '../../app/form/field.tsx';
import { useTexts } from '../../app/i18n/use-texts.ts';

const YEAR = 365;
const offered = [30, 90, 180, YEAR, 2 * YEAR, 5 * YEAR, 10 * YEAR];

interface RetentionFieldProps {
  label: string;
  hint: string;
  days: number | null;
  saved: number | null;
  onDays: (days: number | null) => void;
}

/** How long something is kept; null for ever. What is saved stays offered, whoever saved it. */
export function RetentionField({ label, hint, days, saved, onDays }: RetentionFieldProps) {
  const t = useTexts('tenant-settings');
  const all = [...new Set([...offered, ...(saved === null ? [] : [saved])])].toSorted((a, b) => a - b);
  const say = (count: number) => (count % YEAR === 0 ? t(($) => $.years, { count: count / YEAR }) : t(($) => $.days, { count }));
  const options = [{ value: '', label: t(($) => $.for_ever) }, ...all.map((count) => ({ value: String(count), label: say(count) }))];
  return <SelectField label={label} hint={hint} value={days === null ? '' : String(days)} options={options} onValue={(value) => onDays(value === '' ? null : Number(value))} />;
}
