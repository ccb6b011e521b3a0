import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbedded, type EmbeddedServer } from './embedded.ts';
import { findPostmaster } from './embedded-postmaster.ts';

let data_dir: string;
let folder: string;
const started: EmbeddedServer[] = [];

beforeEach(() => {
  data_dir = mkdtempSync(join(tmpdir(), `lyss-test-${process.pid}-`));
  folder = join(data_dir, 'postgres', 'cluster');
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ data_dir });
  started.push(server);
  return server;
}

async function run(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.superuser_url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

async function killPostmaster(): Promise<void> {
  process.kill(findPostmaster(folder)?.pid ?? 0, 'SIGKILL');
  while (findPostmaster(folder) !== null) await sleep(5);
}

test('what was committed is there after a kill -9 of the server', async () => {
  await run(await start(), 'create table note (text text); insert into note values (\'kept\')');
  await killPostmaster();
  expect(await run(await start(), 'select text from note')).toEqual([{ text: 'kept' }]);
});

test('a server whose owner was killed is joined, not started again, and stops with its new owner', async () => {
  const owner = fork(fileURLToPath(new URL('../../test/hold-embedded.ts', import.meta.url)), [data_dir]);
  await once(owner, 'message');
  const orphan = findPostmaster(folder);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect(findPostmaster(folder)).toEqual(orphan);
  const server = await start();
  expect(server.port).toBe(orphan?.port);
  await server.stop();
  expect(findPostmaster(folder)).toBeNull();
});

test('two starts at once on one folder share one server, and the last to stop stops it', async () => {
  const [first, second] = await Promise.all([start(), start()]);
  expect(second.superuser_url).toBe(first.superuser_url);
  await first.stop();
  expect(await run(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
  expect(findPostmaster(folder)).toBeNull();
});

test('a crashed backend takes our lease along, and the server is stopped all the same', async () => {
  const server = await start();
  await run(server, `do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lyss lease'; end $$`);
  await server.stop();
  expect(findPostmaster(folder)).toBeNull();
});

test('it listens on 127.0.0.1 alone, asks for the password, and sorts as C.UTF-8', async () => {
  const server = await start();
  const rows = await run(server, `select current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets,
    current_setting('data_directory') as folder, datlocale as locale, current_setting('data_checksums') as checksums
    from pg_database where datname = 'postgres'`);
  expect(rows).toEqual([{ address: '127.0.0.1', sockets: '', folder, locale: 'C.UTF-8', checksums: 'on' }]);
  const stranger = new URL(server.superuser_url);
  stranger.password = 'guess';
  await expect(new Client({ connectionString: stranger.href }).connect()).rejects.toThrow('password authentication failed');
});
