import { describe, expect, it } from 'vitest';
import { listMarks, listNamed } from './scale.ts';

describe('the marks of an axis', () => {
  it('are round, begin at 0 and reach what is drawn', () => {
    expect(listMarks(87)).toEqual([0, 25, 50, 75, 100]);
    expect(listMarks(4)).toEqual([0, 1, 2, 3, 4]);
    expect(listMarks(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(listMarks(3_100_000)).toEqual([0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]);
  });
  it('of what is counted are whole', () => {
    expect(listMarks(1, true)).toEqual([0, 1]);
    expect(listMarks(9, true)).toEqual([0, 3, 6, 9]);
  });
  it('are there where nothing is', () => {
    expect(listMarks(0)).toEqual([0, 1]);
    expect(listMarks(Number.NaN)).toEqual([0, 1]);
  });
});

it('no more buckets are named than there is room for', () => {
  expect(listNamed(30, 10)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
  expect(listNamed(3, 10)).toEqual([0, 1, 2]);
  expect(listNamed(0, 10)).toEqual([]);
});
