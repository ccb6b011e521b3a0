import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId } from '../crypto/digest.ts';
import { openDatabase, type Database } from '../db/database.ts';
import { createTenancy, type Tenancy } from '../db/tenancy.ts';
import { endExport, openExport, startExport } from './exports.ts';

const replica = fileURLToPath(new URL('../../test/run-exports.ts', import.meta.url));
const ENTRIES = 100_000;
const MIB = 1024 * 1024;

const tenant_id = newId();
let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
let superuser: Client;
const children: ChildProcess[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  tenancy = createTenancy(database);
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
  await superuser.query(`insert into tenants (id, name, workspace, locale, currency, time_zone) values ($1, 'T', 't-t', 'en-US', 'USD', 'UTC')`, [tenant_id]);
  await superuser.query(`insert into users (tenant_id, id, email, name, roles, locale) values ($1, $1, 'u@example.com', 'U', '{tenant_admin}', 'en-US')`, [tenant_id]);
  // The chain is another test's matter: here any digest will do.
  await superuser.query(
    `with made as (
       insert into audit_entries (tenant_id, id, at, actor_name, action, resource_type, resource_id, outcome, request_id, address, details)
       select $1, gen_random_uuid(), date_trunc('milliseconds', now() - (${ENTRIES} - n) * interval '1 second'), 'Ada', 'users.updated', 'user', n::text, 'success', 'r-' || n, '192.0.2.9',
         jsonb_build_object('before', jsonb_build_object('name', repeat('a', 100)), 'after', jsonb_build_object('name', repeat('b', 100)))
       from generate_series(1, ${ENTRIES}) n returning id, at, resource_id)
     insert into audit_seals (tenant_id, seq, entry_at, entry_id, digest, hash) select $1, resource_id::bigint, at, id, sha256(id::text::bytea), sha256(id::text::bytea) from made`,
    [tenant_id],
  );
  await superuser.query('analyze audit_entries, audit_seals');
}, 60_000);
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await superuser.end();
  await database.close();
  await test.drop();
});

async function startReplica(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', replica, test.app_url], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

const order = () =>
  tenancy.withTenant(tenant_id, (db) => startExport(db, { user_id: tenant_id, name: 'Ada' }, { kind: 'audit', params: { format: 'jsonl' }, file_name: 'a.jsonl', media_type: 'application/x-ndjson' }));
const look = async (id: string): Promise<{ state: string; progress: number; rows: number; bytes: string }> => (await superuser.query('select state, progress, rows, bytes from exports where id = $1', [id])).rows[0];

it('an export goes on where a killed replica left it, each line once, in memory that stays flat', async () => {
  const { id } = await order();
  const first = await startReplica();
  await expect.poll(async () => (await look(id)).progress, { interval: 20, timeout: 20_000 }).toBeGreaterThan(0.1);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const left = await look(id);
  expect(left).toMatchObject({ state: 'running' });
  expect(left.progress).toBeLessThan(1);
  const second = await startReplica();
  await expect.poll(async () => (await look(id)).state, { interval: 100, timeout: 60_000 }).toBe('ready');
  const done = await look(id);
  expect(done.rows).toBe(ENTRIES);

  let said = '';
  second.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  second.kill('SIGTERM');
  await once(second, 'close');
  // The file has some 55 MiB; a step of it is half a MiB, a few times over.
  const { begun, peak } = JSON.parse(said) as { begun: number; peak: number };
  expect((peak - begun) / MIB).toBeLessThan(15);

  const file = await openExport(tenancy, tenant_id, 'audit', id);
  expect(file.bytes).toBe(Number(done.bytes));
  const sum = createHash('sha256');
  let [bytes, next, rest] = [0, 1, ''];
  for await (const piece of file.read(new AbortController().signal)) {
    expect(piece.byteLength).toBeLessThanOrEqual(MIB);
    bytes += piece.byteLength;
    sum.update(piece);
    const lines = (rest + Buffer.from(piece).toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith(`{"seq":${next},`)) throw new Error(`expected line ${next}, found ${line.slice(0, 30)}`);
      next += 1;
    }
  }
  expect([next, rest, bytes]).toEqual([ENTRIES + 1, '', file.bytes]);
  expect(file.sha256).toBe(sum.digest('hex'));
}, 120_000);

it('an export that was cancelled ends within its step, and leaves nothing behind', async () => {
  const { id } = await order();
  await startReplica();
  await expect.poll(async () => (await look(id)).progress, { interval: 20, timeout: 20_000 }).toBeGreaterThan(0.05);
  await tenancy.withTenant(tenant_id, (db) => endExport(db, 'audit', id));
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await look(id)).toMatchObject({ state: 'cancelled', rows: 0, bytes: '0' });
  expect((await superuser.query('select 1 from export_pieces where export_id = $1', [id])).rows).toEqual([]);
}, 60_000);
