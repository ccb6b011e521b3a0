import { describe, expect, test } from 'vitest';
import { judgeScroll } from './use-stick-to-end.ts';

const viewport = 500;
const at = (top: number, height: number) => ({ top, height });

describe('who moves the list', () => {
  test('a reader who scrolls up is let go, by however little', () => {
    expect(judgeScroll(true, at(1_500, 2_000), at(1_480, 2_000), viewport)).toBe(false);
    expect(judgeScroll(true, at(1_500, 2_000), at(900, 2_000), viewport)).toBe(false);
  });

  test('growth and being moved with it are not a reader', () => {
    expect(judgeScroll(true, at(1_500, 2_000), at(1_500, 2_400), viewport)).toBe(true);
    expect(judgeScroll(true, at(1_500, 2_000), at(1_900, 2_400), viewport)).toBe(true);
    // What is above turned out smaller than it was thought to be.
    expect(judgeScroll(true, at(1_500, 2_000), at(1_300, 1_800), viewport)).toBe(true);
  });

  test('coming back to the end holds again; coming closer does not', () => {
    expect(judgeScroll(false, at(1_000, 2_000), at(1_480, 2_000), viewport)).toBe(true);
    expect(judgeScroll(false, at(1_000, 2_000), at(1_300, 2_000), viewport)).toBe(false);
    expect(judgeScroll(false, at(1_000, 2_000), at(1_000, 2_400), viewport)).toBe(false);
  });
});
