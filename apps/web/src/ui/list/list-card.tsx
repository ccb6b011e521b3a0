import type { ReactNode } from 'react';
import './list.css';

interface ListCardProps {
  toolbar?: ReactNode;
  /** Slides in over the list while rows are selected. */
  bulk?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** The card a list lives in: toolbar, rows, pages; hairlines between, no shadow. */
export function ListCard({ toolbar, bulk, footer, children }: ListCardProps) {
  return (
    <section className="ui-list-card">
      {toolbar}
      {bulk}
      <div className="ui-list-body">{children}</div>
      {footer}
    </section>
  );
}

/** What can be done with the selected rows. */
export function BulkBar({ text, clearText, onClear, children }: { text: string; clearText: string; onClear: () => void; children: ReactNode }) {
  return (
    <div className="ui-bulk-bar" role="region" aria-label={text}>
      <span role="status">{text}</span>
      {children}
      <button type="button" className="ui-text-button" onClick={onClear}>{clearText}</button>
    </div>
  );
}
