import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getBinaries, isReachable } from './embedded-binaries.ts';
import { ensureCluster, getSpawnOptions, locateCluster, readPassword, type Cluster } from './embedded-cluster.ts';
import { findPostmaster, spawnPostmaster, stopPostmaster } from './embedded-postmaster.ts';

const NOBODY = { uid: 65_534, gid: 65_534 };
const lines: string[] = [];
let open: string;
let elsewhere: string;

beforeEach(() => {
  lines.length = 0;
  open = mkdtempSync(join(tmpdir(), `lyss-test-${process.pid}-`));
  chmodSync(open, 0o755);
  elsewhere = join(open, 'elsewhere');
});

afterEach(() => rmSync(open, { recursive: true, force: true }));

const locate = (data_dir: string): Cluster => locateCluster(data_dir, (line) => lines.push(line), elsewhere);

test('the cluster lies in the data folder, and its password is for its owner alone', () => {
  const cluster = locate(join(open, '.lyss'));
  ensureCluster(cluster, getBinaries(cluster.home, cluster.run_as), { sync: false });
  expect(cluster.folder).toBe(join(realpathSync(open), '.lyss/postgres/cluster'));
  expect(readPassword(cluster.folder)).toMatch(/^[\w-]{32}$/);
  expect(statSync(join(cluster.folder, 'lyss-superuser-password')).mode & 0o777).toBe(0o600);
  expect(statSync(cluster.folder).mode & 0o777).toBe(0o700);
  expect(lines).toEqual([]);
});

test('a stale postmaster.pid with the number of a living stranger keeps nobody from starting', async () => {
  const cluster = locate(join(open, '.lyss'));
  const binaries = getBinaries(cluster.home, cluster.run_as);
  ensureCluster(cluster, binaries, { sync: false });
  // Not this process: PostgreSQL forgives its parent's number anyway.
  const stranger = spawn('/bin/sleep', ['60'], getSpawnOptions(cluster.run_as));
  writeFileSync(join(cluster.folder, 'postmaster.pid'), `${stranger.pid}\n${cluster.folder}\n0\n1\n\n127.0.0.1\n0 0\nready\n`);
  expect(findPostmaster(cluster.folder)).toBeNull();
  const child = await spawnPostmaster(cluster, binaries, { fsync: false });
  await expect.poll(() => findPostmaster(cluster.folder), { timeout: 20_000 }).toMatchObject({ pid: child.pid, ready: true });
  await stopPostmaster(cluster.folder, binaries);
  stranger.kill();
});

function readMode(path: string): number {
  return statSync(path).mode & 0o777;
}

// Only root must give up its rights for PostgreSQL; anybody else runs it as they are.
if (process.getuid?.() === 0) {
  describe('as root', () => {
    const locked = (): string => {
      const folder = join(open, 'home', 'project', '.lyss');
      mkdirSync(folder, { recursive: true });
      chmodSync(join(open, 'home'), 0o700);
      return folder;
    };

    test('a data folder nobody can reach links to one they can, the same at every start', () => {
      const first = locate(locked());
      expect(dirname(first.home)).toBe(realpathSync(elsewhere));
      expect(lines.join()).toContain(`the database lives in ${first.home}`);
      ensureCluster(first, getBinaries(first.home, first.run_as), { sync: false });
      expect(statSync(first.folder).uid).toBe(NOBODY.uid);
      expect(locate(locked())).toEqual(first);
      expect(lines).toHaveLength(1);
    });

    test('a link to a folder that is gone is said, not replaced by an empty database', () => {
      rmSync(locate(locked()).home, { recursive: true });
      expect(() => locate(locked())).toThrow('which is gone');
      expect(lstatSync(join(locked(), 'postgres')).isSymbolicLink()).toBe(true);
    });

    test('a database that moved where its user can not reach it is refused with what to do', () => {
      locate(join(open, '.lyss'));
      cpSync(join(open, '.lyss'), locked(), { recursive: true });
      expect(() => locate(locked())).toThrow(`can't get there`);
    });

    test('a private data folder is opened to pass through, not to list', () => {
      mkdirSync(join(open, '.lyss'), { mode: 0o700 });
      const { home } = locate(join(open, '.lyss'));
      expect([readMode(join(open, '.lyss')), readMode(home)]).toEqual([0o711, 0o755]);
      expect(isReachable(home, NOBODY)).toBe(true);
      expect(isReachable(dirname(locked()), NOBODY)).toBe(false);
    });

    test('programs nobody can read are copied once, with their links mended', () => {
      const stranger = { uid: 4_242, gid: 4_242 };
      const shipped = getBinaries(open, NOBODY);
      expect(existsSync(join(shipped, 'lib', 'libicuuc.so.60')) || process.platform !== 'linux').toBe(true);
      const copied = getBinaries(open, stranger, (path) => path.startsWith(open));
      expect(copied.startsWith(open)).toBe(true);
      expect(existsSync(join(copied, 'lib', 'libpq.so.5')) || process.platform !== 'linux').toBe(true);
      const stamp = statSync(join(copied, 'bin', 'postgres')).ctimeMs;
      expect(getBinaries(open, stranger, (path) => path.startsWith(open))).toBe(copied);
      expect(statSync(join(copied, 'bin', 'postgres')).ctimeMs).toBe(stamp);
      expect(readFileSync(join(copied, 'pg-symlinks.json'), 'utf8')).toContain('libicuuc');
    });
  });
}
