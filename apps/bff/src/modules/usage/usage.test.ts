import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '@lyss/api-types';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';

let app: TestApp;
let admin: TestPerson;
let gone: string;
let key_id: string;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  gone = newId();
  key_id = (await app.call('POST', '/api/v1/api-keys', { as: admin, body: { name: '=Script', scopes: ['chat.use'] } })).body.data.id;
  await inTenant((db) => db.updateTable('tenants').set({ time_zone: 'Asia/Shanghai', currency: 'CNY' }).execute());
  await addDays();
});
afterAll(() => app.close());

const inTenant = <T>(work: (db: Parameters<Parameters<typeof app.context.tenancy.withTenant>[1]>[0]) => Promise<T>) => app.context.tenancy.withTenant(admin.tenant_id, work);
const histogram = (place: number, count: number) => Array.from({ length: 12 }, (_, at) => (at === place ? count : 0));

interface Row {
  day: string;
  user_id?: string;
  api_key_id?: string;
  model?: string;
  currency?: string | null;
  requests: number;
  failed?: number;
  cost_nano: number;
}

const figuresOf = ({ requests, failed = 0, cost_nano, currency = 'CNY' }: Row) => ({
  ...{ requests, failed, cost_nano, currency, input_tokens: requests * 10, output_tokens: requests * 5, cached_tokens: requests, reasoning_tokens: 0 },
  ...{ unpriced: currency === null ? requests : 0, duration_ms: requests * 300, durations: histogram(3, requests), first_tokens: histogram(0, requests) },
});

async function addDays() {
  const rows: Row[] = [
    { day: '2026-03-08', requests: 4, cost_nano: 400_000_000, model: 'a' },
    { day: '2026-03-10', requests: 10, failed: 2, cost_nano: 1_500_000_000, model: 'a', api_key_id: key_id },
    { day: '2026-03-10', requests: 30, cost_nano: 500_000_000, model: 'b', user_id: gone },
    { day: '2026-03-11', requests: 5, cost_nano: 0, currency: null, model: 'c' },
    { day: '2026-03-11', requests: 1, cost_nano: 70_000_000, currency: 'USD', model: 'c' },
    ...Array.from({ length: 9 }, (_, number) => ({ day: '2026-03-12', requests: 1, cost_nano: 1_000_000 * (9 - number), model: `tail-${number}` })),
  ];
  const common = (row: Row) => ({ tenant_id: admin.tenant_id, user_id: row.user_id ?? admin.user_id, api_key_id: row.api_key_id ?? null, model: row.model ?? 'a', supplier: 'demo', credential_id: null, surface: 'chat', ...figuresOf(row) });
  await inTenant((db) => db.insertInto('usage_days').values(rows.map((row) => ({ day: row.day, ...common(row) }))).execute());
  const hours = [0, 1, 25].map((hour) => ({ day: '', hour: new Date(Date.UTC(2026, 2, 9, hour)).toISOString(), requests: hour + 1, cost_nano: 5 }));
  await inTenant((db) => db.insertInto('usage_hours').values(hours.map((row) => ({ hour: row.hour, ...common(row) }))).execute());
}

const get = (path: string, query: Record<string, string> = {}, as = admin) => app.call('GET', `/api/v1/admin/usage/${path}?${new URLSearchParams(query)}`, { as });
// Eight days and more, so that whole days are added up: from the 10th to the 19th in Shanghai.
const march = { from: '2026-03-09T16:00:00.000Z', to: '2026-03-19T16:00:00.000Z' };

describe('a summary', () => {
  it('adds up whole days of the tenant’s zone, and as many before them', async () => {
    const { data } = (await get('summary', march)).body;
    expect(data).toMatchObject({ ...march, unit: 'day', time_zone: 'Asia/Shanghai', before_from: '2026-02-27T16:00:00.000Z' });
    expect(data.current).toMatchObject({ requests: 55, failed: 2, input_tokens: 550, unpriced: 5, cost: { amount: '2.045', currency: 'CNY' }, other_costs: [{ amount: '0.07', currency: 'USD' }] });
    expect(data.current).toMatchObject({ mean_ms: 300, p50_ms: 300, p95_ms: 390, first_token_p50_ms: 25 });
    expect(data.before).toMatchObject({ requests: 4, cost: { amount: '0.4', currency: 'CNY' }, other_costs: [] });
  });

  it('widens a range to the days that it touches', async () => {
    const { data } = (await get('summary', { from: '2026-03-10T03:00:00.000Z', to: '2026-03-18T16:00:00.001Z' })).body;
    expect(data).toMatchObject({ from: march.from, to: march.to });
  });

  it('of a week or less adds up hours', async () => {
    const { data } = (await get('summary', { from: '2026-03-09T00:30:00.000Z', to: '2026-03-09T02:00:00.000Z' })).body;
    expect(data).toMatchObject({ unit: 'hour', from: '2026-03-09T00:00:00.000Z', current: { requests: 3 }, before: { requests: 0, mean_ms: null, p50_ms: null } });
  });

  it('is of what its filters leave', async () => {
    const requestsOf = async (filter: Record<string, string>) => (await get('summary', { ...march, ...filter })).body.data.current.requests;
    expect(await requestsOf({ model: 'b' })).toBe(30);
    expect(await requestsOf({ user_id: gone })).toBe(30);
    expect(await requestsOf({ api_key_id: key_id })).toBe(10);
    expect(await requestsOf({ surface: 'gateway' })).toBe(0);
    expect(await requestsOf({ supplier: 'demo', model: 'a' })).toBe(10);
  });

  it('of a range that ends before it begins, or is longer than a year, is refused', async () => {
    const long = { from: '2024-01-01T00:00:00.000Z', to: '2026-03-01T00:00:00.000Z' };
    for (const range of [{ from: march.to, to: march.from }, { from: march.to, to: march.to }, long]) {
      expect(await get('summary', range)).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'from' }] } } } });
    }
  });
});

describe('a time series', () => {
  it('has a point for each day on which something happened, and says which days there are', async () => {
    const { data } = (await get('timeseries', march)).body;
    expect(data.buckets).toHaveLength(10);
    expect(data.buckets[0]).toBe(march.from);
    expect(data.total.map(({ at, requests, cost }: { at: string; requests: number; cost: string }) => [at, requests, cost])).toEqual([
      ['2026-03-09T16:00:00.000Z', 40, '2'],
      ['2026-03-10T16:00:00.000Z', 6, '0'],
      ['2026-03-11T16:00:00.000Z', 9, '0.045'],
    ]);
    expect(data.series).toEqual([]);
  });

  it('by model has the first 8 and all others, which together are the whole', async () => {
    const { data } = (await get('timeseries', { ...march, group_by: 'model' })).body;
    expect(data.series.map(({ kind, key }: { kind: string; key: string }) => `${kind} ${key}`)).toEqual(['one a', 'one b', 'one tail-0', 'one tail-1', 'one tail-2', 'one tail-3', 'one tail-4', 'one tail-5', 'other ']);
    const requests = data.series.flatMap(({ points }: { points: { requests: number }[] }) => points).reduce((sum: number, point: { requests: number }) => sum + point.requests, 0);
    expect(requests).toBe(55);
  });

  it('chooses the 8 by what is asked', async () => {
    const { data } = (await get('timeseries', { ...march, group_by: 'model', rank_by: 'requests' })).body;
    expect(data.series.map(({ key }: { key: string }) => key)).toContain('c');
  });

  it('names people and keys as they are called now, and not what is gone', async () => {
    const people = (await get('timeseries', { ...march, group_by: 'person' })).body.data.series;
    expect(people).toMatchObject([{ kind: 'one', key: admin.user_id, name: expect.stringMatching(/^Person/) }, { kind: 'one', key: gone, name: null }]);
    const keys = (await get('timeseries', { ...march, group_by: 'key' })).body.data.series;
    expect(keys).toMatchObject([{ kind: 'one', key: key_id, name: '=Script' }, { kind: 'none', key: '', name: null }]);
  });

  it('of a week has hours', async () => {
    const { data } = (await get('timeseries', { from: '2026-03-09T00:00:00.000Z', to: '2026-03-10T12:00:00.000Z' })).body;
    expect(data.buckets).toHaveLength(36);
    expect(data.total.map(({ requests }: { requests: number }) => requests)).toEqual([1, 2, 26]);
  });

  it('has 23 hours in the day on which clocks are put forward', async () => {
    await inTenant((db) => db.updateTable('tenants').set({ time_zone: 'Europe/Berlin' }).execute());
    const { data } = (await get('timeseries', { from: '2026-03-25T00:00:00.000Z', to: '2026-04-03T00:00:00.000Z' })).body;
    await inTenant((db) => db.updateTable('tenants').set({ time_zone: 'Asia/Shanghai' }).execute());
    expect(data.buckets.slice(4, 6)).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });
});

describe('a top list', () => {
  it.each(['cost', 'requests', 'tokens'])('by %s is the same read page by page as at once', async (sort_by) => {
    const query = { ...march, by: 'model', sort_by };
    const whole = (await get('top', query)).body.data.items;
    expect(whole).toHaveLength(12);
    const pages: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, pagination }: Page<{ key: string }> = (await get('top', { ...query, page_size: '5', ...(cursor ? { cursor } : {}) })).body.data;
      pages.push(...items);
      cursor = pagination.next_cursor;
    }
    expect(pages).toEqual(whole);
    expect(whole[0].key).toBe(sort_by === 'cost' ? 'a' : 'b');
  });

  it('of keys says what came without one', async () => {
    const { items } = (await get('top', { ...march, by: 'key', sort_by: 'requests' })).body.data;
    expect(items).toMatchObject([{ key: null, name: null, requests: 45 }, { key: key_id, requests: 10, failed: 2, cost: { amount: '1.5', currency: 'CNY' } }]);
  });

  it('refuses a cursor that is none of its own', async () => {
    const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of ['x', forge({}), forge(['model', 'requests', '1', '1', 'a']), forge(['model', 'cost', '1', '1', 'a\0']), forge(['model', 'cost', '-1', '1', 'a'])]) {
      expect((await get('top', { ...march, cursor })).body.error).toMatchObject({ code: '1001', details: { issues: [{ path: 'cursor' }] } });
    }
  });
});

describe('a file', () => {
  it('has a line for each day of each key, and no formula', async () => {
    const answer = await get('export.csv', { ...march, group_by: 'key' });
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="lyss-usage-2026-03-09-2026-03-19.csv"');
    const lines = new TextDecoder().decode(answer.bytes).trimEnd().split('\r\n');
    expect(lines[0]).toBe('day,key,name,requests,failed,input_tokens,output_tokens,cached_tokens,reasoning_tokens,cost,unpriced,mean_ms,p50_ms,p95_ms,first_token_p50_ms,first_token_p95_ms,currency');
    expect(lines).toContain(`2026-03-09T16:00:00.000Z,${key_id},'=Script,10,2,100,50,10,0,1.5,0,300,300,390,25,48,CNY`);
    expect(lines).toHaveLength(5);
  });
});

describe('usage', () => {
  it('is for those who may read it', async () => {
    const member = await app.signInAs('end_user');
    for (const path of ['summary', 'timeseries', 'top', 'export.csv']) expect((await get(path, march, member)).status).toBe(403);
  });
});
