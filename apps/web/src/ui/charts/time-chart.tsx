import { useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { HEIGHT, measure, type Geometry } from './geometry.ts';
import { Bars, Lines } from './marks.tsx';
import { listNamed } from './scale.ts';
import { sumBuckets, type ChartContent } from './series.ts';
import { ChartTip } from './tip.tsx';
import { useWidth } from './use-width.ts';
import './charts.css';

interface TimeChartProps {
  content: ChartContent;
  label: string;
  totalText: string;
  emphasised: string | null;
  svg: RefObject<SVGSVGElement | null>;
  /** A bucket was chosen, with the pointer or with Enter. */
  onPick?: ((place: number) => void) | undefined;
}

const LABEL_PX = 88;

/** A chart over time. The pointer or arrow keys move a cursor, which says all values of its hour or day; as a slider a screen reader reads them. */
export function TimeChart({ content, label, totalText, emphasised, svg, onPick }: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const geometry = measure(content, useWidth(place));
  const last = content.buckets.length - 1;
  const at = cursor === null ? null : Math.min(cursor, last);
  const point = (event: PointerEvent<HTMLElement>) => geometry.placeAt(event.clientX - event.currentTarget.getBoundingClientRect().left);

  function press(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? last + 1) - 1, Home: 0, End: last };
    const to = steps[event.key];
    if (event.key === 'Escape' && at !== null) setCursor(null);
    else if (event.key === 'Enter' && at !== null) onPick?.(at);
    else if (to !== undefined) setCursor(Math.min(last, Math.max(0, to)));
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={place}
      className={onPick ? 'chart-plot can-pick' : 'chart-plot'}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={at ?? Math.max(0, last)}
      aria-valuetext={describe(content, at ?? last, totalText)}
      onKeyDown={press}
      onBlur={() => setCursor(null)}
      onPointerMove={(event) => setCursor(point(event))}
      onPointerLeave={() => setCursor(null)}
      onClick={() => at !== null && onPick?.(at)}
    >
      <svg ref={svg} width={geometry.width} height={HEIGHT} aria-hidden="true">
        <Axes content={content} geometry={geometry} />
        {at === null ? null : <rect className="chart-cursor" x={geometry.x(at) - geometry.bar / 2 - 3} y={0} width={geometry.bar + 6} height={geometry.bottom} rx={4} />}
        {content.kind === 'bars' ? <Bars content={content} geometry={geometry} emphasised={emphasised} /> : <Lines content={content} geometry={geometry} emphasised={emphasised} />}
      </svg>
      {at === null ? null : <ChartTip content={content} place={at} x={geometry.x(at)} isRight={geometry.x(at) > geometry.width / 2} totalText={totalText} emphasised={emphasised} />}
    </div>
  );
}

function Axes({ content: { buckets, formatShort }, geometry }: { content: ChartContent; geometry: Geometry }) {
  const { marks, left, right, x, y, width } = geometry;
  return (
    <g>
      {marks.map((mark) => (
        <g key={mark}>
          <line className="chart-rule" x1={left} x2={right} y1={y(mark)} y2={y(mark)} />
          <text className="chart-text" x={left - 8} y={y(mark) + 4} textAnchor="end">{formatShort(mark)}</text>
        </g>
      ))}
      {listNamed(buckets.length, (width - left) / LABEL_PX).filter((place) => x(place) + LABEL_PX / 2 <= width).map((place) => <text key={place} className="chart-text" x={x(place)} y={HEIGHT - 6} textAnchor="middle">{buckets[place]?.short}</text>)}
    </g>
  );
}

/** A bucket in words. */
function describe(content: ChartContent, place: number, totalText: string): string {
  const { buckets, series, format, kind } = content;
  const bucket = buckets[place];
  if (!bucket) return '';
  const total = kind === 'bars' && series.length > 1 ? [`${totalText} ${format(sumBuckets(content)[place] ?? 0)}`] : [];
  const values = series.flatMap(({ name, values: of }) => (of[place] ? [`${name} ${format(of[place])}`] : []));
  return [bucket.long, ...total, ...values].join(', ');
}
