import type { ReactNode } from 'react';
import './tab-links.css';

/** Several looks at one page, each with an address: links, of which the current one carries `aria-current="page"`. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return <nav className="tab-links" aria-label={label}>{children}</nav>;
}
