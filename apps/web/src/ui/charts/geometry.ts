import { listMarks } from './scale.ts';
import { sumBuckets, type ChartContent } from './series.ts';

/** In px. */
export const HEIGHT = 220;
const LEFT = 56;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 26;
const WIDEST_BAR = 30;
const BAR_SHARE = 0.7;

export interface Geometry {
  width: number;
  left: number;
  right: number;
  bottom: number;
  marks: number[];
  bar: number;
  /** The middle of a bucket. */
  x: (place: number) => number;
  y: (value: number) => number;
  /** The bucket below a point. */
  placeAt: (x: number) => number;
}

/** Where everything of a chart stands that is `width` px wide. */
export function measure(content: ChartContent, width: number): Geometry {
  const count = Math.max(1, content.buckets.length);
  const band = (width - LEFT - RIGHT) / count;
  const highest = content.kind === 'bars' ? Math.max(0, ...sumBuckets(content)) : Math.max(0, ...content.series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const marks = listMarks(highest, content.isWhole);
  const top = marks.at(-1) ?? 1;
  const bottom = HEIGHT - BOTTOM;
  return {
    ...{ width, left: LEFT, right: width - RIGHT, bottom, marks },
    bar: Math.max(1, Math.min(WIDEST_BAR, band * BAR_SHARE)),
    x: (place) => LEFT + band * (place + 0.5),
    y: (value) => bottom - ((bottom - TOP) * value) / top,
    placeAt: (x) => Math.min(count - 1, Math.max(0, Math.floor((x - LEFT) / band))),
  };
}
