const STEPS = [1, 2, 2.5, 5, 10] as const;
const PARTS = 4;

/** Round marks of an axis from 0 to at least `highest`, at most five: 0, 50, 100 for 87; whole ones for what is counted. */
export function listMarks(highest: number, isWhole = false): number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / PARTS;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const fine = (STEPS.find((factor) => factor * magnitude >= rough) ?? 10) * magnitude;
  const step = isWhole ? Math.ceil(fine) : fine;
  const count = Math.ceil(highest / step - 1e-9);
  // Multiplied, not added up: 0.1 + 0.2 is no mark.
  return Array.from({ length: count + 1 }, (_, place) => Number((place * step).toPrecision(12)));
}

/** Which of `count` buckets are named below an axis where there is room for `most`. */
export function listNamed(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, most)));
  return Array.from({ length: Math.ceil(count / step) }, (_, place) => place * step);
}
