import { readFileSync } from 'node:fs';

const CHECK_MS = 250;

/** @param {number} pid */
function findParent(pid) {
  try {
    // The program's name, in brackets, may hold anything; after it come state and parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}

/**
 * npm runs us below a shell that passes no signal on, so we see them go instead: `onStop` when the shell ended (npm was told
 * to stop, and told the shell), `onKill` when npm is gone and the shell still waits (it was killed outright).
 * @param {{ onStop: () => void, onKill: () => void }} listeners
 * @returns {NodeJS.Timeout | undefined}
 */
export function watchNpm({ onStop, onKill }) {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const shell = process.ppid;
  const npm = findParent(shell);
  const timer = setInterval(() => {
    if (process.ppid !== shell) {
      clearInterval(timer);
      onStop();
    } else if (findParent(shell) !== npm) {
      clearInterval(timer);
      onKill();
    }
  }, CHECK_MS);
  return timer.unref();
}
