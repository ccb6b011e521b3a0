import type { ReactNode } from 'react';
import { OfflineIcon } from '../icons.tsx';
import { useOnline } from './use-online.ts';
import './states.css';

/** One line across the page while the browser has no network; gone as soon as it is back. */
export function OfflineBanner({ text }: { text: string }) {
  const online = useOnline();
  return <div role="status">{online ? null : <p className="ui-banner"><OfflineIcon /> {text}</p>}</div>;
}

/** A quiet note that what is shown is older than a minute; the caller says how old. */
export function StaleNote({ children }: { children: ReactNode }) {
  return <span className="ui-stale">{children}</span>;
}

/** An error that belongs to a form or a field: one inline line, read out when it appears. */
export function InlineError({ children }: { children: ReactNode }) {
  return <div role="alert">{children ? <p className="ui-inline-error">{children}</p> : null}</div>;
}
