import type { OwnBudget } from '@lyss/api-types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { fillPot, makeBudget } from '../test-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const listMine = async (as: TestPerson): Promise<OwnBudget[]> => (await app.call('GET', '/api/v1/budgets', { as })).body.data.items;

it('a person sees what is left of their own, how shared ones stand, and nothing of anybody else’s', async () => {
  const [ada, bob] = [await app.signInAs('end_user'), await app.signInAs('end_user')];
  const make = (name: string, given: object) => makeBudget(app, app.owner, { name, ...given });
  const each = await make('Each', { scope: 'user', per: 'person', limit: '3' });
  const all = await make('All', { limit: '100' });
  await make('Bob alone', { scope: 'user', subject: bob.user_id });
  const adas = await make('Ada alone', { scope: 'user', subject: ada.user_id, limit: '8' });
  await make('Off', { enabled: false });
  await make('Admins', { scope: 'role', subject: 'tenant_admin' });
  await make('Members', { scope: 'role', subject: 'end_user' });
  await fillPot(app, app.owner, all.id, 99_000_000_000n);
  await fillPot(app, app.owner, each.id, 1_000_000_000n, 500_000_000n, ada.user_id);
  await fillPot(app, app.owner, each.id, 2_900_000_000n, 0n, bob.user_id);
  await fillPot(app, app.owner, adas.id, 2_000_000_000n);
  const mine = await listMine(ada);
  expect(mine.map(({ name, is_shared, state, now }) => [name, is_shared, state, now?.free.amount ?? null])).toEqual([
    ['Ada alone', false, 'ok', '6'],
    ['Each', false, 'ok', '1.5'],
    ['All', true, 'warned', null],
    ['Members', true, 'ok', null],
  ]);
  expect((await listMine(bob)).map(({ name, now }) => [name, now?.free.amount ?? null])).toEqual([['Bob alone', '10'], ['Each', '0.1'], ['All', null], ['Members', null]]);
});

it('of a budget for each key a person sees their own keys’', async () => {
  const ada = await app.signInAs('tenant_admin', { tenant: 'new' });
  const key = (await app.call('POST', '/api/v1/api-keys', { as: ada, body: { name: 'Nightly', scopes: ['chat.use'] } })).body.data;
  const budget = await makeBudget(app, ada, { name: 'Each key', scope: 'api_key', per: 'api_key' });
  expect(await listMine(ada)).toEqual([]);
  await fillPot(app, ada, budget.id, 4_000_000_000n, 0n, key.id);
  await fillPot(app, ada, budget.id, 9_000_000_000n, 0n, crypto.randomUUID());
  expect(await listMine(ada)).toMatchObject([{ name: 'Each key', holder: { id: key.id, name: 'Nightly' }, is_shared: false, now: { spent: { amount: '4' }, free: { amount: '6' } } }]);
});
