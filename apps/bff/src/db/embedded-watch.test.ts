import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { locateCluster } from './embedded-cluster.ts';
import { findPostmaster } from './embedded-postmaster.ts';

const data_dir = mkdtempSync(join(tmpdir(), 'lyss-watch-'));
afterAll(() => rmSync(data_dir, { recursive: true, force: true }));

it('is started again on the same port when it dies, with what was committed, and stays down once stopped', async () => {
  const server = await startEmbedded({ data_dir });
  const { folder } = locateCluster(data_dir, () => undefined);
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: server.superuser_url });
    client.on('error', () => undefined);
    await client.connect();
    return (await client.query(text).finally(() => client.end())).rows;
  };
  await ask("create table kept as select 'word' as text");
  const first = findPostmaster(folder)?.pid ?? 0;
  process.kill(first, 'SIGKILL');
  await expect.poll(() => ask('select text from kept').catch(() => null), { timeout: 30_000, interval: 250 }).toEqual([{ text: 'word' }]);
  expect(findPostmaster(folder)?.pid).not.toBe(first);
  await server.stop();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(findPostmaster(folder)).toBeNull();
}, 60_000);
