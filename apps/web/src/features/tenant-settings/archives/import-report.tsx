import type { ImportReport } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../../app/i18n/use-texts.ts';
import { Time } from '../../../app/list/time.tsx';

const shown = ['users', 'roles', 'supplier_credentials', 'conversations', 'messages', 'usage_records'] as const;

/** What comes, or came, and what is left to do by hand. */
export function ImportReportView({ report, isDone }: { report: ImportReport; isDone: boolean }) {
  const t = useTexts('tenant-settings');
  const locale = useLanguage();
  const { people, suppliers, api_keys } = report.to_do;
  return (
    <>
      <p className="form-line">{t(($) => $.import.from, { name: report.tenant.name, workspace: report.tenant.workspace })} <Time at={report.made_at} /></p>
      <dl className="archive-counts">
        {shown.map((table) => <div key={table}><dt>{t(($) => $.import.table[table])}</dt><dd>{(report.rows[table] ?? 0).toLocaleString(locale)}</dd></div>)}
      </dl>
      <ul className="archive-to-do" aria-label={t(($) => $.import.to_do)}>
        {isDone ? null : <li>{t(($) => $.import.settings)}</li>}
        {people > 0 ? <li>{t(($) => $.import.people, { count: people })}</li> : null}
        {suppliers > 0 ? <li>{t(($) => $.import.suppliers, { count: suppliers })}</li> : null}
        {api_keys > 0 ? <li>{t(($) => $.import.api_keys, { count: api_keys })}</li> : null}
        <li>{t(($) => $.import.trail)}</li>
      </ul>
    </>
  );
}
