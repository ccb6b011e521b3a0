import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';

/** What EXPLAIN says of one step, as far as it is judged. */
interface Step {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Step[];
}

const RECORDS = 40_000;
const OTHERS = 10_000;
let app: TestApp;
let admin: TestPerson;
let database: Client;
const rare = newId();

/** Two tenants, the smaller one beside: a month of records, and a quarter of days of 40 people and 5 models. */
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  const client = new Client({ connectionString: app.database.superuser_url });
  await client.connect();
  // Hours and days are made here as they are wanted, not as records come.
  await client.query('set session_replication_role = replica');
  await client.query(`create function pg_temp.uuid_of(n int) returns uuid language sql as $$ select overlay(overlay(md5(n::text) placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid $$`);
  for (const [tenant_id, count] of [[admin.tenant_id, RECORDS], [app.owner.tenant_id, OTHERS]] as const) {
    await client.query(
      `insert into usage_records (tenant_id, id, created_at, user_id, conversation_id, request_id, model, supplier, outcome, error_kind, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost_nano, currency, duration_ms)
       select $1, gen_random_uuid(), now() - n * interval '60 seconds', pg_temp.uuid_of(n % 40), pg_temp.uuid_of(n % 400), 'r' || n, 'model-' || n % 5, case when n % 4000 = 7 then 'rare' else 'demo' end,
         case when n % 4000 = 9 then 'failed' else 'complete' end, case when n % 4000 = 9 then 'timeout' end, 1, 1, 0, 0, false, case when n % 10000 = 3 then 9000000000 else 1000 end, 'USD', case when n % 10000 = 5 then 60000 else 500 + n % 900 end
       from generate_series(1, $2::int) n`, [tenant_id, count]);
    await client.query(
      `insert into usage_days (tenant_id, day, user_id, model, supplier, surface, currency, requests, failed, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nano, unpriced, duration_ms)
       select $1, current_date - d, pg_temp.uuid_of(u), 'model-' || m, 'demo', 'chat', 'USD', 10, 0, 10, 10, 0, 0, 100, 0, 100 from generate_series(0, 399) d, generate_series(1, 10) u, generate_series(1, 5) m`, [tenant_id]);
    await client.query(
      `insert into usage_hours (tenant_id, hour, user_id, model, supplier, surface, currency, requests, failed, input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost_nano, unpriced, duration_ms)
       select $1, date_trunc('hour', now()) - h * interval '1 hour', pg_temp.uuid_of(u), 'model-1', 'demo', 'chat', 'USD', 10, 0, 10, 10, 0, 0, 100, 0, 100 from generate_series(0, 2999) h, generate_series(1, 5) u`, [tenant_id]);
  }
  await client.query(`update usage_records set conversation_id = $1, user_id = $1, api_key_id = $1 where tenant_id = $2 and request_id in ('r777', 'r20777')`, [rare, admin.tenant_id]);
  await client.query('analyze usage_records; analyze usage_records_default; analyze usage_days; analyze usage_hours');
  await client.end();
  // As the application's role, behind the tenant's wall.
  database = new Client({ connectionString: app.database.app_url });
  await database.connect();
  await database.query(`select set_config('app.tenant_id', $1, false)`, [admin.tenant_id]);
}, 120_000);
afterAll(async () => {
  await database.end();
  await app.close();
});

const asked = vi.spyOn(Client.prototype, 'query');
interface Sent {
  text: string;
  values: unknown[];
}
const isSent = (argument: unknown): argument is Sent => typeof argument === 'object' && argument !== null && 'text' in argument && 'values' in argument;

/** The steps of every statement about usage that one call sends, planned as its connection plans it at the thousandth time: for any values, or for these where it says so. */
async function explain(path: string, query: Record<string, string>): Promise<Step[]> {
  asked.mockClear();
  const answer = await app.call('GET', `/api/v1/admin/${path}?${new URLSearchParams(query)}`, { as: admin });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const sent = asked.mock.calls.map(([argument]: unknown[]) => argument).filter(isSent);
  const isForThese = sent.some(({ values }) => values.includes('force_custom_plan'));
  const reads = sent.filter(({ text }) => /from "?usage_/.test(text));
  expect(reads.length).toBeGreaterThan(0);
  const steps: Step[] = [];
  const walk = (step: Step) => (steps.push(step), (step.Plans ?? []).forEach(walk));
  await database.query(`set plan_cache_mode = ${isForThese ? 'force_custom_plan' : 'force_generic_plan'}`);
  for (const { text, values } of reads) {
    await database.query(`deallocate all; prepare asked as ${text}`);
    const given = values.map((value) => (value instanceof Date ? value.toISOString() : value)).map((value) => (typeof value === 'string' ? database.escapeLiteral(value) : String(value)));
    const { rows } = await database.query<{ 'QUERY PLAN': { Plan: Step }[] }>(`explain (analyze, format json) execute asked${given.length > 0 ? `(${given.join()})` : ''}`);
    for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) walk(Plan);
  }
  return steps;
}

/** Rows that were taken out of tables of usage, kept or not. */
const readIn = (steps: readonly Step[]) => steps.filter((step) => step['Relation Name']?.startsWith('usage_')).reduce((sum, step) => sum + ((step['Actual Rows'] ?? 0) + (step['Rows Removed by Filter'] ?? 0)) * (step['Actual Loops'] ?? 1), 0);
// A month that holds nothing yet is read through in no time, and no way is better.
const scansOf = (steps: readonly Step[]) => steps.filter((step) => step['Node Type'] === 'Seq Scan' && readIn([step]) > 0);

const PAGE = 101;

describe('the request log of a tenant with many records', () => {
  it.each<[string, Record<string, string>]>([
    ['newest first', {}],
    ['oldest first', { sort_order: 'asc' }],
    ['of one person', { user_id: rare }],
    ['of one key', { api_key_id: rare }],
    ['of one conversation', { conversation_id: rare }],
    ['of one request', { request_id: 'r123' }],
    ['of one model', { model: 'model-3' }],
    ['of a supplier that is seldom used', { supplier: 'rare' }],
    ['of a surface that is never used', { surface: 'workflow' }],
    ['of what was stopped, which nothing was', { outcome: 'stopped' }],
    ['of what failed', { outcome: 'unsuccessful' }],
    ['of what failed with one kind', { error_kind: 'timeout' }],
    ['of what took long', { min_duration_ms: '30000' }],
    ['of what cost much', { min_cost: '5' }],
    ['of one day', { from: new Date(Date.now() - 5 * 86_400_000).toISOString(), to: new Date(Date.now() - 4 * 86_400_000).toISOString() }],
  ])('%s reads a page, not the records', async (_what, query) => {
    const steps = await explain('requests', { page_size: '100', ...query });
    expect(scansOf(steps)).toEqual([]);
    expect(readIn(steps)).toBeLessThanOrEqual(2 * PAGE);
  });

  it('reads page 300 like page 1', async () => {
    const at = new Date(Date.now() - 30_000 * 60_000).toISOString();
    const cursor = Buffer.from(JSON.stringify(['created_at', 'desc', at, newId()])).toString('base64url');
    const steps = await explain('requests', { page_size: '100', cursor });
    expect(scansOf(steps)).toEqual([]);
    expect(readIn(steps)).toBeLessThanOrEqual(2 * PAGE);
    expect(steps.filter((step) => step['Node Type'] === 'Sort')).toEqual([]);
  });

  it('reads one by its id', async () => {
    const { items } = (await app.call('GET', '/api/v1/admin/requests?page_size=1', { as: admin })).body.data;
    const steps = await explain(`requests/${items[0].id}`, {});
    expect(scansOf(steps)).toEqual([]);
    expect(readIn(steps)).toBe(1);
  });
});

describe('the charts of a tenant with much usage', () => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  // Rows a day and an hour, as they were made above.
  const [DAILY, HOURLY] = [50, 5];

  it.each<[string, string, Record<string, string>, number]>([
    ['30 days and those before', 'usage/summary', { from: ago(29) }, 61 * DAILY],
    ['a week and the one before', 'usage/summary', { from: ago(7) }, (14 * 24 + 3) * HOURLY],
    ['30 days', 'usage/timeseries', { from: ago(29) }, 31 * DAILY],
    // Once to find the first 8, once to add up.
    ['30 days by model', 'usage/timeseries', { from: ago(29), group_by: 'model' }, 2 * 31 * DAILY],
    ['90 days by person', 'usage/timeseries', { from: ago(89), group_by: 'person' }, 2 * 91 * DAILY],
    ['a week by model', 'usage/timeseries', { from: ago(7), group_by: 'model' }, 2 * (7 * 24 + 2) * HOURLY],
    ['who used most', 'usage/top', { from: ago(29), by: 'person' }, 31 * DAILY],
  ])('of %s (%s) read the hours or days of that range alone', async (_what, path, query, at_most) => {
    const steps = await explain(path, query);
    expect(scansOf(steps)).toEqual([]);
    expect(steps.some((step) => step['Relation Name']?.startsWith('usage_records'))).toBe(false);
    expect(readIn(steps)).toBeGreaterThan(0);
    expect(readIn(steps)).toBeLessThanOrEqual(at_most);
  });
});
