/** One hour or day of a chart's axis. */
export interface ChartBucket {
  /** ISO 8601. */
  at: string;
  /** On the axis. */
  short: string;
  /** In the tip and the table. */
  long: string;
}

export interface ChartSeries {
  key: string;
  name: string;
  /** 1–8; 0 for what is left over. */
  colour: number;
  /** One for each bucket; null where nothing is known. */
  values: readonly (number | null)[];
}

/** What one chart draws: amounts upon each other, or lines beside each other. */
export interface ChartContent {
  kind: 'bars' | 'lines';
  buckets: readonly ChartBucket[];
  series: readonly ChartSeries[];
  /** Of things that are counted there is no half. */
  isWhole?: boolean;
  /** A value in full, and as short as an axis has room for. */
  format: (value: number) => string;
  formatShort: (value: number) => string;
}

/** The sum of all series in each bucket. */
export function sumBuckets({ buckets, series }: Pick<ChartContent, 'buckets' | 'series'>): number[] {
  return buckets.map((_, place) => series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0));
}
