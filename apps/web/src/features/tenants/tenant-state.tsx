import type { OperatorTenant } from '@lyss/api-types';
import { useLanguage, useTexts } from '../../app/i18n/use-texts.ts';
import { useZone } from '../../session/use-zone.ts';
import { formatExact } from '../../ui/figure/format-time.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';

const tones: Record<OperatorTenant['state'], Tone> = { active: 'ok', suspended: 'warn', deleting: 'error' };

/** A tenant's state; of one that is being deleted, the day it is gone, or how far its erasing came. */
export function TenantState({ tenant }: { tenant: OperatorTenant }) {
  const t = useTexts('tenants');
  const until = useDeletionLine(tenant.deletion);
  return (
    <span className="tenants-state">
      <StatusDot tone={tones[tenant.state]}>{t(($) => $.state[tenant.state])}</StatusDot>
      {until ? <span className="tenants-until">{until}</span> : null}
    </span>
  );
}

function useDeletionLine(deletion: OperatorTenant['deletion']): string | null {
  const t = useTexts('tenants');
  const locale = useLanguage();
  const zone = useZone();
  if (!deletion) return null;
  if (deletion.is_begun) return t(($) => $.erasing, { rows: new Intl.NumberFormat(locale).format(deletion.rows_removed) });
  return t(($) => $.gone_on, { date: formatExact(new Date(deletion.due_at), locale, zone) });
}
