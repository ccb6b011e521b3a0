import type { ReactNode } from 'react';
import { useDelayed } from './use-delayed.ts';
import './states.css';

// Uneven like words; fixed, so that the placeholder does not change from one frame to the next.
const widths = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '75%'] as const;

/** A grey bar where a line of text will be. Height and width in CSS units. */
function Bar({ width = '100%', height = 12 }: { width?: string | number; height?: number }) {
  return <span className="ui-bar" style={{ width, height }} aria-hidden="true" />;
}

interface RowsProps {
  rows?: number;
  columns?: number;
}

/** A list's rows before they are there: two lines under the name, one in each other column, as high as the real ones. */
export function SkeletonRows({ rows = 8, columns = 5 }: RowsProps) {
  return (
    <div className="ui-skeleton-rows" aria-hidden="true">
      {Array.from({ length: rows }, (_row, row) => (
        <div className="ui-skeleton-row" key={row}>
          {Array.from({ length: columns }, (_cell, cell) => (
            <span className="ui-skeleton-cell" key={cell}>
              <Bar width={widths[(row + cell * 3) % widths.length] ?? '50%'} />
              {cell === 0 ? <Bar width="34%" height={9} /> : null}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Lines of text before they are there. */
export function SkeletonText({ lines = 4 }: { lines?: number }) {
  return (
    <div className="ui-skeleton-text" aria-hidden="true">
      {Array.from({ length: lines }, (_line, line) => <Bar key={line} width={line === lines - 1 ? '42%' : (widths[line % widths.length] ?? '60%')} />)}
    </div>
  );
}

/** A form before it is there: label over control, as high as the real ones. */
export function SkeletonForm({ fields = 4 }: { fields?: number }) {
  return (
    <div className="ui-skeleton-form" aria-hidden="true">
      {Array.from({ length: fields }, (_field, field) => (
        <span key={field} className="ui-skeleton-field">
          <Bar width={widths[field % widths.length] === '71%' ? '18%' : '24%'} />
          <Bar height={34} />
        </span>
      ))}
    </div>
  );
}

interface WaitingProps {
  waiting: boolean;
  /** Read to a screen reader, never seen. */
  label: string;
  skeleton: ReactNode;
  children: ReactNode;
}

/** Shows the skeleton only where a wait is long enough to be noticed, and then long enough to be read as one. */
export function Waiting({ waiting, label, skeleton, children }: WaitingProps) {
  const shown = useDelayed(waiting);
  if (!waiting && !shown) return <>{children}</>;
  return (
    <div aria-busy="true">
      <span role="status" className="visually-hidden">{label}</span>
      <div style={{ visibility: shown ? 'visible' : 'hidden' }}>{skeleton}</div>
    </div>
  );
}
