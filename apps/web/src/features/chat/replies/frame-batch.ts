/** Collects what comes in between two frames and hands it over once a frame; a hidden page has no frames, so a timer does it there. */
export interface FrameBatch<T> {
  add(item: T): void;
  flush(): void;
}

// Slow enough to be nothing, quick enough that a title or a notification is not late.
const HIDDEN_INTERVAL_MS = 250;

export function createFrameBatch<T>(deliver: (items: T[]) => void): FrameBatch<T> {
  let waiting: T[] = [];
  let cancel: (() => void) | null = null;
  function flush(): void {
    cancel?.();
    cancel = null;
    if (waiting.length === 0) return;
    const items = waiting;
    waiting = [];
    deliver(items);
  }
  function schedule(): () => void {
    if (document.visibilityState === 'hidden') {
      const timer = setTimeout(flush, HIDDEN_INTERVAL_MS);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(flush);
    return () => cancelAnimationFrame(frame);
  }
  return {
    add(item) {
      waiting.push(item);
      // A frame asked for before the page was hidden never comes; the next event then takes the timer's way.
      if (cancel !== null && document.visibilityState === 'hidden') {
        cancel();
        cancel = null;
      }
      cancel ??= schedule();
    },
    flush,
  };
}
