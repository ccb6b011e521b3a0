import './spend-bar.css';

interface SpendBarProps {
  /** What it says to whoever cannot see it. */
  label: string;
  /** Parts of the limit, 1 being all of it. */
  spent: number;
  held: number;
  /** Where the period will end at this pace; null where nobody can say. */
  forecast?: number | null;
  tone: 'ok' | 'warn' | 'error' | 'off';
}

const MOST = 100;
const percent = (part: number) => `${Math.max(0, Math.min(MOST, part * MOST))}%`;

/** A limit as a bar: what is settled is solid, what calls hold is hatched, what is left is bare; a tick stands where it is heading. */
export function SpendBar({ label, spent, held, forecast = null, tone }: SpendBarProps) {
  return (
    <span role="img" aria-label={label} className={`ui-spend is-${tone}`}>
      <span className="ui-spend-track">
        <span className="ui-spend-settled" style={{ width: percent(spent) }} />
        <span className="ui-spend-held" style={{ width: percent(Math.min(held, 1 - Math.min(spent, 1))) }} />
      </span>
      {forecast === null ? null : <span className={forecast > 1 ? 'ui-spend-tick is-beyond' : 'ui-spend-tick'} style={{ insetInlineStart: percent(forecast) }} />}
    </span>
  );
}
