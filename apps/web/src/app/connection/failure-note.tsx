import type { SupplierFailureKind } from '@lyss/api-types/error';
import { useTexts } from '../i18n/use-texts.ts';
import './connection.css';

/** What went wrong and what to do about it. */
export function FailureNote({ kind, requestId }: { kind: SupplierFailureKind; requestId?: string | undefined }) {
  const t = useTexts('suppliers');
  const frame = useTexts('app');
  return (
    <div className="connection-failure">
      <b>{t(($) => $.failure[kind].what)}</b>
      <p>{t(($) => $.failure[kind].todo)}</p>
      {requestId ? <p className="mono">{frame(($) => $.route.request_id)} {requestId}</p> : null}
    </div>
  );
}
