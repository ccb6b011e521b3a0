import { findPostmaster } from './embedded-postmaster.ts';

const LOOK_MS = 1_000;

/**
 * Looks each second whether the server of `folder` is there, and calls `restart` when it was missing twice in a row:
 * once may be the moment between two of its own files. A restart that fails is tried again.
 */
export function watchPostmaster(folder: string, restart: () => Promise<void>): { stop(): void } {
  let missing = 0;
  let restarting = false;
  const timer = setInterval(() => {
    missing = findPostmaster(folder) === null ? missing + 1 : 0;
    if (missing < 2 || restarting) return;
    missing = 0;
    restarting = true;
    restart()
      .catch(() => undefined)
      .finally(() => (restarting = false));
  }, LOOK_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
