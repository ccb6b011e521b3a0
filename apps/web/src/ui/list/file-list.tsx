import type { ReactNode } from 'react';
import './file-list.css';

/** Files one below the other, each with what is said of it. */
export function FileList({ label, children }: { label?: string; children: ReactNode }) {
  return <ul className="ui-files" aria-label={label}>{children}</ul>;
}

/** A file's name, how it stands with it, and what can be done with it. */
export function FileHead({ name, status, actions }: { name: string; status: ReactNode; actions: ReactNode }) {
  return (
    <div className="ui-file">
      <b>{name}</b>
      {status}
      <span className="ui-file-actions">{actions}</span>
    </div>
  );
}
