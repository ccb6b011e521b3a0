import type { Geometry } from './geometry.ts';
import type { ChartContent } from './series.ts';

interface MarksProps {
  content: ChartContent;
  geometry: Geometry;
  /** The series that is looked at: all others step back. */
  emphasised: string | null;
}

const GAP = 1;
// More points than that lie so close that they are the line.
const MOST_DOTS = 31;
const look = (key: string, emphasised: string | null, colour: number) => `chart-colour-${colour}${emphasised !== null && emphasised !== key ? ' is-back' : ''}`;

/** Amounts upon each other, one bar a bucket. */
export function Bars({ content: { buckets, series }, geometry, emphasised }: MarksProps) {
  const { x, y, bar, bottom } = geometry;
  return buckets.map(({ at }, place) => {
    let below = 0;
    return (
      <g key={at}>
        {series.map(({ key, colour, values }) => {
          const value = values[place] ?? 0;
          if (value <= 0) return null;
          const [base, upper] = [y(below), y(below + value)];
          const gap = below > 0 ? GAP : 0;
          below += value;
          return <rect key={key} className={look(key, emphasised, colour)} x={x(place) - bar / 2} y={Math.min(upper, bottom - GAP)} width={bar} height={Math.max(GAP, base - upper - gap)} rx={Math.min(2, bar / 4)} />;
        })}
      </g>
    );
  });
}

/** Lines beside each other, broken where nothing is known. */
export function Lines({ content: { series }, geometry, emphasised }: MarksProps) {
  const { x, y } = geometry;
  return series.map(({ key, colour, values }) => {
    let isDrawing = false;
    const path = values.map((value, place) => {
      const step = value === null ? '' : `${isDrawing ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
      isDrawing = value !== null;
      return step;
    });
    const dots = values.flatMap((value, place) => (value !== null && (values.length <= MOST_DOTS || (isNothing(values[place - 1]) && isNothing(values[place + 1]))) ? [{ value, place }] : []));
    return (
      <g key={key} className={look(key, emphasised, colour)}>
        <path className="chart-line" d={path.join('')} />
        {dots.map(({ value, place }) => <circle key={place} cx={x(place)} cy={y(value)} r="2.5" />)}
      </g>
    );
  });
}

const isNothing = (value: number | null | undefined) => value === null || value === undefined;
