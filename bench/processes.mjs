import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./measured.mjs').Memory} Memory */
/** @typedef {{ readCpu(): Promise<number>, readMemory(): Promise<Memory>, stop(): Promise<void>, output(): string }} Measured CPU in µs since its start */

export const root = fileURLToPath(new URL('..', import.meta.url));
const HOOK = new URL('measured.mjs', import.meta.url).href;
const STOP_MS = 30_000;
const US_PER_TICK = 10_000; // CLK_TCK is 100 on every Linux that Node runs on

/**
 * Starts a script on this very Node so that its CPU and memory can be read from outside.
 * @param {string} script @param {string[]} args @param {Record<string, string>} env @returns {Measured}
 */
export function startMeasured(script, args = [], env = {}) {
  const child = spawn(process.execPath, ['--expose-gc', '--import', HOOK, join(root, script), ...args], {
    cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const ask = async (/** @type {'cpu' | 'memory'} */ what) => {
    const answer = once(child, 'message');
    child.send(what);
    return (await answer)[0];
  };
  return {
    output: () => output,
    readCpu: () => ask('cpu'),
    readMemory: () => ask('memory'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @param {string} url @param {Measured} server */
export async function waitUntilReady(url, server) {
  for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`nothing answers at ${url}:\n${server.output()}`);
}

/** @param {number} pid @returns {{ parent: number, us: number } | null} CPU of one process so far, from Linux' own account */
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    return { parent: fields[1] ?? 0, us: ((fields[11] ?? 0) + (fields[12] ?? 0)) * US_PER_TICK };
  } catch {
    return null; // it has ended
  }
}

/** @param {string} data_dir @returns {number} CPU of the built-in PostgreSQL and all its back ends, µs; NaN where there is no /proc */
export function readPostgresCpu(data_dir) {
  try {
    const postmaster = Number(readFileSync(join(data_dir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
    const ours = pids.filter((pid) => pid === postmaster || readStat(pid)?.parent === postmaster);
    return ours.reduce((sum, pid) => sum + (readStat(pid)?.us ?? 0), 0);
  } catch {
    return Number.NaN;
  }
}
