import { useLayoutEffect, useState, type RefObject } from 'react';

const STANDARD = 640;

/** How wide an element is, in px, now and whenever it changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(STANDARD);
  useLayoutEffect(() => {
    const found = element.current;
    if (!found) return undefined;
    const measure = () => setWidth(found.clientWidth || STANDARD);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(found);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
