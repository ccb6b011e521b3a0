import { monitorEventLoopDelay } from 'node:perf_hooks';

const OVERLOADED_MS = 250;
const WINDOW_MS = 1_000;
const NS_PER_MS = 1_000_000;

export interface Load {
  /** Whether the event loop's p99 delay passed 250 ms in each of the last two seconds: new streams are shed first. */
  isOverloaded(): boolean;
  stop(): void;
}

/** Watches this process's event loop. `window_ms` is shorter in tests only. */
export function watchLoad(window_ms = WINDOW_MS): Load {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  // A second holds about fifty samples, so its p99 is its worst: one pause of the machine alone is no overload.
  let windows = [0, 0];
  let due = performance.now() + window_ms;
  const timer = setInterval(() => {
    const now = performance.now();
    // A loop that is blocked for a whole window leaves no sample in it, but this timer late.
    windows = [windows[1] ?? 0, Math.max(delay.percentile(99) / NS_PER_MS, now - due)];
    due = now + window_ms;
    delay.reset();
  }, window_ms);
  timer.unref();
  return {
    isOverloaded: () => Math.min(...windows) > OVERLOADED_MS,
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
