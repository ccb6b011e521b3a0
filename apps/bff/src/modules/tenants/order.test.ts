import type { OperatorTenant } from '@lyss/api-types';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  const client = new Client({ connectionString: app.database.superuser_url });
  await client.connect();
  for (let number = 1; number <= 6; number++) {
    const workspace = `figure-${number}`;
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: workspace, workspace, admin: { email: 'a@example.com', name: 'A' } } });
    const { id } = made.body.data.tenant;
    // Ties, so that the id must tell them apart; the last one is what was: last month's, and nobody was ever there.
    const requests = Math.ceil(number / 2);
    const at = number === 6 ? `date_trunc('month', now()) - interval '1 day'` : 'now()';
    await client.query(
      `insert into usage_records (tenant_id, id, user_id, model, supplier, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, cost_nano, currency, outcome, duration_ms, request_id, created_at)
       select $1, gen_random_uuid(), gen_random_uuid(), 'm', 's', 10 * $2::int, 1, 0, 0, false, 1000 * $2::int, case when n % 2 = 0 then 'USD' else 'CNY' end, 'complete', 1, 'r', ${at} from generate_series(1, $3) n`,
      [id, number, requests],
    );
    if (number < 6) await client.query(`update users set last_seen_at = now() - make_interval(hours => $2::int) where tenant_id = $1`, [id, requests]);
    await client.query(`insert into users (tenant_id, id, email, name, roles, status, locale) select $1, gen_random_uuid(), 'p' || n || '@example.com', 'P', '{end_user}', case when n = 3 then 'disabled' else 'active' end, 'en-US' from generate_series(1, $2) n`, [id, requests]);
  }
  await client.end();
});
afterAll(() => app.close());

const list = (query: string) => app.call('GET', `/api/v1/admin/tenants?search=figure-&${query}`, { as: app.owner });
const largestCost = ({ month }: OperatorTenant) => Math.max(0, ...month.costs.map(({ amount }) => Number(amount)));
const figures: Record<string, (tenant: OperatorTenant) => number | string | null> = {
  users_count: ({ users_count }) => users_count,
  requests: ({ month }) => month.requests,
  tokens: ({ month }) => month.input_tokens + month.output_tokens,
  cost: largestCost,
  last_active_at: ({ last_active_at }) => last_active_at,
};

async function readAll(sort_by: string, sort_order: string): Promise<OperatorTenant[]> {
  const items: OperatorTenant[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await list(`sort_by=${sort_by}&sort_order=${sort_order}&page_size=2${cursor ? `&cursor=${cursor}` : ''}`);
    expect(status, JSON.stringify(body)).toBe(200);
    items.push(...body.data.items);
    cursor = body.data.pagination.next_cursor;
  }
  return items;
}

it.each(Object.keys(figures).flatMap((name) => [[name, 'asc'], [name, 'desc']] as const))('sorts tenants by %s, %s, each once over all pages; where nobody ever was is the longest ago', async (name, order) => {
  const items = await readAll(name, order);
  expect(items.map(({ workspace }) => workspace).toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((number) => `figure-${number}`));
  const found = items.map((tenant) => figures[name]?.(tenant) ?? '');
  const ascending = found.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  expect(found).toEqual(order === 'asc' ? ascending : ascending.toReversed());
  expect(new Set(found).size).toBeGreaterThan(1);
  expect(items.find(({ workspace }) => workspace === 'figure-6')?.month).toMatchObject({ requests: 0, input_tokens: 0, output_tokens: 0, costs: [] });
});

it('holds where one tenant’s records say more than there is', async () => {
  const client = new Client({ connectionString: app.database.superuser_url });
  await client.connect();
  const { body } = await list('sort_by=created_at');
  const { id } = body.data.items[0];
  const written = await client.query(
    `insert into usage_records (tenant_id, id, user_id, model, supplier, input_tokens, output_tokens, cached_tokens, reasoning_tokens, estimated, outcome, duration_ms, request_id)
     select $1, gen_random_uuid(), gen_random_uuid(), 'm', 's', 9223372036854775807, 9223372036854775807, 0, 0, false, 'complete', 1, 'absurd' from generate_series(1, 3) returning id`,
    [id],
  );
  const [listed, sorted, one] = [await list('sort_by=created_at'), await list('sort_by=tokens&sort_order=desc'), await app.call('GET', `/api/v1/admin/tenants/${id}`, { as: app.owner })];
  await client.query('delete from usage_records where id = any($1)', [written.rows.map((row) => row.id)]);
  await client.end();
  expect([listed.status, sorted.status, one.status], JSON.stringify([listed.body, sorted.body])).toEqual([200, 200, 200]);
  expect(sorted.body.data.items[0]).toMatchObject({ id, month: { input_tokens: Number.MAX_SAFE_INTEGER, output_tokens: Number.MAX_SAFE_INTEGER } });
});

it('goes with the other filters and with page numbers', async () => {
  const { body } = await list('sort_by=requests&state=active&page=2&page_size=4');
  expect(body.data.items).toHaveLength(2);
  expect(body.data.pagination).toMatchObject({ total_items: 6, total_pages: 2, has_prev: true });
  expect((await list('sort_by=cost&state=deleting')).body.data.items).toEqual([]);
});

it('refuses a cursor that holds no number where one belongs', async () => {
  const forge = (value: unknown) => Buffer.from(JSON.stringify(['requests', 'desc', value, app.owner.tenant_id])).toString('base64url');
  for (const value of ['x', '-1', '1.5', '', '1e9', null, 1]) expect((await list(`sort_by=requests&cursor=${forge(value)}`)).status, String(value)).toBe(400);
  expect((await list(`sort_by=requests&cursor=${forge('9')}`)).status).toBe(200);
});
