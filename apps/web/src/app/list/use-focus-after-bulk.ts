import { useEffect, useRef, type RefObject } from 'react';

/** Where the bulk bar goes, and the focus with it, the keyboard goes on at the boxes that it came from. Takes how many rows are chosen, returns the place of the list. */
export function useFocusAfterBulk(chosen: number): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(0);
  useEffect(() => {
    const cleared = before.current > 0 && chosen === 0;
    before.current = chosen;
    if (cleared && document.activeElement === document.body) list.current?.querySelector<HTMLElement>('.ui-select-box input:not(:disabled), button')?.focus();
  }, [chosen]);
  return list;
}
