import type { ReactNode } from 'react';
import './form.css';

/** One card of a settings page: what it is about at the left, its controls at the right; one below the other where it is narrow. */
export function Section({ id, title, line, children }: { id?: string; title: string; line?: string; children: ReactNode }) {
  return (
    <section id={id} className="form-section">
      <div>
        <h2>{title}</h2>
        {line ? <p>{line}</p> : null}
      </div>
      {children}
    </section>
  );
}
