import { useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { move, type Place } from './move.ts';

function readPlace(target: EventTarget): Place | null {
  const at = target instanceof Element ? target.closest('[data-at]')?.getAttribute('data-at') : null;
  if (!at) return null;
  const [row = 0, column = 0] = at.split(' ').map(Number);
  return { row, column };
}

/** The keys of an ARIA grid: one cell is Tab's, arrows move from cell to cell. Cells say their place in `data-at`: "row column". */
export function useGridKeys(size: { rows: number; columns: number }) {
  const grid = useRef<HTMLTableElement>(null);
  const [kept, keep] = useState<Place>({ row: 1, column: 1 });
  // A search may have left fewer rows.
  const stop: Place = { row: Math.min(kept.row, size.rows - 1), column: Math.min(kept.column, size.columns - 1) };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = readPlace(event.target);
    if (event.altKey || event.metaKey || from === null) return;
    const to = move(from, event.key, event.ctrlKey, size);
    if (to === null) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-at="${to.row} ${to.column}"]`)?.focus();
  };
  const onFocus = (event: FocusEvent) => {
    const at = readPlace(event.target);
    if (at && (at.row !== kept.row || at.column !== kept.column)) keep(at);
  };
  return { grid, stop, onKeyDown, onFocus };
}
