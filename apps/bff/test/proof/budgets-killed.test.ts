import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findFaults, LIMIT, openBudgetScene, rounds, watchLimits, watchSupplier, type BudgetScene } from './budget-scene.ts';
import { createChance, spendTheRest } from './spend.ts';
import { killProcess } from './server-processes.ts';

const replica = fileURLToPath(new URL('../spend-replica.ts', import.meta.url));
const CALLERS = 100;
const TURNS = 10;
const LEASE_MS = 1_500;
// A sweep, and a machine that is busy with other tests.
const SLACK_MS = 20_000;
const FIRST_SEED = Date.now() % 1_000_000;

let scene: BudgetScene;
const children: ChildProcess[] = [];
beforeAll(async () => {
  scene = await openBudgetScene();
});
afterEach(async () => {
  for (const child of children.splice(0)) await killProcess(child);
});
afterAll(() => scene.close());

type Watched = ReturnType<typeof watchSupplier>;

interface Replica {
  child: ChildProcess;
  begin(): void;
  isDone(): boolean;
  /** '' until it lives. */
  instance_id(): string;
  countSent(): number;
}

/** A server as a process; its supplier is whoever reads what it says. */
function startReplica(person: { tenant_id: string; user_id: string }, supplier: Watched, seed: number): Replica {
  const args = [scene.database.app_url, person.tenant_id, person.user_id, seed, CALLERS, TURNS, LEASE_MS].map(String);
  const child = spawn(process.execPath, [replica, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const said = new Map<string, string>();
  let rest = '';
  let sent = 0;
  child.stdout?.on('data', (part: Buffer) => {
    const lines = (rest + part.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [what = '', id = ''] = line.split(' ');
      sent += what === 'sent' ? 1 : 0;
      if (what === 'sent') supplier.onSent(id);
      else if (what === 'refused') supplier.onRefused(id);
      else said.set(what, id);
    }
  });
  return { child, begin: () => void child.stdin?.write('go\n'), isDone: () => said.has('done'), instance_id: () => said.get('lives') ?? '', countSent: () => sent };
}

const count = async (text: string, values: unknown[]) => Number((await scene.superuser.query<{ n: string }>(`select count(*) as n from ${text}`, values)).rows[0]?.n);
const countOpen = (tenant_id: string) => count('reservations where tenant_id = $1', [tenant_id]);

it.each(Array.from({ length: rounds(2) }, (_, round) => FIRST_SEED + round))('a server that is killed with -9 while 200 call leaves a budget of 1,000 whole, and nothing held (seed %i)', async (seed) => {
  const person = await scene.newTenant();
  await scene.addBudget(person.tenant_id);
  const supplier = watchSupplier();
  const chance = createChance(seed);
  const watch = watchLimits(scene, person.tenant_id);
  const [first, second] = [startReplica(person, supplier, seed), startReplica(person, supplier, seed + 1)];
  const begin = async (...replicas: Replica[]) => {
    await expect.poll(() => replicas.every((one) => one.instance_id() !== ''), { timeout: 60_000 }).toBe(true);
    for (const one of replicas) one.begin();
  };
  await begin(first, second);
  // In the middle of whatever it does then: what is held is nearly everything.
  const enough = 1 + Math.floor(chance() * (LIMIT / 100));
  await expect.poll(() => first.countSent(), { interval: 1, timeout: 30_000 }).toBeGreaterThan(enough);
  await killProcess(first.child);
  const left = await count('reservations where instance_id::text = $1', [first.instance_id()]);
  expect(left, `seed ${seed}: nothing was open when it was killed`).toBeGreaterThan(0);
  await expect.poll(() => second.isDone(), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => countOpen(person.tenant_id), { timeout: LEASE_MS + SLACK_MS }).toBe(0);
  // Callers try again, at a server that has just started.
  const third = startReplica(person, supplier, seed + 2);
  await begin(third);
  await expect.poll(() => third.isDone(), { timeout: 30_000 }).toBe(true);
  await spendTheRest({ ledger: scene.ledgers[0], ...person }, supplier);
  const over = await watch.stop();
  const faults = await findFaults(scene.superuser, person.tenant_id, supplier);
  // A call that was let in, and whose server died before it could send it: its end is recorded, and that it may have been billed.
  expect([...over, ...faults], `seed ${seed}, killed with ${left} open`).toEqual([]);
}, 120_000);
