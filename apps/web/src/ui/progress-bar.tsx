import './parts.css';

/** How far a work is, of `max`. */
export function ProgressBar({ label, value, max = 1 }: { label: string; value: number; max?: number }) {
  return <progress className="ui-progress" aria-label={label} max={max} value={value} />;
}
