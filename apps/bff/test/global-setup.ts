import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../src/db/embedded.ts';
import { ensureOwnerDatabase } from '../src/db/embedded-owner.ts';
import { findPostmaster } from '../src/db/embedded-postmaster.ts';
import { APP_ROLE, prepareDatabase } from '../src/db/migrate.ts';

const PREFIX = 'lyss-test-';
const TEMPLATE = 'lyss_template';

export interface TestServer {
  superuser_url: string;
  template: string;
  owner_password: string;
  app_role: string;
  app_password: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestServer;
  }
}

/** One throwaway server for the run, with one migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweepLeftovers();
  const data_dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // However the run ends, short of a kill -9, which the next run cleans up after.
  process.once('exit', () => discard(data_dir));
  const server = await startEmbedded({ data_dir, fsync: false });
  const access = {
    superuser_url: server.superuser_url,
    template: TEMPLATE,
    owner_password: 'owner-for-tests',
    app_role: APP_ROLE,
    app_password: 'app-for-tests',
  };
  await makeTemplate(access);
  project.provide('postgres', access);
  return async () => {
    await server.stop();
    discard(data_dir);
  };
}

async function makeTemplate({ superuser_url, template, owner_password, app_password }: TestServer): Promise<void> {
  const owner_url = await ensureOwnerDatabase(superuser_url, owner_password, template);
  await prepareDatabase({ owner_url, app_password });
  const client = new Client({ connectionString: superuser_url });
  await client.connect();
  // A session in it would make every clone fail.
  await client.query(`alter database ${template} is_template true allow_connections false`);
  await client.end();
}

function sweepLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`) && process.platform === 'linux') discard(join(tmpdir(), name));
  }
}

function discard(data_dir: string): void {
  const running = findPostmaster(join(data_dir, 'postgres', 'cluster'));
  if (running !== null) process.kill(running.pid, 'SIGQUIT');
  rmSync(data_dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
