import { useTexts } from '../../app/i18n/use-texts.ts';
import type { FieldChange } from './list-changes.ts';

/** What an entry changed, field by field. */
export function ChangeTable({ changes }: { changes: readonly FieldChange[] }) {
  const t = useTexts('audit');
  return (
    <table className="audit-changes" aria-label={t(($) => $.peek.changes)}>
      <thead><tr><td /><th scope="col">{t(($) => $.peek.before)}</th><th scope="col">{t(($) => $.peek.after)}</th></tr></thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.name}>
            <th scope="row" className="mono">{change.name}</th>
            <td>{'before' in change ? <del><Value value={change.before} /></del> : null}</td>
            <td>{'after' in change ? <ins><Value value={change.after} /></ins> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value of an entry's details: they come from the server as JSON, and are shown as text whatever they hold. */
export function Value({ value }: { value: unknown }) {
  const t = useTexts('audit');
  if (value === null || value === '' || value === undefined || (Array.isArray(value) && value.length === 0)) return <span className="audit-quiet">{t(($) => $.value.none)}</span>;
  if (typeof value === 'boolean') return value ? t(($) => $.value.yes) : t(($) => $.value.no);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'object' ? <span className="mono">{JSON.stringify(value)}</span> : String(value);
}
