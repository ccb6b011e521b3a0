import type { OperatorTenant, TenantDeletion } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { formatDay, formatExact } from '../../ui/figure/format-time.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';

const tones: Record<OperatorTenant['state'], Tone> = { active: 'ok', suspended: 'warn', deleting: 'error' };

/** A tenant's state; of one that is being deleted, the day it is gone, or how far its erasing came. */
export function TenantState({ tenant: { state, deletion } }: { tenant: OperatorTenant }) {
  const t = useTexts('tenants');
  return (
    <span className="tenants-state">
      <StatusDot tone={tones[state]}>{t(($) => $.state[state])}</StatusDot>
      {deletion ? <DeletionLine deletion={deletion} /> : null}
    </span>
  );
}

function DeletionLine({ deletion: { is_begun, rows_removed, due_at } }: { deletion: TenantDeletion }) {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const zone = useZone();
  const due = new Date(due_at);
  if (is_begun) return <span className="tenants-until">{t(($) => $.erasing, { rows: new Intl.NumberFormat(locale).format(rows_removed) })}</span>;
  return <span className="tenants-until" title={formatExact(due, locale, zone)}>{t(($) => $.gone_on, { date: formatDay(due, locale, zone) })}</span>;
}
