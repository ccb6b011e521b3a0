import { MOST_BUDGETS, type AlertsQuery, type Budget, type BudgetsQuery, type CreateBudgetInput, type PotsQuery, type RaiseBudgetInput, type UpdateBudgetInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano, toNano } from '../../nano.ts';
import { describeAlert, describeBudget, describePot } from './describe-budget.ts';
import { judgeDraft, judgeEnd, refuse, refuseWhere, type Issues } from './judge-draft.ts';
import { listOwnBudgets } from './own/list-own-budgets.ts';
import { endRaise, raiseBudget } from './raise-budget.ts';
import * as repository from './repository.ts';
import { simulateBudget } from './simulation/simulate-budget.ts';

export type BudgetService = ReturnType<typeof createBudgetService>;

/** Limits on what may be spent; what is spent and held against them is the ledger's. */
export function createBudgetService({ tenancy }: { tenancy: Tenancy }) {
  const inTenant = <T>(actor: Actor, work: (db: TenantDb) => Promise<T>) => tenancy.withTenant(actor.tenant_id, work);
  return {
    list: (actor: Actor, query: BudgetsQuery) =>
      inTenant(actor, async (db) => {
        const { items, pagination } = await repository.listBudgets(db, query);
        return { items: items.map((row) => describeBudget(row)), pagination };
      }),
    read: (actor: Actor, id: string) => inTenant(actor, async (db) => describeBudget(await getBudget(db, id))),
    create: (actor: Actor, input: CreateBudgetInput, caller: Caller) => inTenant(actor, (db) => createBudget(db, actor, input, caller)),
    update: (actor: Actor, id: string, version: number | null, input: UpdateBudgetInput, caller: Caller) => inTenant(actor, (db) => updateBudget(db, actor, id, version, input, caller)),
    remove: (actor: Actor, id: string, version: number | null, caller: Caller) => inTenant(actor, (db) => removeBudget(db, actor, id, version, caller)),
    raise: (actor: Actor, id: string, version: number | null, input: RaiseBudgetInput, caller: Caller) =>
      inTenant(actor, async (db) => {
        await raiseBudget(db, { actor, caller }, await lockBudget(db, id, version), input);
        return describeBudget(await getBudget(db, id));
      }),
    endRaise: (actor: Actor, id: string, version: number | null, caller: Caller) =>
      inTenant(actor, async (db) => {
        await endRaise(db, { actor, caller }, await lockBudget(db, id, version));
        return describeBudget(await getBudget(db, id));
      }),
    listPots: (actor: Actor, id: string, query: PotsQuery) =>
      inTenant(actor, async (db) => {
        const budget = await getBudget(db, id);
        const { items, pagination } = await repository.listPots(db, id, query);
        return { items: items.map((pot) => describePot(budget, pot)), pagination };
      }),
    listAlerts: (actor: Actor, query: AlertsQuery) =>
      inTenant(actor, async (db) => {
        const { items, pagination } = await repository.listAlerts(db, query);
        return { items: items.map(describeAlert), pagination };
      }),
    simulate: (actor: Actor, input: CreateBudgetInput) => simulateBudget(tenancy, actor.tenant_id, input),
    listMine: (actor: Actor) => inTenant(actor, async (db) => ({ items: await listOwnBudgets(db, actor.user_id) })),
  };
}

async function getBudget(db: TenantDb, id: string): Promise<repository.BudgetRow> {
  const row = await repository.findBudget(db, id);
  if (!row) throw new AppError('RESOURCE_NOT_FOUND');
  return row;
}

/** Holds a budget. Throws 3007 where it isn't there, 412 for a stale version. */
async function lockBudget(db: TenantDb, id: string, version: number | null): Promise<repository.LockedBudget> {
  const budget = await repository.lockBudget(db, id);
  if (!budget) throw new AppError('RESOURCE_NOT_FOUND');
  if (version !== null && version !== budget.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: budget.version } });
  return budget;
}

async function createBudget(db: TenantDb, actor: Actor, input: CreateBudgetInput, caller: Caller): Promise<Budget> {
  const { currency } = await repository.holdTenant(db);
  const subject = await judgeDraft(db, input);
  if ((await repository.countBudgets(db)) >= MOST_BUDGETS) throw new AppError('QUOTA_EXCEEDED', { details: { reason: 'too_many_budgets', limit: MOST_BUDGETS } });
  const { name, scope, per, period, ends_at, is_hard, warn_percent, enabled } = input;
  const starts_at = period === 'once' ? (input.starts_at ?? new Date().toISOString()) : null;
  const budget = { name, scope, per, period, starts_at, ends_at, is_hard, warn_percent, enabled, limit_nano: toNano(input.limit).toString() };
  const id = await repository.insertBudget(db, { ...budget, ...subject });
  const after = { ...input, starts_at, limit: fromNano(BigInt(budget.limit_nano)), currency };
  await appendAudit(db, { actor, caller }, { action: 'budgets.created', resource_type: 'budget', resource_id: id, details: { after } });
  return describeBudget(await getBudget(db, id));
}

async function updateBudget(db: TenantDb, actor: Actor, id: string, version: number | null, input: UpdateBudgetInput, caller: Caller): Promise<Budget> {
  const budget = await lockBudget(db, id, version);
  const before = pickChangeable(budget);
  const after: repository.BudgetChange = {
    name: input.name ?? before.name,
    limit_nano: input.limit === undefined ? before.limit_nano : toNano(input.limit).toString(),
    is_hard: input.is_hard ?? before.is_hard,
    warn_percent: input.warn_percent ?? before.warn_percent,
    ends_at: input.ends_at === undefined ? before.ends_at : input.ends_at,
    enabled: input.enabled ?? before.enabled,
  };
  judgeChange(budget, input);
  await repository.updateBudget(db, id, after);
  await appendAudit(db, { actor, caller }, { action: 'budgets.updated', resource_type: 'budget', resource_id: id, details: { before: describeForAudit(before), after: describeForAudit(after) } });
  return describeBudget(await getBudget(db, id));
}

function judgeChange(budget: repository.LockedBudget, { ends_at }: UpdateBudgetInput): void {
  if (ends_at === undefined || ends_at === null) return;
  const issues: Issues = [];
  if (budget.period !== 'once') refuse(issues, 'ends_at', 'only_for_once');
  // One that has ended keeps its end when the rest of it is changed.
  else if (ends_at !== budget.ends_at) judgeEnd(ends_at, budget.starts_at, issues);
  refuseWhere(issues);
}

async function removeBudget(db: TenantDb, actor: Actor, id: string, version: number | null, caller: Caller): Promise<void> {
  const budget = await lockBudget(db, id, version);
  await repository.removeBudget(db, id);
  const { scope, per, period, user_id, role_id, system_role, api_key_id, subject } = budget;
  const before = { ...describeForAudit(pickChangeable(budget)), scope, per, period, subject: user_id ?? role_id ?? system_role ?? api_key_id ?? subject };
  await appendAudit(db, { actor, caller }, { action: 'budgets.removed', resource_type: 'budget', resource_id: id, details: { before } });
}

const pickChangeable = ({ name, limit_nano, is_hard, warn_percent, ends_at, enabled }: repository.LockedBudget): repository.BudgetChange => ({ name, limit_nano: String(limit_nano), is_hard, warn_percent, ends_at, enabled });

const describeForAudit = ({ limit_nano, ...change }: repository.BudgetChange) => ({ ...change, limit: fromNano(BigInt(limit_nano)) });
