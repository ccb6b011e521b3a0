import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaults, LIMIT, openBudgetScene, rounds, watchLimits, watchSupplier, type BudgetScene } from './budget-scene.ts';
import { createChance, fates, spendOnce, spendTheRest, type Fate, type Spender } from './spend.ts';

const CALLERS = 200;
const ROUNDS = rounds(3);
const FIRST_SEED = Date.now() % 1_000_000;

let scene: BudgetScene;
beforeAll(async () => {
  scene = await openBudgetScene();
});
afterAll(() => scene.close());

/** 200 at once over two servers, each twice; then whatever is left; what is wrong afterwards. */
async function runRound(seed: number, fate: Fate, addBudgets: (tenant_id: string, user_id: string) => Promise<unknown>): Promise<string[]> {
  const { tenant_id, user_id } = await scene.newTenant();
  await addBudgets(tenant_id, user_id);
  const supplier = watchSupplier();
  const chance = createChance(seed);
  const watch = watchLimits(scene, tenant_id);
  const spenders = scene.ledgers.map((ledger): Spender => ({ ledger, tenant_id, user_id }));
  await Promise.all(Array.from({ length: CALLERS }, async (_, place) => {
    for (let turn = 0; turn < 2; turn++) await spendOnce(spenders[place % 2]!, fate, chance, supplier);
  }));
  await spendTheRest(spenders[0]!, supplier);
  const over = await watch.stop();
  expect(supplier.sent.size, `seed ${seed}`).toBeGreaterThan(LIMIT / 100);
  expect(supplier.refused.size, `seed ${seed}`).toBeGreaterThan(0);
  return [...over, ...(await findFaults(scene.superuser, tenant_id, supplier))];
}

const seeds = Array.from({ length: ROUNDS }, (_, round) => FIRST_SEED + round);

describe('a hard budget of 1,000, 200 callers at once, two servers', () => {
  it.each(fates)('holds, and is used up but for less than one call: %s', async (fate) => {
    for (const seed of seeds) expect(await runRound(seed, fate, (tenant_id) => scene.addBudget(tenant_id)), `seed ${seed}`).toEqual([]);
  }, 60_000 * ROUNDS);

  it('within others: a person’s, a model’s and a soft one', async () => {
    const addBudgets = async (tenant_id: string, user_id: string) => {
      await scene.addBudget(tenant_id);
      await scene.addBudget(tenant_id, { scope: 'user', user_id, limit_nano: 600 });
      await scene.addBudget(tenant_id, { scope: 'model', subject: 'm', limit_nano: 800, period: 'week' });
      await scene.addBudget(tenant_id, { scope: 'user', per: 'person', limit_nano: 5_000, period: 'day' });
    };
    for (const seed of seeds) expect(await runRound(seed, 'normal', addBudgets), `seed ${seed}`).toEqual([]);
  }, 60_000 * ROUNDS);
});

type Change = [from: string, to: string];

/** A function of the ledger's as its source has it, changed: a guard that is taken out must be missed. */
async function withChanged(name: string, changes: Change[], work: () => Promise<string[]>): Promise<string[]> {
  const { rows } = await scene.superuser.query<{ source: string }>('select pg_get_functiondef(oid) as source from pg_proc where proname = $1', [name]);
  const source = rows[0]?.source ?? '';
  for (const [from] of changes) expect(source).toContain(from);
  await scene.superuser.query(changes.reduce((text, [from, to]) => text.replaceAll(from, to), source));
  try {
    return await work();
  } finally {
    await scene.superuser.query(source);
  }
}

const plain = (seed: number) => runRound(seed, 'normal', (tenant_id) => scene.addBudget(tenant_id));
/** Time between the reading of a limit and what is done about it, in which another server decides too. */
const SLOW: Change = ['  free := array(', '  perform pg_sleep(0.01);\n  free := array('];

describe('what these proofs would miss', () => {
  const guards: [string, string, Change[], RegExp][] = [
    ['the lock before the limit is read', 'admit_calls', [SLOW, ['order by p.id for update;', 'order by p.id;']], /more was held|were spent of/],
    ['the price that was let in', 'settle_calls', [['when g.is_bound then', 'when false then']], /were spent of|more was held/],
    ['the sum of what is held', 'admit_calls', [['- l.reserved_nano', '']], /more was held|were spent of/],
    ['the pots of a record', 'settle_calls', [['e.maybe_billed, g.pots', `e.maybe_billed, '{}'`]], /and 0 recorded/],
    ['what a call gives back', 'settle_calls', [['p.reserved_nano - s.freed', 'p.reserved_nano']], /still held/],
  ];
  it.each(guards)('%s, taken out, is found', async (_name, in_function, changes, fault) => {
    const found = await withChanged(in_function, changes, async () => {
      const faults: string[] = [];
      // A race is lost sooner or later.
      for (let round = 0; round < 10 && !fault.test(faults.join('\n')); round++) faults.push(...(await plain(FIRST_SEED + round)));
      return faults;
    });
    expect(found.join('\n')).toMatch(fault);
  }, 120_000);

  it('is nothing where a turn takes its time', async () => {
    expect(await withChanged('admit_calls', [SLOW], () => plain(FIRST_SEED)), `seed ${FIRST_SEED}`).toEqual([]);
  }, 60_000);
});
