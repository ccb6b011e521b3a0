import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

export const root = fileURLToPath(new URL('..', import.meta.url));
export const windows = process.platform === 'win32';
/** The Node that the project brings; whatever Node runs this file only launches. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

export function getDataDir() {
  return resolve(root, process.env['LYSS_DATA_DIR'] || '.lyss');
}

/** The environment of everything that is started: our Node first, and nobody is told about it. */
export function buildEnv(extra = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  return { ...process.env, ...plain, PATH: path, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', SCARF_ANALYTICS: 'false', ...extra };
}

/**
 * The script behind a package's program, to be run by our Node without a shell.
 * @param {string} name of the package
 * @param {string} [program] where the package has several
 */
export function getProgram(name, program = name) {
  const folder = join(root, 'node_modules', name);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const path = typeof bin === 'string' ? bin : bin[program];
  if (path === undefined) throw new Error(`${name} has no program ${program}`);
  return join(folder, path);
}

export class CommandFailure extends Error {
  /**
   * @param {string} what @param {string} output @param {string} log_path
   */
  constructor(what, output, log_path) {
    super(what);
    this.output = output;
    this.log_path = log_path;
  }
}

/**
 * Runs a command to its end with all it says in a file; throws CommandFailure with the same where it fails.
 * @param {string} command @param {string[]} args
 * @param {{ log_path: string, env?: Record<string, string | undefined>, shell?: boolean, echo?: boolean, timeout_ms?: number }} options
 * @returns {Promise<string>}
 */
export function runLogged(command, args, { log_path, env = {}, shell = false, echo = false, timeout_ms = 0 }) {
  mkdirSync(dirname(log_path), { recursive: true, mode: 0o700 });
  const log = createWriteStream(log_path);
  // A group of its own, so that a command that hangs ends with everything it started.
  const child = spawn(command, args, { cwd: root, env: buildEnv(env), shell, detached: !windows, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      log.write(text);
      if (echo) process.stdout.write(text);
    });
  }
  track(child);
  const timer = timeout_ms > 0 ? setTimeout(() => endGroup(child, 'SIGKILL'), timeout_ms) : null;
  return new Promise((resolvePromise, reject) => {
    child.on('error', (error) => reject(new CommandFailure(error.message, output, log_path)));
    child.on('close', (code, signal) => {
      if (timer) clearTimeout(timer);
      log.end();
      if (code === 0) resolvePromise(output);
      else reject(new CommandFailure(signal ? `ended by ${signal}` : `ended with ${code}`, output, log_path));
    });
  });
}

/** @param {ChildProcess} child @param {NodeJS.Signals} signal */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(windows ? child.pid : -child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** @type {Set<ChildProcess>} */
const running = new Set();

// A Ctrl-C meant for us ends what we run too; then we end as whoever sent it expects.
/** @param {NodeJS.Signals} signal */
function stopAll(signal) {
  for (const child of running) endGroup(child, 'SIGTERM');
  process.stdout.write('\n');
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

/** @param {ChildProcess} child */
function track(child) {
  if (running.size === 0) process.on('SIGINT', stopAll).on('SIGTERM', stopAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) process.off('SIGINT', stopAll).off('SIGTERM', stopAll);
  });
}
