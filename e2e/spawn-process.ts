import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const reports = join(root, 'reports');
// Ends the child with us, also when we are killed outright; loaded by the child, not by us.
const WITH_PARENT = pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href;

export interface RunningProcess {
  child: ChildProcess;
  /** Everything it has printed, on both outputs. */
  output(): string;
  /** Waits for a line that fits; fails when the process ends before it. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<void>;
}

/** Starts a script on this very Node with nothing but the environment given; its output also goes to reports/logs. */
export function spawnNode(script: string, env: Record<string, string>, log: string): RunningProcess {
  const log_path = join(reports, 'logs', log);
  mkdirSync(dirname(log_path), { recursive: true });
  const file = createWriteStream(log_path, { flags: 'a' });
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, ['--import', WITH_PARENT, script], {
    cwd: root,
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      file.write(text);
      for (const look of waiting) look();
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      file.end();
      resolve();
    });
  });
  const waitFor = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`${script} ended before it printed ${pattern}:\n${output}`)));
    });
  return { child, output: () => output, waitFor, ended };
}

// Below the ranges from which systems take the ports of outgoing calls, the database's and other tests' servers among them:
// a port that is free now stays free while its server starts, and a dead one stays dead.
const FIRST_PORT = 20_000;
const PORTS = 10_000;

/** A port of this machine that nobody listens on, and that nobody is given by the system. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
