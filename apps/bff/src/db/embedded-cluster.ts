import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isReachable, type RunAs } from './embedded-binaries.ts';

// PostgreSQL refuses to run as root; 65534 is nobody wherever there is one.
const NOBODY: RunAs = { uid: 65_534, gid: 65_534 };
const ELSEWHERE = '/var/lib/lyss';
const PASSWORD_FILE = 'lyss-superuser-password';

export interface Cluster {
  home: string;
  folder: string;
  run_as: RunAs | null;
}

/**
 * Where the database of `data_dir` lives and who runs it. As root it must be a place nobody can reach:
 * `data_dir/postgres`, or a folder in /var/lib/lyss that `data_dir/postgres` then links to, so that
 * the data folder stays the one truth: removed, the next start begins anew; moved, it still finds its data.
 */
export function locateCluster(data_dir: string, log: (line: string) => void, elsewhere = ELSEWHERE): Cluster {
  mkdirSync(data_dir, { recursive: true, mode: 0o700 });
  const wanted = join(realpathSync(resolve(data_dir)), 'postgres');
  if (process.getuid?.() !== 0) {
    makeFolder(wanted, 0o700);
    return { home: wanted, folder: join(wanted, 'cluster'), run_as: null };
  }
  const home = locateForNobody(wanted, log, elsewhere);
  const folder = join(home, 'cluster');
  const owner = existsSync(folder) ? statSync(folder) : null;
  const run_as = owner !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY;
  if (!isReachable(home, run_as)) {
    throw new Error(`The database in ${home} belongs to user ${run_as.uid}, who can't get there. Move it where they can, and let ${wanted} link to it.`);
  }
  return { home, folder, run_as };
}

function locateForNobody(wanted: string, log: (line: string) => void, elsewhere: string): string {
  if (findEntry(wanted)?.isSymbolicLink() === true && !existsSync(wanted)) {
    throw new Error(`${wanted} links to the database's folder, which is gone. Put it back, or remove the link to begin with an empty database.`);
  }
  if (!existsSync(wanted)) {
    // Ours to open: others may walk through, not list; what is secret inside is 0600.
    chmodSync(dirname(wanted), statSync(dirname(wanted)).mode | 0o011);
    if (!isReachable(dirname(wanted), NOBODY)) linkElsewhere(wanted, log, elsewhere);
  }
  makeFolder(wanted, 0o755);
  return realpathSync(wanted);
}

function linkElsewhere(wanted: string, log: (line: string) => void, elsewhere: string): void {
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  const home = mkdtempSync(join(elsewhere, `${basename(dirname(dirname(wanted)))}-`));
  chmodSync(home, 0o755);
  symlinkSync(home, wanted);
  log(`PostgreSQL can't run as root, and no other user can enter ${dirname(wanted)}: the database lives in ${home}.`);
}

/** Makes the cluster where there is none: in a folder beside it, renamed when whole, so that no kill leaves half of one. */
export function ensureCluster({ home, folder, run_as }: Cluster, binaries: string, options: { sync: boolean }): void {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const part = mkdtempSync(join(home, 'new-'));
  try {
    const password = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
    const password_file = join(part, 'password');
    const fresh = join(part, 'cluster');
    writeFileSync(password_file, password, { mode: 0o600 });
    mkdirSync(fresh, { mode: 0o700 });
    if (run_as !== null) for (const path of [part, password_file, fresh]) chownSync(path, run_as.uid, run_as.gid);
    runInitdb(binaries, fresh, password_file, run_as, options.sync);
    writeFileSync(join(fresh, PASSWORD_FILE), password, { mode: 0o600 });
    moveOnce(fresh, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

export function readPassword(folder: string): string {
  return readFileSync(join(folder, PASSWORD_FILE), 'utf8');
}

function runInitdb(binaries: string, folder: string, password_file: string, run_as: RunAs | null, sync: boolean): void {
  const args = [
    `--pgdata=${folder}`, '--username=postgres', `--pwfile=${password_file}`, '--auth=scram-sha-256', '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 sorts the same on every system, with no locale installed.
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(sync ? [] : ['--no-sync']),
  ];
  const { status, stdout, stderr, error } = spawnSync(join(binaries, 'bin', 'initdb'), args, { ...getSpawnOptions(run_as), encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`PostgreSQL could not make its folder ${folder}:\n${stderr || stdout || String(error)}`, { cause: error });
}

/** How PostgreSQL's programs are started: not as root, nothing of our environment, in a folder everybody may be in. */
export function getSpawnOptions(run_as: RunAs | null): { cwd: string; uid?: number; gid?: number; env?: Record<string, string>; windowsHide: true } {
  return { cwd: '/', ...run_as, ...(process.platform === 'win32' ? {} : { env: {} }), windowsHide: true };
}

function moveOnce(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // A second start beside this one was first; its cluster is as good.
    if (!existsSync(join(to, 'PG_VERSION'))) throw error;
  }
}

function makeFolder(path: string, mode: number): void {
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true });
  chmodSync(path, mode);
}

function findEntry(path: string): ReturnType<typeof lstatSync> | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}
