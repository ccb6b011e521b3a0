import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { newId } from '../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import type { Asking } from '../../spending.ts';
import { createLedger } from './ledger.ts';
import { removeOldPots } from './remove-pots.job.ts';
import { createCallSweeper } from './sweep.job.ts';
import { createLedgerVerifier, findDifferences } from './verify.job.ts';

let app: TestApp;
let person: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  person = await app.signInAs('tenant_admin', { tenant: 'new' });
  await inTenant((db) => db.insertInto('budgets').values({ tenant_id: db.tenant_id, id: newId(), name: 'All', scope: 'tenant', period: 'month', limit_nano: '1000000' }).execute());
});
afterAll(() => app.close());

const inTenant = <T>(work: (db: TenantDb) => Promise<T>) => app.context.tenancy.withTenant(person.tenant_id, work);
const openLedger = (lease_ms?: number, instance_id = newId()) => ({ instance_id, ledger: createLedger(app.context.tenancy, instance_id, lease_ms) });
const call = (more: Partial<Asking> = {}): Asking => ({
  ...{ id: newId(), surface: 'gateway', user_id: person.user_id, api_key_id: null, conversation_id: null, reply_id: null, workflow: null, request_id: 'r', model: 'm', route: null },
  ...{ supplier: 'custom', supplier_model: 'm', credential_id: null, is_stream: true, price: { input: '0.001', output: '0.001', cached_input: null, currency: 'USD' }, currency: 'USD' },
  ...{ amount_nano: 100n, least_nano: null, input_tokens: 3, ...more },
});
const fail = (_id: string, error: unknown) => {
  throw error;
};
const createSweep = (instance_id: string, { isGone = true, holds = (_id: string): boolean => false } = {}) => createCallSweeper({ tenancy: app.context.tenancy, instance_id, isGone: async () => isGone, holds, onFailure: fail });
const expire = (id: string, ago = '1 second') => inTenant((db) => db.updateTable('reservations').set({ lease_ends_at: sql<string>`now() - ${ago}::interval` }).where('id', '=', id).execute());
const isOpen = (id: string) => inTenant(async (db) => (await db.selectFrom('reservations').select('id').where('id', '=', id).execute()).length === 1);
const findRecord = (id: string) => inTenant((db) => db.selectFrom('usage_records').select(['outcome', 'input_tokens', 'output_tokens', 'cost_nano', 'maybe_billed']).where('id', '=', id).executeTakeFirst());
const heldNow = () => inTenant(async (db) => Number((await db.selectFrom('budget_pots').select('reserved_nano').executeTakeFirst())?.reserved_nano ?? 0));

describe('a call that nobody ends', () => {
  it('is ended at its last checkpoint once its lease has run out', async () => {
    const { ledger } = openLedger();
    const asked = call();
    await ledger.reserve(person.tenant_id, asked);
    await ledger.checkpoint(person.tenant_id, { id: asked.id, output_tokens: 5 });
    expect(await createSweep(newId()).sweep()).toBe(0);
    await expire(asked.id);
    expect(await createSweep(newId()).sweep()).toBe(1);
    expect(await findRecord(asked.id)).toEqual({ outcome: 'interrupted', input_tokens: '3', output_tokens: '5', cost_nano: '8', maybe_billed: false });
    expect(await heldNow()).toBe(0);
  });

  it('costs nothing where nothing had come, though its supplier may want something', async () => {
    const { ledger } = openLedger(0);
    const asked = call();
    await ledger.reserve(person.tenant_id, asked);
    expect(await createSweep(newId()).sweep()).toBe(1);
    expect(await findRecord(asked.id)).toEqual({ outcome: 'interrupted', input_tokens: '0', output_tokens: '0', cost_nano: '0', maybe_billed: true });
  });

  it('is left to its process while that lives and makes it, and ended where it stands still', async () => {
    const { ledger, instance_id } = openLedger();
    const asked = call();
    await ledger.reserve(person.tenant_id, asked);
    await expire(asked.id);
    expect(await createSweep(newId(), { isGone: false }).sweep()).toBe(0);
    expect(await createSweep(instance_id, { holds: ledger.holds }).sweep()).toBe(0);
    await ledger.renew();
    expect(await createSweep(newId()).sweep()).toBe(0);
    await expire(asked.id, '10 minutes');
    expect(await createSweep(newId(), { isGone: false }).sweep()).toBe(1);
    await ledger.renew();
    expect(ledger.holds(asked.id)).toBe(false);
  });

  it('and that its own process has forgotten, is ended by it', async () => {
    const { ledger, instance_id } = openLedger();
    const asked = call();
    await ledger.reserve(person.tenant_id, asked);
    await expire(asked.id);
    expect(await createSweep(instance_id).sweep()).toBe(1);
  });

  it('as its process stops, is ended at once, whatever its lease; another’s is not', async () => {
    const [own, other] = [openLedger(), openLedger()];
    const [mine, theirs] = [call(), call()];
    await own.ledger.reserve(person.tenant_id, mine);
    await other.ledger.reserve(person.tenant_id, theirs);
    expect(await createSweep(own.instance_id).endOwn()).toBe(1);
    expect([await isOpen(mine.id), await isOpen(theirs.id)]).toEqual([false, true]);
    await other.ledger.release(person.tenant_id, theirs.id);
  });

  it('of a reply that was never saved leaves no trace', async () => {
    const { ledger } = openLedger(0);
    const id = newId();
    await ledger.reserve(person.tenant_id, call({ id, surface: 'chat', reply_id: id }));
    expect(await createSweep(newId()).sweep()).toBe(1);
    expect([await isOpen(id), await findRecord(id)]).toEqual([false, undefined]);
  });
});

it('a call that was let in and not made is given back, once, and no record tells of it', async () => {
  const { ledger } = openLedger();
  const asked = call();
  await ledger.reserve(person.tenant_id, asked);
  expect(await heldNow()).toBe(100);
  const told = await Promise.all([ledger.release(person.tenant_id, asked.id), ledger.release(person.tenant_id, asked.id)]);
  expect(told.toSorted()).toEqual([false, true]);
  expect([await heldNow(), await findRecord(asked.id)]).toEqual([0, undefined]);
});

it('what is wrong with one call fails that call alone', async () => {
  const { ledger } = openLedger();
  const [good, bad] = [call(), call({ model: 'a\u0000b' })];
  const answers = await Promise.allSettled([bad, good].map((asked) => ledger.reserve(person.tenant_id, asked)));
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  await ledger.release(person.tenant_id, good.id);
});

describe('verifying', () => {
  it('finds what a pot says and its records don’t, tells the log and the operators once, and mends nothing', async () => {
    expect(await findDifferences(app.context.tenancy, person.tenant_id)).toEqual([]);
    const found: string[] = [];
    const verifier = createLedgerVerifier({ tenancy: app.context.tenancy, onDifference: (tenant_id, [first]) => void found.push(`${tenant_id} ${first?.spent_nano} ${first?.recorded_nano} ${first?.reserved_nano} ${first?.held_nano}`), onFailure: fail });
    expect(await verifier.verify()).toBe(0);
    const spent = await inTenant(async (db) => Number((await db.selectFrom('budget_pots').select('spent_nano').executeTakeFirstOrThrow()).spent_nano));
    await inTenant((db) => db.updateTable('budget_pots').set({ spent_nano: String(spent + 1), reserved_nano: '7' }).execute());
    expect([await verifier.verify(), await verifier.verify(), verifier.count()]).toEqual([1, 1, 1]);
    expect(found[0]).toBe(`${person.tenant_id} ${spent + 1} ${spent} 7 0`);
    const entries = await app.context.tenancy.withPlatform((db) => db.selectFrom('platform_audit_entries').select(['resource_id', 'outcome']).where('action', '=', 'ledger.difference_found').execute());
    expect(entries).toEqual([{ resource_id: person.tenant_id, outcome: 'failed' }]);
    await inTenant((db) => db.updateTable('budget_pots').set({ spent_nano: String(spent), reserved_nano: '0' }).execute());
  });

  it('is done once a night, after two', async () => {
    let looked = 0;
    const tenancy = { ...app.context.tenancy, withPlatform: (work: never) => (looked++, app.context.tenancy.withPlatform(work)) } as Tenancy;
    const verifier = createLedgerVerifier({ tenancy, onDifference: () => undefined, onFailure: fail });
    vi.useFakeTimers({ toFake: ['Date'] });
    const looks = [];
    for (const at of ['2026-11-24T01:30:00Z', '2026-11-24T02:30:00Z', '2026-11-24T03:30:00Z', '2026-11-25T00:30:00Z', '2026-11-25T02:10:00Z']) {
      vi.setSystemTime(at);
      await verifier.verifyAtNight();
      looks.push(looked);
    }
    vi.useRealTimers();
    expect(looks).toEqual([0, 1, 1, 1, 2]);
  });
});

it('pots are kept for thirteen months', async () => {
  const budget_id = newId();
  const pot = (days: number) => ({ tenant_id: person.tenant_id, id: newId(), budget_id, holder_id: budget_id, period_start: new Date(Date.now() - (days + 1) * 86_400_000), period_end: new Date(Date.now() - days * 86_400_000) });
  await inTenant(async (db) => {
    await db.insertInto('budgets').values({ tenant_id: db.tenant_id, id: budget_id, name: 'Old', scope: 'tenant', period: 'day', limit_nano: '1' }).execute();
    await db.insertInto('budget_pots').values([pot(399), pot(401), pot(402)]).execute();
  });
  expect(await removeOldPots(app.context.tenancy, 1)).toBe(2);
  expect(await inTenant((db) => db.selectFrom('budget_pots').select('id').where('budget_id', '=', budget_id).execute())).toHaveLength(1);
});
