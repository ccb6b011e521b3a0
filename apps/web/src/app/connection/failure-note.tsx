import type { SupplierFailureKind } from '@lyss/api-types/error';
import { useTexts } from '../i18n/use-texts.ts';
import './connection.css';

interface FailureNoteProps {
  kind: SupplierFailureKind;
  /** The step it failed at, where that is known. */
  step?: string | null | undefined;
  /** What is known better than by its kind: a failed step's message, a refusal's reason. */
  reason?: string | null | undefined;
  requestId?: string | undefined;
}

/** A failed connection has three ends: nobody of that name, nobody there, and no trust between the two. */
function findFault({ kind, step, reason }: FailureNoteProps): 'name_not_found' | 'tls' | null {
  if (kind !== 'connection_failed') return null;
  if (reason === 'name_not_found') return 'name_not_found';
  return step === 'tls' ? 'tls' : null;
}

/** What went wrong and what to do about it. */
export function FailureNote(props: FailureNoteProps) {
  const t = useTexts('suppliers');
  const frame = useTexts('app');
  const { kind, requestId } = props;
  const fault = findFault(props);
  return (
    <div className="connection-failure">
      <b>{fault ? t(($) => $.fault[fault].what) : t(($) => $.failure[kind].what)}</b>
      <p>{fault ? t(($) => $.fault[fault].todo) : t(($) => $.failure[kind].todo)}</p>
      {requestId ? <p className="mono">{frame(($) => $.route.request_id)} {requestId}</p> : null}
    </div>
  );
}
