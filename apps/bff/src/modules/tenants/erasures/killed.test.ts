import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres.ts';
import { newId } from '../../../crypto/digest.ts';

const replica = fileURLToPath(new URL('../../../../test/erase-tenants.ts', import.meta.url));
const RECORDS = 12_000;
const [tenant_id, key_id, neighbour_id] = [newId(), newId(), newId()];
let test: TestDatabase;
let superuser: Client;
const children: ChildProcess[] = [];
beforeAll(async () => {
  test = await createTestDatabase();
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
  for (const id of [tenant_id, neighbour_id]) {
    await superuser.query(`insert into tenants (id, name, workspace, locale, currency, time_zone) values ($1, 'T', $2, 'en-US', 'USD', 'UTC')`, [id, `w-${id.slice(-8)}`]);
    await superuser.query(`insert into users (tenant_id, id, email, name, roles, locale) values ($1::uuid, $1::uuid, 'u@example.com', 'U', '{tenant_admin}', 'en-US')`, [id]);
    await superuser.query(
      `insert into usage_records (tenant_id, id, user_id, model, supplier, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, outcome, duration_ms, request_id)
       select $1::uuid, gen_random_uuid(), $1::uuid, 'm', 's', 1, 1, 0, 0, false, 'complete', 1, 'r' from generate_series(1, ${RECORDS})`,
      [id],
    );
  }
  await superuser.query(`insert into data_keys (tenant_id, id, wrapped, master_key_id) values ($1, $2, '\\x00', 'k1')`, [tenant_id, key_id]);
  await superuser.query(`update tenants set state = 'deleting' where id = $1`, [tenant_id]);
  await superuser.query(`insert into tenant_erasures (id, previous_state, reason, due_at) values ($1, 'active', 'Closed', now())`, [tenant_id]);
}, 60_000);
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await superuser.end();
  await test.drop();
});

async function startReplica(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [replica, test.app_url], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}
const count = async (table: string, id = tenant_id) => Number((await superuser.query<{ count: string }>(`select count(*) from ${table} where tenant_id = $1`, [id])).rows[0]?.count);
const isThere = async () => (await superuser.query('select 1 from tenants where id = $1', [tenant_id])).rows.length === 1;

it('a tenant’s erasing goes on where a killed replica left it, with its keys gone first and every row counted once', async () => {
  const first = await startReplica();
  await expect.poll(() => count('usage_records'), { interval: 20, timeout: 20_000 }).toBeLessThan(RECORDS);
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(await count('data_keys')).toBe(0);
  const left = await count('usage_records');
  expect(left).toBeGreaterThan(0);
  // A hundred rows a step, of which their one day and hour were two.
  expect(left % 100).toBe(2);
  await startReplica();
  // The dead one's lease has to lapse first.
  await expect.poll(isThere, { interval: 200, timeout: 60_000 }).toBe(false);
  expect([await count('usage_records'), await count('users'), await count('usage_records', neighbour_id), await count('users', neighbour_id)]).toEqual([0, 0, RECORDS, 1]);
  const { rows } = await superuser.query<{ details: object }>(`select details from platform_audit_entries where action = 'tenants.erased'`);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.details).toMatchObject({ rows: { data_keys: 1, usage_days: 1, usage_hours: 1, usage_records: RECORDS, users: 1 }, key_ids: [key_id], rows_removed: RECORDS + 4, reason: 'Closed' });
}, 100_000);
