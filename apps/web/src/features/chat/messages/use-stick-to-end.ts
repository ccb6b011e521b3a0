import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

// Scrolling down to nearly the end means the end.
const NEAR_PX = 40;

interface Place {
  top: number;
  height: number;
}

/** Whether the reader holds to the end, after a scroll from one place to another. Growth alone never changes it. */
export function judgeScroll(held: boolean, before: Place, now: Place, viewport: number): boolean {
  const gap = now.height - viewport - now.top;
  if (now.top < before.top - 1 && now.height >= before.height) return gap <= 1;
  if (now.top > before.top && gap <= NEAR_PX) return true;
  return held;
}

/** Follows what the reader does with the scroller: `held` says whether the end still holds them. */
function useReader(scroller: RefObject<HTMLElement | null>, held: RefObject<boolean>, setAway: (away: boolean) => void): void {
  const place = useRef<Place>({ top: 0, height: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onScroll = () => {
      const now = { top: element.scrollTop, height: element.scrollHeight };
      held.current = judgeScroll(held.current, place.current, now, element.clientHeight);
      place.current = now;
      setAway(!held.current && now.height - element.clientHeight - now.top > NEAR_PX);
    };
    // Said before the scroll happens, so that a token in between cannot drag the reader back.
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && element.scrollHeight > element.clientHeight) held.current = false;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, held, setAway]);
}

/**
 * Keeps a scroller at its end while its content grows, until the reader scrolls up; then it moves nothing.
 * @param content the element whose height is the content's.
 */
export function useStickToEnd(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const held = useRef(true);
  const [away, setAway] = useState(false);

  const jump = useCallback(() => {
    const element = scroller.current;
    held.current = true;
    setAway(false);
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [scroller]);

  useLayoutEffect(() => {
    const [outer, inner] = [scroller.current, content.current];
    if (outer === null || inner === null) return undefined;
    const keep = () => {
      if (held.current) outer.scrollTop = outer.scrollHeight;
      else setAway(outer.scrollHeight - outer.clientHeight - outer.scrollTop > NEAR_PX);
    };
    const observer = new ResizeObserver(keep);
    observer.observe(outer);
    observer.observe(inner);
    keep();
    return () => observer.disconnect();
  }, [scroller, content]);

  useReader(scroller, held, setAway);
  return { away, jump };
}
