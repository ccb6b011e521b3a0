import { sumBuckets, type ChartContent } from './series.ts';
import './charts.css';

/** A chart's values as a table, for everybody: what a picture shows, it says. */
export function ChartTable({ content, label, timeText, totalText }: { content: ChartContent; label: string; timeText: string; totalText: string }) {
  const { buckets, series, format, kind } = content;
  const totals = kind === 'bars' && series.length > 1 ? sumBuckets(content) : null;
  return (
    // A keyboard scrolls it as a pointer does.
    <div className="chart-table" role="group" aria-label={label} tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr><th scope="col">{timeText}</th>{totals ? <th scope="col">{totalText}</th> : null}{series.map(({ key, name }) => <th key={key} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {buckets.map(({ at, long }, place) => (
            <tr key={at}>
              <th scope="row">{long}</th>
              {totals ? <td>{format(totals[place] ?? 0)}</td> : null}
              {series.map(({ key, values }) => <td key={key}>{write(values[place], format)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const write = (value: number | null | undefined, format: (value: number) => string) => (value === null || value === undefined ? '–' : format(value));
