import { expect, it } from 'vitest';
import { move } from './move.ts';

const size = { rows: 16, columns: 5 };

it.each([
  ['ArrowUp', false, 2, 2],
  ['ArrowDown', false, 4, 2],
  ['ArrowLeft', false, 3, 1],
  ['ArrowRight', false, 3, 3],
  ['Home', false, 3, 0],
  ['End', false, 3, 4],
  ['Home', true, 0, 0],
  ['End', true, 15, 4],
  ['PageUp', false, 0, 2],
  ['PageDown', false, 8, 2],
])('%s (control: %s) leads to row %i, column %i', (key, control, row, column) => {
  expect(move({ row: 3, column: 2 }, key, control, size)).toEqual({ row, column });
});

it('stays in the grid, and leaves other keys alone', () => {
  expect(move({ row: 0, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: 0, column: 0 });
  expect(move({ row: 15, column: 4 }, 'ArrowRight', false, size)).toEqual({ row: 15, column: 4 });
  expect(move({ row: 3, column: 2 }, ' ', false, size)).toBeNull();
});
