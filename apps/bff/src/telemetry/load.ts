import { monitorEventLoopDelay } from 'node:perf_hooks';

const OVERLOADED_MS = 250;
// Of one core. Below it the loop is late because of its neighbours, whom shedding streams doesn't relieve.
const OWN_WORK = 0.5;
const WINDOW_MS = 1_000;
const NS_PER_MS = 1_000_000;
const US_PER_MS = 1_000;

export interface Load {
  /** Whether the event loop's p99 delay passed 250 ms by its own work in each of the last two seconds: new streams are shed first. */
  isOverloaded(): boolean;
  stop(): void;
}

function readOwnWork(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / US_PER_MS;
}

/** Watches this process's event loop. Tests alone give a shorter window, and what the loop has worked so far in ms. */
export function watchLoad(window_ms = WINDOW_MS, readWork = readOwnWork): Load {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  // A second holds about fifty samples, so its p99 is its worst: one pause of the machine alone is no overload.
  let windows = [false, false];
  let began = performance.now();
  let worked = readWork();
  const timer = setInterval(() => {
    const took = performance.now() - began;
    // A loop that is blocked for a whole window leaves no sample in it, but this timer late.
    const late = Math.max(delay.percentile(99) / NS_PER_MS, took - window_ms) > OVERLOADED_MS;
    windows = [windows[1] ?? false, late && readWork() - worked > took * OWN_WORK];
    began = performance.now();
    worked = readWork();
    delay.reset();
  }, window_ms);
  timer.unref();
  return {
    isOverloaded: () => windows.every((overloaded) => overloaded),
    stop() {
      clearInterval(timer);
      delay.disable();
    },
  };
}
