import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';
import type { Asking, End } from '../../spending.ts';
import { createLedger, type Ledger } from './ledger.ts';

let app: TestApp;
let ledgers: Ledger[];
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_DATABASE_POOL: '10' });
  // Two, as two servers have.
  ledgers = [0, 1].map(() => createLedger(app.context.tenancy, newId()));
});
afterAll(() => app.close());

const inTenant = <T>(person: TestPerson, work: (db: Parameters<Parameters<typeof app.context.tenancy.withTenant>[1]>[0]) => Promise<T>) => app.context.tenancy.withTenant(person.tenant_id, work);

async function addBudget(person: TestPerson, limit_nano: bigint, more: object = {}): Promise<string> {
  const id = newId();
  await inTenant(person, (db) => db.insertInto('budgets').values({ tenant_id: db.tenant_id, id, name: id, scope: 'tenant', period: 'month', limit_nano: limit_nano.toString(), ...more }).execute());
  return id;
}

const call = (person: TestPerson, amount_nano: bigint | null, more: Partial<Asking> = {}): Asking => ({
  id: newId(),
  ...{ surface: 'gateway', user_id: person.user_id, api_key_id: null, conversation_id: null, reply_id: null, workflow: null },
  ...{ request_id: 'r', model: 'm', route: null, supplier: 'custom', supplier_model: 'm', credential_id: null, is_stream: false, price: null, currency: 'USD', amount_nano, least_nano: null, input_tokens: 1 },
  ...more,
});

const end = (id: string, cost_nano: bigint, more: Partial<End> = {}): End => ({
  ...{ id, outcome: 'complete', status: 200, error_kind: null, supplier: 'custom', supplier_model: 'm', credential_id: null, route: null, attempts: null, is_cache_hit: false, maybe_billed: false },
  ...{ input_tokens: 1, output_tokens: 1, cached_tokens: 0, reasoning_tokens: 0, estimated: false, cost_nano, duration_ms: 120, time_to_first_token_ms: 60 },
  ...more,
});

const potsOf = (person: TestPerson) => inTenant(person, (db) => db.selectFrom('budget_pots').select(['budget_id', 'spent_nano', 'reserved_nano', 'alerted_percent', 'period_start', 'period_end']).execute());
const sumOf = (person: TestPerson) => inTenant(person, async (db) => (await db.selectFrom('usage_records').select(sql<string>`coalesce(sum(cost_nano), 0)`.as('sum')).executeTakeFirstOrThrow()).sum);

/** Reserves, and settles at a cost that the amount gives; what was spent, or null where it was refused. */
async function spend(person: TestPerson, ledger: Ledger, worst: bigint, cost: bigint, more: Partial<Asking> = {}): Promise<bigint | null> {
  const asked = call(person, worst, more);
  const answer = await ledger.reserve(person.tenant_id, asked);
  if ('reason' in answer) return null;
  await ledger.settle(person.tenant_id, end(asked.id, cost));
  return cost;
}

describe('a budget', () => {
  it('holds with 200 callers at once, from two servers, and is used up but for less than one call', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 1_000n);
    const costs = await Promise.all(
      Array.from({ length: 200 }, (_, place) => {
        const worst = BigInt(1 + ((place * 7) % 20));
        return spend(person, ledgers[place % 2]!, worst, place % 3 === 0 ? worst : worst / 2n);
      }),
    );
    let spent = costs.reduce<bigint>((sum, cost) => sum + (cost ?? 0n), 0n);
    expect(spent).toBeLessThanOrEqual(1_000n);
    for (let last: bigint | null = 0n; last !== null; last = await spend(person, ledgers[0]!, 20n, 20n)) spent += last;
    expect(1_000n - spent).toBeLessThan(20n);
    expect(await potsOf(person)).toMatchObject([{ spent_nano: spent.toString(), reserved_nano: '0', alerted_percent: expect.any(Number) }]);
    expect(await sumOf(person)).toBe(spent.toString());
  });

  it('is charged once, however often a call is ended', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 100n);
    const asked = call(person, 60n);
    await ledgers[0]!.reserve(person.tenant_id, asked);
    const told = await Promise.all(ledgers.flatMap((ledger) => Array.from({ length: 10 }, () => ledger.settle(person.tenant_id, end(asked.id, 50n)))));
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(await potsOf(person)).toMatchObject([{ spent_nano: '50', reserved_nano: '0' }]);
    expect(await sumOf(person)).toBe('50');
  });

  it('says what it has and when its period ends, where a call is refused', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    const budget_id = await addBudget(person, 100n, { period: 'day' });
    await ledgers[0]!.reserve(person.tenant_id, call(person, 70n));
    expect(await ledgers[1]!.reserve(person.tenant_id, call(person, 31n))).toEqual({ reason: 'budget_exceeded', budget_id, limit_nano: 100n, spent_nano: 0n, reserved_nano: 70n, period_end: expect.any(String) });
    expect(await ledgers[1]!.reserve(person.tenant_id, call(person, null))).toMatchObject({ reason: 'price_unknown' });
    expect(await ledgers[1]!.reserve(person.tenant_id, call(person, 30n))).toEqual({ granted_nano: 30n, is_bound: true });
  });

  it('within another: a call that one of them refuses holds nothing of the other', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    const [wide, narrow] = [await addBudget(person, 1_000n), await addBudget(person, 10n, { scope: 'user', user_id: person.user_id })];
    expect(await ledgers[0]!.reserve(person.tenant_id, call(person, 11n))).toMatchObject({ budget_id: narrow });
    const pots = await potsOf(person);
    expect(pots.map(({ budget_id, reserved_nano }) => [budget_id, reserved_nano]).toSorted()).toEqual([[wide, '0'], [narrow, '0']].toSorted());
  });

  it('lets a call that can do with less begin with a quarter of what is free, and never with less than it needs', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 100n);
    const reserve = (amount: bigint, least_nano: bigint) => ledgers[0]!.reserve(person.tenant_id, call(person, amount, { least_nano }));
    expect(await reserve(1_000n, 5n)).toEqual({ granted_nano: 25n, is_bound: true });
    expect(await reserve(10n, 5n)).toEqual({ granted_nano: 10n, is_bound: true });
    expect(await reserve(1_000n, 60n)).toEqual({ granted_nano: 60n, is_bound: true });
    expect(await reserve(1_000n, 6n)).toMatchObject({ reason: 'budget_exceeded' });
    expect(await reserve(1_000n, 5n)).toEqual({ granted_nano: 5n, is_bound: true });
  });

  it('for each person is each person’s own', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 10n, { per: 'person' });
    const other = crypto.randomUUID();
    expect(await spend(person, ledgers[0]!, 10n, 10n)).toBe(10n);
    expect(await spend(person, ledgers[0]!, 1n, 1n)).toBeNull();
    expect(await spend(person, ledgers[0]!, 10n, 10n, { user_id: other })).toBe(10n);
  });

  it('of a role is for whoever has it at that moment', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 10n, { scope: 'role', system_role: 'tenant_admin' });
    await addBudget(person, 0n, { scope: 'role', system_role: 'end_user' });
    const role_id = newId();
    await inTenant(person, (db) => db.insertInto('roles').values({ tenant_id: db.tenant_id, id: role_id, name: 'Readers', permissions: [] }).execute());
    await addBudget(person, 0n, { scope: 'role', role_id });
    expect(await spend(person, ledgers[0]!, 5n, 5n)).toBe(5n);
    await inTenant(person, (db) => db.insertInto('user_roles').values({ tenant_id: db.tenant_id, id: newId(), user_id: person.user_id, role_id }).execute());
    expect(await spend(person, ledgers[0]!, 5n, 5n)).toBeNull();
  });

  it.each(['custom/m', 'm'])('of a model (%s) counts its calls under whichever name they came', async (subject) => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 10n, { scope: 'model', subject });
    expect(await spend(person, ledgers[0]!, 10n, 10n, { model: 'an-alias' })).toBe(10n);
    expect(await spend(person, ledgers[0]!, 1n, 1n)).toBeNull();
    expect(await spend(person, ledgers[0]!, 1n, 1n, { model: 'other', supplier_model: 'other' })).toBe(1n);
  });

  it('that only warns refuses nothing, and tells at each threshold once', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await addBudget(person, 100n, { is_hard: false, warn_percent: 90 });
    for (const cost of [49n, 1n, 30n, 10n, 20n, 90n]) expect(await spend(person, ledgers[0]!, cost, cost)).toBe(cost);
    const alerts = await inTenant(person, (db) => db.selectFrom('budget_alerts').select(['percent', 'spent_nano']).orderBy('percent').execute());
    expect(alerts).toEqual([{ percent: 50, spent_nano: '50' }, { percent: 80, spent_nano: '80' }, { percent: 90, spent_nano: '90' }, { percent: 100, spent_nano: '110' }]);
  });

  it('that is raised for a while lets more in until then', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    const id = await addBudget(person, 10n, { raise_nano: '5', raise_ends_at: new Date(Date.now() + 60_000).toISOString(), raise_reason: 'A fair' });
    expect(await spend(person, ledgers[0]!, 15n, 12n)).toBe(12n);
    await inTenant(person, (db) => db.updateTable('budgets').set({ raise_ends_at: new Date(Date.now() - 1_000).toISOString() }).where('id', '=', id).execute());
    expect(await spend(person, ledgers[0]!, 1n, 1n)).toBeNull();
  });
});

describe('a record', () => {
  it('is in its hour and its day, in the tenant’s zone, with what it took', async () => {
    const person = await app.signInAs('tenant_admin', { tenant: 'new' });
    await inTenant(person, (db) => db.updateTable('tenants').set({ time_zone: 'Pacific/Kiritimati' }).execute());
    for (const cost of [3n, 4n]) await spend(person, ledgers[0]!, cost, cost);
    await spend(person, ledgers[0]!, 5n, 5n, { model: 'other' });
    const hours = await inTenant(person, (db) => db.selectFrom('usage_hours').select(['model', 'requests', 'failed', 'cost_nano', 'durations', 'first_tokens']).orderBy('model').execute());
    const buckets = (place: number, count: number) => Array.from({ length: 12 }, (_, at) => (at === place ? String(count) : '0'));
    expect(hours).toEqual([
      { model: 'm', requests: '2', failed: '0', cost_nano: '7', durations: buckets(2, 2), first_tokens: buckets(1, 2) },
      { model: 'other', requests: '1', failed: '0', cost_nano: '5', durations: buckets(2, 1), first_tokens: buckets(1, 1) },
    ]);
    const days = await inTenant(person, (db) => db.selectFrom('usage_days').select([sql<string>`day::text`.as('day'), 'model', 'requests']).orderBy('model').execute());
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());
    expect(days).toEqual([{ day: today, model: 'm', requests: '2' }, { day: today, model: 'other', requests: '1' }]);
  });
});
