export interface Change {
  text: string;
  tone: 'good' | 'bad' | null;
}

const POINTS = 100;

/** How a figure changed, in percent of what it was; null where there was nothing to compare with. */
export function describeChange(now: number, before: number, locale: string): Change | null {
  if (before === 0) return null;
  const text = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format((now - before) / before);
  return { text, tone: null };
}

/** How a share changed, in percentage points: of failures, more is bad. */
export function describeShareChange(now: number | null, before: number | null, locale: string): Change | null {
  if (now === null || before === null) return null;
  const points = (now - before) * POINTS;
  const text = `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(points)} pp`;
  return { text, tone: Math.abs(points) < 0.005 ? null : points < 0 ? 'good' : 'bad' };
}

/** Failed of all; null where there were none. */
export const shareOf = (failed: number, requests: number): number | null => (requests === 0 ? null : failed / requests);
