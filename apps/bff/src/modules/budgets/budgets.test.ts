import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';
import { forecast } from './describe-budget.ts';
import { fillPot, makeBudget, PATH, readBudget } from './test-scene.ts';

let app: TestApp;
let admin: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
});
afterAll(() => app.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const create = (body: object, as = admin) => app.call('POST', PATH, { as, body: { name: newId(), scope: 'tenant', period: 'month', limit: '10', ...body } });
const codesOf = async (body: object) => {
  const { status, body: answer } = await create(body);
  expect(status, JSON.stringify(answer)).toBe(400);
  return answer.error.details.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
};
const list = async (query: string, as = admin) => (await app.call('GET', `${PATH}?page_size=100&${query}`, { as })).body.data.items;
const nano = (amount: number) => BigInt(Math.round(amount * 1e9));

describe('a budget', () => {
  it('is made, changed and deleted, each with its trail', async () => {
    const made = await makeBudget(app, admin, { name: 'All of us', limit: '12.5' });
    expect(made).toMatchObject({ name: 'All of us', scope: 'tenant', subject: null, per: 'together', period: 'month', limit: { amount: '12.5', currency: 'USD' }, is_hard: true, warn_percent: 80, raise: null, enabled: true, state: 'ok', now: null, version: 1 });
    expect(await app.findAudit(admin.tenant_id, 'budgets.created')).toMatchObject({ resource_id: made.id, details: { after: { name: 'All of us', limit: '12.5', currency: 'USD' } } });
    const change = (body: object, version: number) => app.call('PATCH', `${PATH}/${made.id}`, { as: admin, body, headers: { 'if-match': `"${version}"` } });
    expect((await change({ limit: '20', is_hard: false, enabled: false }, 1)).body.data).toMatchObject({ limit: { amount: '20' }, is_hard: false, enabled: false, state: 'off', name: 'All of us', version: 2 });
    expect(await app.findAudit(admin.tenant_id, 'budgets.updated')).toMatchObject({ details: { before: { limit: '12.5', is_hard: true }, after: { limit: '20', is_hard: false, enabled: false } } });
    expect(await change({ limit: '1' }, 1)).toMatchObject({ status: 412, body: { error: { details: { version: 2 } } } });
    expect((await app.call('DELETE', `${PATH}/${made.id}`, { as: admin, headers: { 'if-match': '"2"' } })).status).toBe(204);
    expect(await app.findAudit(admin.tenant_id, 'budgets.removed')).toMatchObject({ resource_id: made.id, details: { before: { name: 'All of us', limit: '20' } } });
    expect((await app.call('GET', `${PATH}/${made.id}`, { as: admin })).status).toBe(404);
  });

  it('is about somebody or something of this tenant, whose name it tells', async () => {
    const member = await app.signInAs('end_user');
    const role = (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: 'Writers', permissions: ['chat.use'] } })).body.data;
    const key = (await app.call('POST', '/api/v1/api-keys', { as: app.owner, body: { name: 'Nightly', scopes: ['chat.use'] } })).body.data;
    const told = async (scope: string, subject: string | null, more: object = {}) => (await makeBudget(app, app.owner, { scope, subject, ...more })).subject;
    expect(await told('user', member.user_id)).toMatchObject({ value: member.user_id, name: expect.stringContaining('Person') });
    expect(await told('role', role.id)).toEqual({ value: role.id, name: 'Writers' });
    expect(await told('role', 'end_user')).toEqual({ value: 'end_user', name: 'end_user' });
    expect(await told('api_key', key.id)).toEqual({ value: key.id, name: 'Nightly' });
    expect(await told('model', 'openai/gpt-x')).toEqual({ value: 'openai/gpt-x', name: 'openai/gpt-x' });
    expect(await told('user', null, { per: 'person' })).toBeNull();
    // Of another tenant, and of nobody: the same.
    for (const [scope, subject] of [['user', member.user_id], ['role', role.id], ['api_key', key.id], ['user', newId()], ['role', 'nobody'], ['api_key', '%']]) expect(await codesOf({ scope, subject })).toEqual(['subject subject_unknown']);
  });

  it('is refused where its parts do not fit, every one at once', async () => {
    expect(await codesOf({ subject: 'x' })).toEqual(['subject subject_not_taken']);
    expect(await codesOf({ scope: 'role' })).toEqual(['subject required']);
    expect(await codesOf({ scope: 'model' })).toEqual(['subject required']);
    expect(await codesOf({ scope: 'user' })).toEqual(['per per_each_needed']);
    expect(await codesOf({ scope: 'api_key', per: 'person' })).toEqual(['per per_each_needed']);
    expect(await codesOf({ starts_at: inDays(1), ends_at: inDays(2) })).toEqual(['starts_at only_for_once', 'ends_at only_for_once']);
    expect(await codesOf({ period: 'once', ends_at: inDays(-1) })).toEqual(['ends_at expires_in_past']);
    expect(await codesOf({ scope: 'role', period: 'once', starts_at: inDays(3), ends_at: inDays(2) })).toEqual(['subject required', 'ends_at ends_before_start']);
    for (const odd of ['-1', '1e3', '0.0000000001', '1000000000', '', ' 1', 'NaN', '0x1']) expect((await create({ limit: odd })).status, odd).toBe(400);
    expect((await create({ limit: '999999999.999999999' })).body.data.limit.amount).toBe('999999999.999999999');
    await makeBudget(app, admin, { name: 'Twice' });
    expect(await create({ name: 'tWICE' })).toMatchObject({ status: 409, body: { error: { details: { reason: 'name_taken' } } } });
  });

  it('are five hundred at most, however many are asked for at once', async () => {
    const other = await app.signInAs('tenant_admin', { tenant: 'new' });
    await app.context.tenancy.withTenant(other.tenant_id, (db) =>
      db.insertInto('budgets').values(Array.from({ length: 495 }, (_, at) => ({ tenant_id: db.tenant_id, id: newId(), name: `B ${at}`, scope: 'tenant', period: 'month', limit_nano: '1' }))).execute(),
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => create({}, other)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({ code: '3009', details: { reason: 'too_many_budgets', limit: 500 } });
  });
});

describe('what it says of now', () => {
  it('is what its fullest pot has spent, holds and leaves, and how many there are', async () => {
    const { id } = await makeBudget(app, admin, { per: 'person', limit: '10' });
    await fillPot(app, admin, id, nano(1));
    await fillPot(app, admin, id, nano(7.5), nano(1), admin.user_id);
    const { now, state } = await readBudget(app, admin, id);
    expect(state).toBe('ok');
    expect(now).toMatchObject({ limit: { amount: '10' }, spent: { amount: '7.5' }, held: { amount: '1' }, free: { amount: '1.5' }, pots: 2, holder: { id: admin.user_id } });
    expect(Date.parse(now?.period_start ?? '')).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(now?.period_end ?? '')).toBeGreaterThan(Date.now());
    const pots = (await app.call('GET', `${PATH}/${id}/pots?sort_by=spent_nano&current=true`, { as: admin })).body.data.items;
    expect(pots).toMatchObject([{ spent: { amount: '7.5' }, holder: { id: admin.user_id, name: expect.any(String) } }, { spent: { amount: '1' } }]);
    expect((await app.call('GET', `${PATH}/${id}/pots?current=false`, { as: admin })).body.data.items).toEqual([]);
    expect((await app.call('GET', `${PATH}/${newId()}/pots`, { as: admin })).status).toBe(404);
  });

  it('says how it stands; a limit that was lowered below it leaves nothing', async () => {
    const stateOf = async (spent: number, given: object = {}) => {
      const { id } = await makeBudget(app, admin, given);
      await fillPot(app, admin, id, nano(spent));
      return (await readBudget(app, admin, id)).state;
    };
    expect([await stateOf(7.9), await stateOf(8), await stateOf(9.94), await stateOf(9.95), await stateOf(12, { is_hard: false }), await stateOf(10, { enabled: false })]).toEqual(['ok', 'warned', 'warned', 'used_up', 'used_up', 'off']);
    expect(await stateOf(0, { period: 'once', starts_at: inDays(1) })).toBe('waiting');
    const { id } = await makeBudget(app, admin, { limit: '10' });
    await fillPot(app, admin, id, nano(6));
    const lowered = await app.call('PATCH', `${PATH}/${id}`, { as: admin, body: { limit: '5' } });
    expect(lowered.body.data).toMatchObject({ state: 'used_up', now: { limit: { amount: '5' }, free: { amount: '0' } } });
  });

  it('has its period in the tenant’s own zone', async () => {
    const far = await app.signInAs('tenant_admin', { tenant: 'new' });
    await app.call('PATCH', '/api/v1/admin/tenant', { as: far, body: { time_zone: 'Asia/Kolkata' } });
    const { id } = await makeBudget(app, far, { period: 'day' });
    await fillPot(app, far, id, 1n);
    expect((await readBudget(app, far, id)).now?.period_start).toMatch(/T18:30:00.000Z$/);
  });

  it('foresees what its period’s pace makes of it, and nothing in its first hour or fiftieth part', () => {
    const day = { start: '2026-11-23T00:00:00.000Z', end: '2026-11-24T00:00:00.000Z' };
    const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00.000Z`);
    expect(forecast(100n, day, at('00:59'))).toBeNull();
    expect(forecast(100n, day, at('06:00'))).toBe(400n);
    expect(forecast(100n, { start: '2026-11-23T00:00:00.000Z', end: null }, at('06:00'))).toBeNull();
    expect(forecast(100n, { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' }, Date.parse('2026-11-01T14:00:00.000Z'))).toBeNull();
    expect(forecast(100n, { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' }, Date.parse('2026-11-01T15:00:00.000Z'))).toBe(4_800n);
  });
});

describe('a list', () => {
  it('is filtered, searched and sorted, in pages that leave none out', async () => {
    const other = await app.signInAs('tenant_admin', { tenant: 'new' });
    const [a, b, c] = [await makeBudget(app, other, { name: 'Zebra', limit: '30' }), await makeBudget(app, other, { name: 'ant', scope: 'user', subject: other.user_id, limit: '9' }), await makeBudget(app, other, { name: 'Bee', scope: 'model', subject: 'm-1', period: 'day', limit: '200' })];
    await fillPot(app, other, b.id, nano(9));
    const names = async (query: string) => (await list(query, other)).map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['Zebra', 'ant', 'Bee']);
    expect(await names('sort_by=limit_nano')).toEqual(['Bee', 'Zebra', 'ant']);
    expect(await names('sort_by=used')).toEqual(['ant', ...['Bee', 'Zebra']]);
    expect(await names('sort_by=name')).toHaveLength(3);
    expect(await names('scope=model')).toEqual(['Bee']);
    expect(await names('period=day&state=ok')).toEqual(['Bee']);
    expect(await names('state=used_up')).toEqual(['ant']);
    expect(await names('search=m-1')).toEqual(['Bee']);
    for (const sort of ['tree', 'name', 'limit_nano', 'used', 'created_at']) {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const { items, pagination } = (await app.call('GET', `${PATH}?page_size=1&sort_by=${sort}${cursor}`, { as: other })).body.data;
        found.push(...items.map(({ id }: { id: string }) => id));
        if (!pagination.has_next) break;
        cursor = `&cursor=${pagination.next_cursor}`;
      }
      expect(found.toSorted(), sort).toEqual([a.id, b.id, c.id].toSorted());
    }
  });
});

describe('a raise', () => {
  const raise = (id: string, body: object) => app.call('POST', `${PATH}/${id}/raise`, { as: admin, body: { amount: '5', ends_at: inDays(1), reason: 'A demonstration', ...body } });

  it('adds to a budget until its end, by whom and why, and ends by itself or by hand', async () => {
    const { id } = await makeBudget(app, admin, { limit: '10' });
    await fillPot(app, admin, id, nano(9.99));
    const ends_at = inDays(30);
    const raised = (await raise(id, { ends_at })).body.data;
    expect(raised).toMatchObject({ raise: { amount: { amount: '5' }, ends_at, reason: 'A demonstration', by: { user_id: admin.user_id } }, limit: { amount: '10' }, now: { limit: { amount: '15' }, free: { amount: '5.01' } }, state: 'ok', version: 2 });
    expect(await app.findAudit(admin.tenant_id, 'budgets.raised')).toMatchObject({ resource_id: id, details: { before: null, after: { amount: '5', ends_at }, reason: 'A demonstration' } });
    await app.context.tenancy.withTenant(admin.tenant_id, (db) => db.updateTable('budgets').set({ raise_ends_at: inDays(-0.001) }).where('id', '=', id).execute());
    expect(await readBudget(app, admin, id)).toMatchObject({ raise: null, now: { limit: { amount: '10' } }, state: 'used_up' });
    const end = () => app.call('DELETE', `${PATH}/${id}/raise`, { as: admin });
    expect(await end()).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'budget_not_raised' } } } });
    await raise(id, {});
    expect((await end()).body.data).toMatchObject({ raise: null });
    expect(await app.findAudit(admin.tenant_id, 'budgets.raise_ended')).toMatchObject({ details: { before: { amount: '5', reason: 'A demonstration' } } });
  });

  it('has an amount, an end within 31 days and a reason', async () => {
    const { id } = await makeBudget(app, admin);
    const codes = async (body: object) => (await raise(id, body)).body.error?.details.issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
    expect(await codes({ amount: '0', ends_at: inDays(-1) })).toEqual(['amount more_than_nothing', 'ends_at expires_in_past']);
    expect(await codes({ ends_at: inDays(32) })).toEqual(['ends_at raise_too_long']);
    expect((await raise(id, { reason: ' ' })).status).toBe(400);
  });
});

it('a tenant’s currency stays while there are budgets in it', async () => {
  const other = await app.signInAs('tenant_admin', { tenant: 'new' });
  const change = (body: object) => app.call('PATCH', '/api/v1/admin/tenant', { as: other, body });
  expect((await change({ currency: 'EUR' })).status).toBe(200);
  const { id, limit } = await makeBudget(app, other);
  expect(limit.currency).toBe('EUR');
  expect(await change({ currency: 'USD' })).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'currency_in_budgets' } } } });
  expect((await change({ currency: 'EUR', name: 'Same' })).status).toBe(200);
  await app.call('DELETE', `${PATH}/${id}`, { as: other });
  expect((await change({ currency: 'USD' })).status).toBe(200);
});
