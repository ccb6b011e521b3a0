import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { newId } from '../../../crypto/digest.ts';

let app: TestApp;
let admin: TestPerson;
const gone = newId();
const conversation_id = newId();
const [credential_id, pot_id, budget_id] = [newId(), newId(), newId()];
let ids: string[];
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  await inTenant((db) => db.insertInto('budgets').values({ tenant_id: db.tenant_id, id: budget_id, name: 'Of all', scope: 'tenant', period: 'once', starts_at: new Date(0), limit_nano: 1 }).execute());
  await inTenant((db) => db.insertInto('budget_pots').values({ tenant_id: db.tenant_id, id: pot_id, budget_id, holder_id: budget_id, period_start: new Date(0), period_end: 'infinity' }).execute());
  ids = [];
  for (const [place, more] of records.entries()) ids.push(await add(place, more));
});
afterAll(() => app.close());

const inTenant = <T>(work: (db: Parameters<Parameters<typeof app.context.tenancy.withTenant>[1]>[0]) => Promise<T>) => app.context.tenancy.withTenant(admin.tenant_id, work);
const attempts = [
  { supplier: 'demo', model: 'first', credential_id, outcome: 'failed', status: 503, error_kind: 'overloaded', started_ms: 3, duration_ms: 40, reason: 'first', secret: 'x' },
  { supplier: 'demo', model: 'second', credential_id: 'none', outcome: 'complete', status: 200, started_ms: 43.4, duration_ms: 700, time_to_first_token_ms: 90, reason: 'fallback' },
  'no attempt',
];
const records: object[] = [
  { attempts: JSON.stringify(attempts), pots: [pot_id], conversation_id, route: 'cheap' },
  { outcome: 'failed', status: 502, error_kind: 'overloaded', cost_nano: null, currency: null, user_id: gone },
  { outcome: 'stopped', duration_ms: 90_000, model: 'slow' },
  { outcome: 'interrupted', cost_nano: '9000000000', surface: 'gateway', api_key_id: gone },
  { request_id: 'the-one', supplier: 'other' },
];

async function add(place: number, more: object): Promise<string> {
  const id = newId();
  const record = {
    ...{ tenant_id: admin.tenant_id, id, user_id: admin.user_id, request_id: 'r', model: 'm', supplier: 'demo', outcome: 'complete', status: 200 },
    ...{ input_tokens: 100, output_tokens: 20, cached_tokens: 0, reasoning_tokens: 0, estimated: false, cost_nano: '1500000', currency: 'USD', duration_ms: 800, time_to_first_token_ms: 90 },
    created_at: new Date(Date.UTC(2026, 2, 1, 0, 0, place)).toISOString(),
    ...more,
  };
  await inTenant((db) => db.insertInto('usage_records').values(record).execute());
  return id;
}

const list = async (query: Record<string, string> = {}, as = admin) => (await app.call('GET', `/api/v1/admin/requests?${new URLSearchParams(query)}`, { as })).body.data;
const placesOf = async (query: Record<string, string>) => (await list(query)).items.map(({ id }: { id: string }) => ids.indexOf(id));

describe('the request log', () => {
  it('shows what became of each call, newest first, and names nobody who is gone', async () => {
    const { items } = await list();
    expect(items.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    expect(items[4]).toMatchObject({ outcome: 'complete', status: 200, route: 'cheap', user: { id: admin.user_id, name: expect.any(String) }, api_key: null, cost: { amount: '0.0015', currency: 'USD' }, input_tokens: 100, duration_ms: 800 });
    expect(items[3]).toMatchObject({ user: { id: gone, name: null }, cost: null, error_kind: 'overloaded' });
    expect(items[1]).toMatchObject({ api_key: { id: gone, name: null }, surface: 'gateway' });
  });

  it('is read forwards and backwards by keyset, a page at a time', async () => {
    for (const sort_order of ['asc', 'desc']) {
      const read: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { items, pagination } = await list({ sort_order, page_size: '2', ...(cursor ? { cursor } : {}) });
        read.push(...items.map(({ id }: { id: string }) => ids.indexOf(id)));
        expect(pagination).not.toHaveProperty('total_items');
        cursor = pagination.next_cursor;
      }
      expect(read).toEqual(sort_order === 'asc' ? [0, 1, 2, 3, 4] : [4, 3, 2, 1, 0]);
    }
  });

  it.each<[Record<string, string>, number[]]>([
    [{ outcome: 'unsuccessful' }, [3, 1]],
    [{ outcome: 'failed' }, [1]],
    [{ outcome: 'complete' }, [4, 0]],
    [{ error_kind: 'overloaded' }, [1]],
    [{ min_duration_ms: '5000' }, [2]],
    [{ min_cost: '0.01' }, [3]],
    [{ min_cost: '0' }, [4, 3, 2, 0]],
    [{ request_id: 'the-one' }, [4]],
    [{ conversation_id }, [0]],
    [{ model: 'slow' }, [2]],
    [{ supplier: 'other' }, [4]],
    [{ user_id: gone }, [1]],
    [{ api_key_id: gone }, [3]],
    [{ surface: 'gateway' }, [3]],
    [{ from: '2026-03-01T00:00:01.000Z', to: '2026-03-01T00:00:03.000Z' }, [2, 1]],
  ])('is narrowed by %o', async (query, expected) => {
    expect(await placesOf(query)).toEqual(expected);
  });

  it('takes no count, for that would read all of it', async () => {
    expect((await app.call('GET', '/api/v1/admin/requests?include_total=true', { as: admin })).status).toBe(400);
  });

  it('is another tenant’s own, and for those who may read it', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect((await list({}, stranger)).items).toEqual([]);
    expect((await app.call('GET', `/api/v1/admin/requests/${ids[0]}`, { as: stranger })).status).toBe(404);
    const member = await app.signInAs('end_user');
    expect((await app.call('GET', '/api/v1/admin/requests', { as: member })).status).toBe(403);
  });
});

describe('one request', () => {
  const read = async (place: number) => (await app.call('GET', `/api/v1/admin/requests/${ids[place]}`, { as: admin })).body.data;

  it('shows its attempts, and of them what is known alone', async () => {
    const { attempts: shown } = await read(0);
    expect(shown).toEqual([
      { supplier: 'demo', model: 'first', credential: { id: credential_id, name: null }, outcome: 'failed', status: 503, error_kind: 'overloaded', started_ms: 3, duration_ms: 40, time_to_first_token_ms: null, reason: 'first' },
      { supplier: 'demo', model: 'second', credential: { id: 'none', name: null }, outcome: 'complete', status: 200, error_kind: null, started_ms: 43, duration_ms: 700, time_to_first_token_ms: 90, reason: 'fallback' },
    ]);
  });

  it('is its own attempt where nothing else was tried', async () => {
    expect((await read(1)).attempts).toMatchObject([{ supplier: 'demo', model: 'm', outcome: 'failed', status: 502, started_ms: 0, duration_ms: 800 }]);
  });

  it('says to which budgets it was counted', async () => {
    expect((await read(0)).budgets).toEqual([{ budget_id, name: 'Of all', period_start: '1970-01-01T00:00:00.000Z', period_end: null }]);
    expect((await read(1)).budgets).toEqual([]);
  });
});
