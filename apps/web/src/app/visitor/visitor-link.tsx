import type { MouseEvent, ReactNode } from 'react';
import { openAddress } from '../location.ts';

/** Below a visitor's form: the way to another of their pages. `state` goes along, and into no address. */
export function VisitorLink({ to, state = null, children }: { to: string; state?: unknown; children: ReactNode }) {
  const open = (event: MouseEvent) => {
    // Another tab or window is the browser's own business.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openAddress(to, state);
  };
  return <p className="visitor-aside"><a href={to} onClick={open}>{children}</a></p>;
}
