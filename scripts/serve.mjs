import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildEnv, getDataDir, node24, root, windows } from './programs.mjs';
import { watchNpm } from './watch-npm.mjs';

// A terminal signals its whole group and npm passes the same signal on: within this time they are one.
const ONE_PRESS_MS = 400;
const HURRY_MS = 1_500;
// As apps/bff ends where a setting is wrong: it has said so itself.
const CONFIGURATION_EXIT = 78;
const WITH_PARENT = pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href;

/**
 * Runs a script on our Node in a session of its own, so that each signal reaches it once and from here alone.
 * @param {string[]} args @param {{ env?: Record<string, string>, stdio?: 'inherit' | 'pipe' }} [options]
 */
export function spawnNode(args, { env = {}, stdio = 'inherit' } = {}) {
  return spawn(node24, ['--import', WITH_PARENT, ...args], {
    cwd: root, env: buildEnv(env), detached: !windows, stdio: ['inherit', stdio, stdio, 'ipc'], windowsHide: true,
  });
}

/**
 * Passes signals to children until they have ended: once is a graceful stop, again means hurry.
 * Resolves with the exit code of the first that ended (128 + n for signal n), after `onOwnEnd` where nobody had asked for it.
 * @param {import('node:child_process').ChildProcess[]} children @param {{ onOwnEnd?: (code: number) => void }} [listeners]
 * @returns {Promise<number>}
 */
export async function attend(children, { onOwnEnd } = {}) {
  let last = 0;
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    if (Date.now() - last < ONE_PRESS_MS) return;
    last = Date.now();
    // On Windows the console has told them already.
    if (!windows) for (const child of children) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, pass);
  const watch = watchNpm({
    onStop: () => {
      pass('SIGTERM');
      // Nobody waits for us any more, and the next start wants the port.
      setTimeout(pass, HURRY_MS, 'SIGTERM').unref();
    },
    // Whoever pressed Ctrl-C twice may have ended npm with it: what was told to stop is stopping, and gets its moment.
    onKill: () => (last === 0 ? process.exit(1) : pass('SIGTERM')),
  });
  const ends = children.map((child) => waitForEnd(child));
  const code = await Promise.race(ends);
  if (last === 0) onOwnEnd?.(code);
  for (const child of children) if (child.exitCode === null && child.signalCode === null && last === 0) child.kill('SIGTERM');
  await Promise.all(ends);
  clearInterval(watch);
  return code;
}

const SIGNAL_CODES = 128;

/**
 * Says that the server is gone though nobody stopped it, where to look and how it goes on. A server that refused to start
 * has said why itself.
 * @param {number} code
 */
export function sayOwnEnd(code) {
  const signal = Object.entries(constants.signals).find(([, number]) => SIGNAL_CODES + number === code)?.[0];
  if (code === 0 || code === CONFIGURATION_EXIT) return;
  process.stderr.write(`
The server ended by itself (${signal ?? `exit code ${code}`}). What it said is above; its database's log is ${join(getDataDir(), 'postgres', 'postgres.log')}
${signal === 'SIGKILL' ? 'Something killed it outright: often the system, for want of memory (journalctl -k, or docker inspect, says so).\n' : ''}Nothing that was saved is lost: npm start takes up where it was.
`);
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} */
export function waitForEnd(child) {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
