import type { ReactNode } from 'react';
import './list.css';

/** The top of every page: its name, one line of what it is, and one primary action. */
export function PageHeader({ title, line, action }: { title: ReactNode; line?: ReactNode; action?: ReactNode }) {
  return (
    <header className="ui-page-header">
      <div>
        <h1>{title}</h1>
        {line ? <p className="ui-page-line">{line}</p> : null}
      </div>
      {action ? <div className="ui-page-action">{action}</div> : null}
    </header>
  );
}
