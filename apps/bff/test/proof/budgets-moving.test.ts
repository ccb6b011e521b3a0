import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/crypto/digest.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createTenancy } from '../../src/db/tenancy.ts';
import { createLedger } from '../../src/modules/ledger/ledger.ts';
import { createCallSweeper } from '../../src/modules/ledger/sweep.job.ts';
import { findFaults, LIMIT, openBudgetScene, rounds, watchLimits, watchSupplier, type BudgetScene } from './budget-scene.ts';
import { createChance, fates, ONE_A_TOKEN, reserve, settle, spendOnce, spendTheRest, type Spender } from './spend.ts';

const CALLERS = 60;
const SEED = Date.now() % 1_000_000;

let scene: BudgetScene;
beforeAll(async () => {
  scene = await openBudgetScene();
});
afterAll(() => scene.close());

const numberOf = async (text: string, values: unknown[]) => Number((await scene.superuser.query<{ n: string }>(text, values)).rows[0]?.n);

const DAY_S = 86_400;
const SOON_S = 2;

/** A zone whose midnight comes in a moment, as PostgreSQL takes it: its offset in hours, minutes and seconds, west of Greenwich. */
function zoneWithMidnightIn(seconds: number): string {
  const now = (Date.now() / 1_000) % DAY_S;
  const east = Math.round((DAY_S - seconds - now + DAY_S) % DAY_S);
  // No zone is further than a day and a bit; those past noon lie west.
  const [sign, offset] = east > DAY_S / 2 ? ['+', DAY_S - east] : ['-', east];
  const [hours, minutes] = [Math.floor(offset / 3_600), Math.floor((offset % 3_600) / 60)];
  return `<X>${sign}${hours}:${minutes}:${offset % 60}`;
}

describe('a day that ends under load', () => {
  it.each(Array.from({ length: rounds(1) }, (_, round) => SEED + round))('gives its budget anew, and each day keeps its own (seed %i)', async (seed) => {
    const { tenant_id, user_id } = await scene.newTenant(zoneWithMidnightIn(SOON_S));
    await scene.addBudget(tenant_id, { period: 'day' });
    const supplier = watchSupplier();
    const chance = createChance(seed);
    const watch = watchLimits(scene, tenant_id);
    const countPots = () => numberOf('select count(*) as n from budget_pots where tenant_id = $1', [tenant_id]);
    const spenders = scene.ledgers.map((ledger): Spender => ({ ledger, tenant_id, user_id }));
    const until = performance.now() + 30_000;
    let isNewDay = false;
    await Promise.all(Array.from({ length: CALLERS }, async (_, place) => {
      // On and on, until a day later a few of each caller's have come through.
      for (let after = 0; after < 3 && performance.now() < until; after += isNewDay ? 1 : 0) {
        await spendOnce(spenders[place % 2]!, fates[place % 3]!, chance, supplier);
        await sleep(10);
        isNewDay ||= place === 0 && (await countPots()) > 1;
      }
    }));
    await spendTheRest(spenders[0]!, supplier);
    expect(await watch.stop()).toEqual([]);
    expect(await countPots()).toBe(2);
    expect(await findFaults(scene.superuser, tenant_id, supplier)).toEqual([]);
    expect(await numberOf('select sum(spent_nano) as n from budget_pots where tenant_id = $1', [tenant_id])).toBeGreaterThan(LIMIT);
    const { rows } = await scene.superuser.query<{ meets: boolean }>('select lag(period_end) over (order by period_start) = period_start as meets from budget_pots where tenant_id = $1', [tenant_id]);
    expect(rows.map(({ meets }) => meets)).toContain(true);
  }, 60_000);
});

it('a limit that is lowered in flight lets nobody else in; those that run end as they were let in', async () => {
  const { tenant_id, user_id } = await scene.newTenant();
  const budget_id = await scene.addBudget(tenant_id);
  const supplier = watchSupplier();
  const chance = createChance(SEED);
  const spenders = scene.ledgers.map((ledger): Spender => ({ ledger, tenant_id, user_id }));
  const running = Promise.all(Array.from({ length: CALLERS }, async (_, place) => {
    for (let turn = 0; turn < 6; turn++) await spendOnce(spenders[place % 2]!, 'normal', chance, supplier);
  }));
  await expect.poll(() => supplier.sent.size).toBeGreaterThan(10);
  const lowered = 250;
  // Whoever is in at that moment, under the lock that every turn takes.
  await scene.superuser.query('begin');
  const inside = await numberOf('select spent_nano + reserved_nano as n from budget_pots where tenant_id = $1 for update', [tenant_id]);
  await scene.superuser.query('update budgets set limit_nano = $1 where id = $2', [lowered, budget_id]);
  await scene.superuser.query('commit');
  await running;
  await spendTheRest(spenders[0]!, supplier);
  const spent = await numberOf('select spent_nano as n from budget_pots where tenant_id = $1', [tenant_id]);
  expect(spent, `seed ${SEED}`).toBeLessThanOrEqual(Math.max(lowered, inside));
  const faults = await findFaults(scene.superuser, tenant_id, supplier, { is_used_up: spent < lowered });
  expect(faults.filter((fault) => !fault.includes(`were spent of ${lowered}`))).toEqual([]);
});

it('a price that changes in flight is the next call’s: each is charged at its own, though nobody ends them but two sweepers at once', async () => {
  const { tenant_id, user_id } = await scene.newTenant();
  await scene.addBudget(tenant_id);
  const database = openDatabase({ app_url: scene.database.app_url, max: 4, onError: () => undefined });
  const tenancy = createTenancy(database);
  // Leases that have run out as soon as they are given.
  const ledger = createLedger(tenancy, newId(), 0);
  const supplier = watchSupplier();
  const spender = { ledger, tenant_id, user_id };
  const TOKENS = 7;
  const prices = [ONE_A_TOKEN, { ...ONE_A_TOKEN, output: '0.003' }];
  const calls: string[] = [];
  for (const price of prices) {
    const call = await reserve(spender, 30, null, supplier, price);
    calls.push(call?.id ?? '');
    await ledger.checkpoint(tenant_id, { id: call?.id ?? '', output_tokens: TOKENS });
  }
  const silent = await reserve(spender, 30, null, supplier);
  const sweepers = [0, 1].map(() => createCallSweeper({ tenancy, instance_id: newId(), isGone: async () => true, holds: () => false, onFailure: (_id, error) => { throw error; } }));
  const ended = await Promise.all(sweepers.map((sweeper) => sweeper.sweep()));
  expect(ended.reduce((sum, count) => sum + count, 0)).toBe(3);
  const { rows } = await scene.superuser.query<object>('select id, outcome, cost_nano, maybe_billed from usage_records where tenant_id = $1 order by id', [tenant_id]);
  const costs: [string, string, boolean][] = [[calls[0]!, '7', false], [calls[1]!, '21', false], [silent?.id ?? '', '0', true]];
  expect(rows).toEqual(costs.map(([id, cost_nano, maybe_billed]) => ({ id, outcome: 'interrupted', cost_nano, maybe_billed })).toSorted((a, b) => a.id.localeCompare(b.id)));
  // Whoever comes back to one of them is told that it is over.
  expect(await settle(spender, calls[0]!, 'complete', 30)).toBe(false);
  expect(await ledger.checkpoint(tenant_id, { id: calls[1]!, output_tokens: 9 })).toBe(false);
  expect(await findFaults(scene.superuser, tenant_id, supplier, { is_used_up: false })).toEqual([]);
  await ledger.close();
  await database.close();
});
