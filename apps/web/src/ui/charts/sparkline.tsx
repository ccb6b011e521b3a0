import './charts.css';

const [WIDTH, HEIGHT, EDGE] = [100, 28, 2];

/** The course of a figure in a line; decoration beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const highest = Math.max(...values, 0);
  if (values.length < 2 || highest === 0) return <span className="chart-spark" />;
  const points = values.map((value, place) => `${((WIDTH * place) / (values.length - 1)).toFixed(1)},${(HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / highest).toFixed(1)}`);
  return (
    <svg className="chart-spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}
