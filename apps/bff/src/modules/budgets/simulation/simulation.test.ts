import type { BudgetSimulation } from '@lyss/api-types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { addRecord, PATH } from '../test-scene.ts';
import { createSimulation } from './simulation.ts';
import { simulateBudget } from './simulate-budget.ts';

let app: TestApp;
let admin: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signInAs('tenant_admin', { tenant: 'new' });
  for (const days of [40, 20, 12, 5, 4, 3]) await addRecord(app, admin, days, 4_000_000_000n);
  await addRecord(app, admin, 2, 1_000_000_000n, { model: 'small' });
  await addRecord(app, admin, 1, null);
  await addRecord(app, admin, 1, 7_000_000_000n, { currency: 'EUR' });
});
afterAll(() => app.close());

const simulate = async (given: object): Promise<BudgetSimulation> => {
  const { status, body } = await app.call('POST', `${PATH}/simulations`, { as: admin, body: { name: 'Tried', scope: 'tenant', period: 'once', limit: '10', ...given } });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data;
};

it('says what a budget would have done to the last 31 days, and stores nothing', async () => {
  const { days, ...told } = await simulate({});
  // 4 + 4 fit into ten, 1 does after three that do not.
  expect(told).toMatchObject({ is_cut: false, requests: 8, unpriced: 2, refused: 3, cost: { amount: '21', currency: 'USD' }, refused_cost: { amount: '12', currency: 'USD' }, hit: [{ holder: null, refused: 3, first_at: expect.any(String) }] });
  expect(days.map(({ highest_percent }) => highest_percent)).toEqual([40, 80, 80, 80, 80, 90, 90]);
  expect(await simulate({ is_hard: false })).toMatchObject({ refused: 0, hit: [] });
  expect((await simulate({ scope: 'model', subject: 'small' })).requests).toBe(1);
  for (const subject of ['m', 'custom/m']) expect((await simulate({ scope: 'model', subject })).requests).toBe(8);
  expect((await simulate({ period: 'day', limit: '3' })).refused).toBe(5);
  expect((await simulate({ scope: 'user', per: 'person' })).hit).toMatchObject([{ holder: { id: admin.user_id, name: expect.any(String) }, refused: 3 }]);
  expect((await simulate({ scope: 'role', subject: 'end_user' })).requests).toBe(0);
  expect((await simulate({ scope: 'role', subject: 'tenant_admin' })).requests).toBe(8);
  expect((await app.call('GET', PATH, { as: admin })).body.data.items).toEqual([]);
});

it('looks at so many records at most, and says so', async () => {
  const draft = { name: 'Tried', scope: 'tenant', subject: null, per: 'together', period: 'once', starts_at: null, ends_at: null, limit: '10', is_hard: true, warn_percent: 80, enabled: true } as const;
  expect(await simulateBudget(app.context.tenancy, admin.tenant_id, draft, 3)).toMatchObject({ is_cut: true, requests: 3 });
  expect(await simulateBudget(app.context.tenancy, admin.tenant_id, draft, 8)).toMatchObject({ is_cut: false, requests: 8 });
});

it('keeps a pot for each holder and period', () => {
  const simulation = createSimulation({ limit: 10n, is_hard: true });
  const record = (holder_id: string, period: string, cost_nano: string) => ({ id: '', created_at: '2026-11-01T00:00:00.000Z', cost_nano, holder_id, day: period, period });
  for (const [holder, period] of [['a', '1'], ['a', '1'], ['a', '2'], ['b', '1']] as const) simulation.take(record(holder, period, '6'));
  const { refused, hit } = simulation.end();
  expect([refused, [...hit.keys()]]).toEqual([1, ['a']]);
});
