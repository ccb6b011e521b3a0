import { Client } from 'pg';
import { newId } from '../../src/crypto/digest.ts';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { createTenancy } from '../../src/db/tenancy.ts';
import { createLedger, type Ledger } from '../../src/modules/ledger/ledger.ts';
import { createTestDatabase, type TestDatabase } from '../postgres.ts';
import { DEAREST, type Supplier } from './spend.ts';

export const LIMIT = 1_000;

/** How often each proof is made anew, with another seed; more for a long run. */
export const rounds = (usual: number) => Number(process.env['LYSS_PROOF_ROUNDS'] ?? usual);

export interface BudgetScene {
  database: TestDatabase;
  superuser: Client;
  /** Two, over connections of their own, as two servers have. */
  ledgers: [Ledger, Ledger];
  newTenant(time_zone?: string): Promise<{ tenant_id: string; user_id: string }>;
  addBudget(tenant_id: string, more?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export async function openBudgetScene(): Promise<BudgetScene> {
  const database = await createTestDatabase();
  const superuser = new Client({ connectionString: database.superuser_url });
  await superuser.connect();
  const databases: Database[] = [0, 1].map(() => openDatabase({ app_url: database.app_url, max: 8, onError: () => undefined }));
  const [first, second] = databases.map((of) => createLedger(createTenancy(of), newId()));
  if (!first || !second) throw new Error('there are two');
  return {
    ...{ database, superuser, ledgers: [first, second] },
    async newTenant(time_zone = 'UTC') {
      const [tenant_id, user_id] = [newId(), newId()];
      await superuser.query(`insert into tenants (id, name, workspace, locale, currency, time_zone) values ($1, 'T', $2, 'en-US', 'USD', $3)`, [tenant_id, `w-${tenant_id.slice(-12)}`, time_zone]);
      await superuser.query(`insert into users (tenant_id, id, email, name, roles, locale) values ($1, $2, 'u@example.com', 'U', '{end_user}', 'en-US')`, [tenant_id, user_id]);
      return { tenant_id, user_id };
    },
    async addBudget(tenant_id, more = {}) {
      const id = newId();
      const row: Record<string, unknown> = { tenant_id, id, name: id, scope: 'tenant', period: 'month', limit_nano: LIMIT, ...more };
      const names = Object.keys(row);
      await superuser.query(`insert into budgets (${names.join()}) values (${names.map((_, place) => `$${place + 1}`).join()})`, Object.values(row));
      return id;
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
      await Promise.all(databases.map((of) => of.close()));
      await superuser.end();
      await database.drop();
    },
  };
}

/** What a supplier has seen, and what was refused. */
export function watchSupplier(): Supplier & { sent: Set<string>; refused: Set<string> } {
  const [sent, refused] = [new Set<string>(), new Set<string>()];
  return { sent, refused, onSent: (id) => void sent.add(id), onRefused: (id) => void refused.add(id) };
}

interface Pot {
  budget_id: string;
  limit_nano: string;
  spent_nano: string;
  reserved_nano: string;
  recorded: string;
}

/**
 * Everything that is wrong once all calls have ended, in words; it shares no code with the ledger. `is_used_up`: callers tried
 * until they were refused, so that less than one dearest call may be left of the tightest budget.
 */
export async function findFaults(superuser: Client, tenant_id: string, supplier: { sent: Set<string>; refused: Set<string> }, { is_used_up = true } = {}): Promise<string[]> {
  const list = async <R extends object>(text: string) => (await superuser.query(text, [tenant_id])).rows as R[];
  const pots = await list<Pot>(`select p.*, b.limit_nano, (select coalesce(sum(u.cost_nano), 0) from usage_records u where u.tenant_id = p.tenant_id and p.id = any (u.pots)) as recorded
    from budget_pots p join budgets b on b.id = p.budget_id where p.tenant_id = $1`);
  const records = await list<{ id: string; cost_nano: string }>('select id, cost_nano from usage_records where tenant_id = $1');
  const open = await list<{ id: string }>('select id from reservations where tenant_id = $1');
  const [hours] = await list<{ requests: string; cost: string }>('select coalesce(sum(requests), 0) as requests, coalesce(sum(cost_nano), 0) as cost from usage_hours where tenant_id = $1');
  const ids = new Set(records.map(({ id }) => id));
  const free = pots.map(({ limit_nano, spent_nano }) => Number(limit_nano) - Number(spent_nano));
  const total = records.reduce((sum, { cost_nano }) => sum + Number(cost_nano), 0);
  return [
    ...pots.flatMap(({ budget_id, limit_nano, spent_nano, reserved_nano, recorded }) => [
      ...(Number(spent_nano) > Number(limit_nano) ? [`${budget_id}: ${spent_nano} were spent of ${limit_nano}`] : []),
      ...(reserved_nano === '0' ? [] : [`${budget_id}: ${reserved_nano} are still held`]),
      ...(recorded === spent_nano ? [] : [`${budget_id}: ${spent_nano} were spent, and ${recorded} recorded`]),
    ]),
    ...open.map(({ id }) => `${id} is still open`),
    ...(is_used_up && Math.min(...free) >= DEAREST ? [`${Math.min(...free)} could still be spent, and nobody may`] : []),
    ...[...supplier.refused].filter((id) => supplier.sent.has(id) || ids.has(id)).map((id) => `${id} was refused, and made`),
    ...[...supplier.sent].filter((id) => !ids.has(id)).map((id) => `${id} was made, and not recorded`),
    ...(ids.size === records.length ? [] : ['a call has two records']),
    ...(Number(hours?.requests) === records.length && Number(hours?.cost) === total ? [] : [`hours tell of ${hours?.requests} calls at ${hours?.cost}, records of ${records.length} at ${total}`]),
  ];
}

/** Looks again and again whether more is held and spent than a hard budget has, at any moment; in words, once it is stopped. */
export function watchLimits(scene: BudgetScene, tenant_id: string): { stop(): Promise<string[]> } {
  const over = new Set<string>();
  const stopped = new AbortController();
  const watching = (async () => {
    while (!stopped.signal.aborted) {
      const { rows } = await scene.superuser.query<{ id: string }>('select b.id from budget_pots p join budgets b on b.id = p.budget_id where p.tenant_id = $1 and b.is_hard and p.spent_nano + p.reserved_nano > b.limit_nano', [tenant_id]);
      for (const { id } of rows) over.add(`${id}: more was held and spent than it has`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await watching;
      return [...over];
    },
  };
}
