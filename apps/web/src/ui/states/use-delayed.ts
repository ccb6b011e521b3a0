import { useLayoutEffect, useRef, useState } from 'react';

const SHOW_AFTER_MS = 150;
const SHOW_AT_LEAST_MS = 300;

/**
 * Whether a placeholder should be seen now: not for waits under 150 ms, and once seen for at least 300 ms, so that nothing flickers.
 * @param waiting whether the thing waited for is still missing.
 */
export function useDelayed(waiting: boolean): boolean {
  const [shown, setShown] = useState(false);
  const shownAt = useRef(0);
  // Before the paint: a timer that is overdue would else hide what has just come.
  useLayoutEffect(() => {
    if (waiting === shown) return undefined;
    const rest = waiting ? SHOW_AFTER_MS : Math.max(0, shownAt.current + SHOW_AT_LEAST_MS - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown(waiting);
    }, rest);
    return () => clearTimeout(timer);
  }, [waiting, shown]);
  return shown;
}
