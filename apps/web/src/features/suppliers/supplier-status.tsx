import type { SupplierCredential } from '@lyss/api-types';
import type { SupplierFailureKind } from '@lyss/api-types/error';
import { useTexts } from '../../app/i18n/use-texts.ts';
import { StatusDot, type Tone } from '../../ui/list/status-dot.tsx';
import './suppliers.css';

const tones: Record<SupplierCredential['status'], Tone> = { healthy: 'ok', failing: 'error', untested: 'off' };

/** Dot and word; a failing one says why in a second line, unless that stands elsewhere. */
export function SupplierStatus({ row, brief = false }: { row: SupplierCredential; brief?: boolean }) {
  const t = useTexts('suppliers');
  const kind = row.status === 'failing' && !brief ? (row.last_test?.kind ?? 'unknown') : null;
  return (
    <span className="suppliers-status">
      <StatusDot tone={tones[row.status]}>{t(($) => $.status[row.status])}</StatusDot>
      {kind ? <small>{t(($) => $.failure[kind].what)}</small> : null}
    </span>
  );
}

/** What went wrong and what to do about it. */
export function FailureNote({ kind, requestId }: { kind: SupplierFailureKind; requestId?: string | undefined }) {
  const t = useTexts('suppliers');
  const frame = useTexts('app');
  return (
    <div className="suppliers-failure">
      <b>{t(($) => $.failure[kind].what)}</b>
      <p>{t(($) => $.failure[kind].todo)}</p>
      {requestId ? <p className="mono">{frame(($) => $.route.request_id)} {requestId}</p> : null}
    </div>
  );
}
