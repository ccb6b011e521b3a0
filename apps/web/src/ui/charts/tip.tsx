import { sumBuckets, type ChartContent } from './series.ts';

interface ChartTipProps {
  content: ChartContent;
  place: number;
  x: number;
  isRight: boolean;
  totalText: string;
  emphasised: string | null;
}

/** All values at the cursor; a slider's own words say the same to who doesn't see it. */
export function ChartTip({ content, place, x, isRight, totalText, emphasised }: ChartTipProps) {
  const { buckets, series, format, kind } = content;
  const shown = series.filter(({ values }) => (values[place] ?? 0) > 0);
  return (
    <div className={isRight ? 'chart-tip is-right' : 'chart-tip'} style={{ left: x }} aria-hidden="true">
      <p>{buckets[place]?.long}</p>
      <ul>
        {shown.map(({ key, name, colour, values }) => (
          <li key={key} className={key === emphasised ? 'is-emphasised' : undefined}><i className={`chart-swatch chart-colour-${colour}`} /><span>{name}</span><b>{format(values[place] ?? 0)}</b></li>
        ))}
        {kind === 'bars' && series.length !== 1 ? <li className="chart-total"><i /><span>{totalText}</span><b>{format(sumBuckets(content)[place] ?? 0)}</b></li> : null}
        {shown.length === 0 && series.length === 1 ? <li><i /><span>{series[0]?.name}</span><b>{kind === 'bars' ? format(0) : '–'}</b></li> : null}
      </ul>
    </div>
  );
}
