import type { SupplierCredential } from '@lyss/api-types';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';
import './suppliers.css';

const tones: Record<SupplierCredential['status'], Tone> = { healthy: 'ok', failing: 'error', untested: 'off' };

/** Dot and word; a failing one says why in a second line, unless that stands elsewhere. What is switched off answers nobody, however its last test went. */
export function SupplierStatus({ row, brief = false }: { row: SupplierCredential; brief?: boolean }) {
  const t = useTexts('suppliers');
  if (!row.enabled) return <StatusDot tone="off">{t(($) => $.status.off)}</StatusDot>;
  const kind = row.status === 'failing' && !brief ? (row.last_test?.kind ?? 'unknown') : null;
  return (
    <span className="suppliers-status">
      <StatusDot tone={tones[row.status]}>{t(($) => $.status[row.status])}</StatusDot>
      {kind ? <small>{t(($) => $.failure[kind].what)}</small> : null}
    </span>
  );
}
