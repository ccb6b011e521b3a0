import type { ChartSeries } from './series.ts';

interface ChartLegendProps {
  label: string;
  series: readonly ChartSeries[];
  onEmphasise: (key: string | null) => void;
  /** Absent where a series leads nowhere. */
  onPick?: ((key: string) => void) | undefined;
  canPick?: (key: string) => boolean;
}

/** What each colour is; hover and focus make the others step back. */
export function ChartLegend({ label, series, onEmphasise, onPick, canPick = () => true }: ChartLegendProps) {
  return (
    <ul className="chart-legend" aria-label={label}>
      {series.map(({ key, name, colour }) => {
        const content = <><i className={`chart-swatch chart-colour-${colour}`} aria-hidden="true" />{name}</>;
        const hover = { onPointerEnter: () => onEmphasise(key), onPointerLeave: () => onEmphasise(null) };
        return (
          <li key={key} {...hover}>
            {onPick && canPick(key) ? <button type="button" onFocus={() => onEmphasise(key)} onBlur={() => onEmphasise(null)} onClick={() => onPick(key)}>{content}</button> : <span>{content}</span>}
          </li>
        );
      })}
    </ul>
  );
}
