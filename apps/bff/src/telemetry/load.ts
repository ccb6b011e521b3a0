import { monitorEventLoopDelay } from 'node:perf_hooks';

const OVERLOADED_MS = 250;
const WINDOW_MS = 1_000;
const NS_PER_MS = 1_000_000;

export interface Load {
  /** Whether the event loop's p99 delay of the last second passed 250 ms: new streams are shed first. */
  isOverloaded(): boolean;
  stop(): void;
}

/** Watches this process's event loop. */
export function watchLoad(): Load {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let p99 = 0;
  const timer = setInterval(() => {
    p99 = delay.percentile(99) / NS_PER_MS;
    delay.reset();
  }, WINDOW_MS);
  timer.unref();
  return {
    isOverloaded: () => p99 > OVERLOADED_MS,
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
