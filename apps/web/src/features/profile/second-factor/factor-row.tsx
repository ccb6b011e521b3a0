import type { ReactNode } from 'react';
import './second-factor.css';

/** One kind of factor: its name and state at the left, what can be done at the right, its own list below. */
export function FactorRow({ title, action, below, children }: { title: string; action?: ReactNode; below?: ReactNode; children: ReactNode }) {
  return (
    <div className="factor-row">
      <div className="factor-head">
        <div>
          <h3>{title}</h3>
          <div className="factor-line">{children}</div>
        </div>
        {action}
      </div>
      {below}
    </div>
  );
}
