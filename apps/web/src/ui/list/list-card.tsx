import type { ReactNode } from 'react';
import './list.css';

interface ListCardProps {
  toolbar?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** The card a list lives in: toolbar, rows, pages; hairlines between, no shadow. */
export function ListCard({ toolbar, footer, children }: ListCardProps) {
  return (
    <section className="ui-list-card">
      {toolbar}
      <div className="ui-list-body">{children}</div>
      {footer}
    </section>
  );
}
