import { MOST_SIMULATED, SIMULATED_DAYS, type BudgetSimulation, type CreateBudgetInput } from '@lyss/api-types';
import type { Tenancy } from '../../../db/tenancy.ts';
import { toNano } from '../../../nano.ts';
import { money } from '../describe-budget.ts';
import { judgeDraft } from '../judge-draft.ts';
import { holdTenant } from '../repository.ts';
import { listNames, listRecords, type SimulatedRecord } from './repository.ts';
import { createSimulation, type Outcome } from './simulation.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 10_000;
const MOST_HIT = 10;

/** What a budget would have done to the last 31 days; read piece by piece, at most so many records, so that no transaction is long. */
export async function simulateBudget(tenancy: Tenancy, tenant_id: string, draft: CreateBudgetInput, most = MOST_SIMULATED): Promise<BudgetSimulation> {
  const now = new Date();
  const from = new Date(now.getTime() - SIMULATED_DAYS * DAY_MS).toISOString();
  const { subject, tenant } = await tenancy.withTenant(tenant_id, async (db) => ({ tenant: await holdTenant(db), subject: await judgeDraft(db, draft) }));
  const budget = { ...subject, scope: draft.scope, per: draft.per, period: draft.period };
  const simulation = createSimulation({ limit: toNano(draft.limit), is_hard: draft.is_hard });
  let last: SimulatedRecord | null = null;
  let left = most;
  for (let asked = AT_ONCE; left > 0; ) {
    asked = Math.min(AT_ONCE, left);
    const records: SimulatedRecord[] = await tenancy.withTenant(tenant_id, (db) => listRecords(db, budget, from, last, asked));
    records.forEach(simulation.take);
    last = records.at(-1) ?? last;
    left -= records.length;
    if (records.length < asked) break;
  }
  const more = left === 0 && (await tenancy.withTenant(tenant_id, (db) => listRecords(db, budget, from, last, 1))).length > 0;
  const outcome = simulation.end();
  const hit = [...outcome.hit].sort(([, one], [, other]) => other.refused - one.refused).slice(0, MOST_HIT);
  const names = await tenancy.withTenant(tenant_id, (db) => listNames(db, draft.per, hit.map(([id]) => id)));
  const to = more && last ? last.created_at : now.toISOString();
  return { from, to, is_cut: more, ...describeOutcome(outcome, tenant.currency), hit: hit.map(([id, found]) => ({ holder: id === '' ? null : { id, name: names.get(id) ?? '' }, ...found })) };
}

function describeOutcome({ requests, refused, unpriced, cost, refused_cost, days }: Outcome, currency: string): Omit<BudgetSimulation, 'from' | 'to' | 'is_cut' | 'hit'> {
  return { requests, refused, unpriced, cost: money(cost, currency), refused_cost: money(refused_cost, currency), days: days.map((day) => ({ ...day, cost: money(day.cost, currency) })) };
}
