/** A cell of a grid: rows and columns from 0, headers among them. */
export interface Place {
  row: number;
  column: number;
}

const PAGE = 5;

/** Where a key leads in a grid of this size, by the ARIA pattern; null for keys that are not the grid's. */
export function move({ row, column }: Place, key: string, control: boolean, { rows, columns }: { rows: number; columns: number }): Place | null {
  const [last_row, last_column] = [rows - 1, columns - 1];
  const to = (next_row: number, next_column: number): Place => ({ row: Math.min(Math.max(next_row, 0), last_row), column: Math.min(Math.max(next_column, 0), last_column) });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - PAGE, column);
    case 'PageDown':
      return to(row + PAGE, column);
    case 'Home':
      return to(control ? 0 : row, 0);
    case 'End':
      return to(control ? last_row : row, last_column);
    default:
      return null;
  }
}
