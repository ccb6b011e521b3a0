import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { getBinaries } from './embedded-binaries.ts';
import { ensureCluster, locateCluster, readPassword, type Cluster } from './embedded-cluster.ts';
import { findPostmaster, readLogTail, spawnPostmaster, stopPostmaster, type Postmaster } from './embedded-postmaster.ts';
import { openLease, type Lease } from './embedded-lease.ts';
import { watchPostmaster } from './embedded-watch.ts';

export interface EmbeddedOptions {
  /** The data folder of this installation; the database gets `postgres` in it. */
  data_dir: string;
  log?: (line: string) => void;
  /** false for throwaway servers only: a crash of the machine may lose everything. */
  fsync?: boolean;
}

export interface EmbeddedServer {
  superuser_url: string;
  port: number;
  /** Stops the server, unless another process still uses it: then the last one to stop does. */
  stop(): Promise<void>;
}

// Crash recovery of a big database takes its time; a server that doesn't run at all is noticed at once.
const READY_MS = 120_000;
const ATTEMPTS = 7;

/**
 * Starts the PostgreSQL that comes from npm on `data_dir`, on 127.0.0.1 and a free port, or joins the one
 * that already runs there (our orphan after a kill -9, or one that another process of ours uses).
 * Throws with the tail of PostgreSQL's own log where it doesn't start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => {});
  const cluster = locateCluster(options.data_dir, log);
  const binaries = getBinaries(cluster.home, cluster.run_as);
  const fsync = options.fsync ?? true;
  ensureCluster(cluster, binaries, { sync: fsync });
  const { lease, port, url } = await joinOrStart(cluster, () => spawnPostmaster(cluster, binaries, { fsync }));
  const watch = watchPostmaster(cluster.folder, async () => {
    log('PostgreSQL   has died and is started again');
    await spawnPostmaster(cluster, binaries, { fsync, port });
  });
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    watch.stop();
    if (await lease.release()) await stopPostmaster(cluster.folder, binaries);
    await lease.close();
  };
  return { superuser_url: url, port, stop: () => (stopping ??= stop()) };
}

async function joinOrStart(cluster: Cluster, launch: () => Promise<ChildProcess>): Promise<{ lease: Lease; port: number; url: string }> {
  const password = readPassword(cluster.folder);
  const deadline = performance.now() + READY_MS;
  let child: ChildProcess | null = null;
  for (let attempts = 0; performance.now() < deadline; await sleep(15)) {
    const running = findPostmaster(cluster.folder);
    if (running?.ready === true) {
      const url = buildUrl(running, password);
      const lease = await openLease(url, cluster.folder);
      if (lease !== null) return { lease, port: running.port, url };
    } else if (running === null && (child === null || hasEnded(child))) {
      // It ends at once when its port was taken meanwhile, a second start was faster or old backends still end: look again.
      if (attempts === ATTEMPTS) throw new Error(`PostgreSQL does not start. Its log ends:\n${readLogTail(cluster.home)}`);
      if (attempts > 0) await sleep(25 * 2 ** attempts);
      attempts += 1;
      child = await launch();
    }
  }
  throw new Error(`PostgreSQL was not ready after ${READY_MS / 1000} s. Its log ends:\n${readLogTail(cluster.home)}`);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function buildUrl({ port }: Postmaster, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}
