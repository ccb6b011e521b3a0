import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getSpawnOptions, type Cluster } from './embedded-cluster.ts';
import { findFreePort } from './free-port.ts';

export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

const LOG_BYTES = 5_000_000;
const FAST_SHUTDOWN_MS = 30_000;

/** The running server of this cluster, from postmaster.pid; null where the file is missing or its process is not that server. */
export function findPostmaster(folder: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  // Its lines: pid, folder, start time, port, socket folder, address, shared memory, status.
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isServerOf(pid, folder)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

// After a reboot the number may be anybody's: only a process that names this folder is ours to signal.
function isServerOf(pid: number, folder: string): boolean {
  if (process.platform === 'win32') return isAlive(pid);
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(folder);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Starts a server in a session of its own, so that a Ctrl-C in the terminal doesn't reach it before the app. */
export async function spawnPostmaster(cluster: Cluster, binaries: string, options: { fsync: boolean; port?: number }): Promise<ChildProcess> {
  disownStalePid(cluster.folder);
  const settings = [
    'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC', 'jit=off', 'max_connections=200',
    ...(options.fsync ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']),
  ];
  const args = ['-D', cluster.folder, '-p', String(options.port ?? (await findFreePort())), ...settings.flatMap((setting) => ['-c', setting])];
  const log = openSync(rotateLog(cluster.home), 'a', 0o600);
  const child = spawn(join(binaries, 'bin', 'postgres'), args, { ...getSpawnOptions(cluster.run_as), detached: true, stdio: ['ignore', log, log] });
  child.on('error', () => child.emit('exit', -1));
  closeSync(log);
  child.unref();
  return child;
}

/** Fast shutdown: open transactions are rolled back, the rest is on disk when this returns. */
export async function stopPostmaster(folder: string, binaries: string): Promise<void> {
  const running = findPostmaster(folder);
  if (running === null) return;
  signal(running.pid, 'SIGINT', folder, binaries);
  const deadline = performance.now() + FAST_SHUTDOWN_MS;
  while (findPostmaster(folder)?.pid === running.pid) {
    // Nothing acknowledged is lost by it: the next start replays the log.
    if (performance.now() > deadline) return signal(running.pid, 'SIGQUIT', folder, binaries);
    await sleep(10);
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT', folder: string, binaries: string): void {
  if (process.platform === 'win32') {
    spawnSync(join(binaries, 'bin', 'pg_ctl'), ['stop', '-D', folder, '-m', name === 'SIGINT' ? 'fast' : 'immediate', '-W']);
  } else if (isAlive(pid)) {
    process.kill(pid, name);
  }
}

// PostgreSQL refuses to start while the process its old file names is alive, whoever that is by now. It skips that
// question for its parent's number; the file itself stays, since it also guards against surviving backends.
function disownStalePid(folder: string): void {
  const path = join(folder, 'postmaster.pid');
  if (!existsSync(path) || findPostmaster(folder) !== null) return;
  const [pid, ...rest] = readFileSync(path, 'utf8').split('\n');
  if (isAlive(Number(pid))) writeFileSync(path, [process.pid, ...rest].join('\n'));
}

export function readLogTail(home: string): string {
  return readFileSync(join(home, 'postgres.log'), 'utf8').trimEnd().split('\n').slice(-8).join('\n');
}

function rotateLog(home: string): string {
  const path = join(home, 'postgres.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(path, `${path}.1`);
  return path;
}
