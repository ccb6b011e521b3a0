import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { amount, money } from './money.ts';
import { label } from './text.ts';

export const budgetScopes = ['tenant', 'user', 'role', 'api_key', 'model', 'workflow'] as const;
export const budgetPeriods = ['day', 'week', 'month', 'once'] as const;
/** `together`: one pot for all that it is about; else one for each person or key. */
export const budgetPers = ['together', 'person', 'api_key'] as const;
/** `waiting` and `ended` are those for once outside their time; `used_up` where no more than half a percent is left: no call fits into that. */
export const budgetStates = ['ok', 'warned', 'used_up', 'off', 'waiting', 'ended'] as const;
export const LONGEST_RAISE_DAYS = 31;
export const MOST_BUDGETS = 500;
export const SIMULATED_DAYS = 31;
export const MOST_SIMULATED = 200_000;
export const MOST_ALERT_EMAILS = 20;

/** What one pot has in its period: `spent` is settled, `held` is reserved by calls that run, `free` is what is left for new ones. */
const standing = z.strictObject({ limit: money, spent: money, held: money, free: money, period_start: instant, period_end: instant.nullable() });

export const budgetRaise = z.strictObject({ amount: money, ends_at: instant, reason: z.string(), by: z.strictObject({ user_id: id, name: z.string() }).nullable() }).meta({ id: 'BudgetRaise' });

export const budget = z
  .strictObject({
    id,
    name: z.string(),
    scope: z.enum(budgetScopes),
    subject: z.strictObject({ value: z.string().describe('A user’s, role’s or key’s id, a system role, or a model’s or workflow’s name'), name: z.string() }).nullable().describe('Null for all of its scope'),
    per: z.enum(budgetPers),
    period: z.enum(budgetPeriods),
    starts_at: instant.nullable().describe('Of a budget for once'),
    ends_at: instant.nullable(),
    limit: money,
    is_hard: z.boolean().describe('Whether a call that would pass it is refused; else it only warns'),
    warn_percent: z.int(),
    raise: budgetRaise.nullable(),
    enabled: z.boolean(),
    state: z.enum(budgetStates),
    now: standing.extend({ holder: z.strictObject({ id, name: z.string() }).nullable().describe('Whose the fullest one is'), pots: z.int().describe('How many have spent or hold something now; figures are those of the fullest one'), forecast: money.nullable().describe('What will be spent at the period’s end if it goes on like this; null where it is too early to say') }).nullable().describe('Null while nothing was spent in this period'),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'Budget' });
export type Budget = z.infer<typeof budget>;

export const budgetPot = standing.extend({ id, holder: z.strictObject({ id, name: z.string() }).nullable() }).meta({ id: 'BudgetPot' });
export type BudgetPot = z.infer<typeof budgetPot>;

export const budgetAlert = z
  .strictObject({ id, budget_id: id, name: z.string(), holder: z.strictObject({ id, name: z.string() }).nullable(), percent: z.int(), spent: money, limit: money, at: instant, delivered_at: instant.nullable(), failure: z.string().nullable() })
  .meta({ id: 'BudgetAlert' });
export type BudgetAlert = z.infer<typeof budgetAlert>;

const draft = z.strictObject({
  name: label(80),
  scope: z.enum(budgetScopes),
  subject: label(300).nullable().default(null),
  per: z.enum(budgetPers).default('together'),
  period: z.enum(budgetPeriods),
  starts_at: instant.nullable().default(null),
  ends_at: instant.nullable().default(null),
  limit: amount,
  is_hard: z.boolean().default(true),
  warn_percent: z.int().min(1).max(100).default(80),
  enabled: z.boolean().default(true),
});
export type CreateBudgetInput = z.output<typeof draft>;
const updateBody = z.strictObject({ name: label(80).optional(), limit: amount.optional(), is_hard: z.boolean().optional(), warn_percent: z.int().min(1).max(100).optional(), ends_at: instant.nullable().optional(), enabled: z.boolean().optional() });
export type UpdateBudgetInput = z.output<typeof updateBody>;
const raiseBody = z.strictObject({ amount, ends_at: instant.describe(`In the future, at most ${LONGEST_RAISE_DAYS} days ahead`), reason: label(200) });
export type RaiseBudgetInput = z.output<typeof raiseBody>;

/** What a budget would have done to the last 31 days as they were. */
export const budgetSimulation = z
  .strictObject({
    from: instant,
    to: instant,
    is_cut: z.boolean().describe(`Whether there were more than ${MOST_SIMULATED} requests: the first of them alone were looked at, up to \`to\``),
    unpriced: z.int().describe('Requests without a known price in the tenant’s currency: a hard budget lets such in no more'),
    requests: z.int().describe('Requests that it would have counted'),
    refused: z.int(),
    cost: money,
    refused_cost: money,
    days: z.array(z.strictObject({ day: z.string(), cost: money, refused: z.int(), highest_percent: z.int() })),
    hit: z.array(z.strictObject({ holder: z.strictObject({ id, name: z.string() }).nullable(), refused: z.int(), first_at: instant })).describe('Whom it would have stopped, most first, ten at most'),
  })
  .meta({ id: 'BudgetSimulation' });
export type BudgetSimulation = z.infer<typeof budgetSimulation>;

export const budgetsQuery = listQuery(['tree', 'name', 'limit_nano', 'used', 'created_at'], {
  scope: z.enum(budgetScopes).optional(),
  period: z.enum(budgetPeriods).optional(),
  state: z.enum(budgetStates).optional(),
});
export type BudgetsQuery = z.output<typeof budgetsQuery>;
export const potsQuery = listQuery(['created_at', 'spent_nano'], { current: z.enum(['true', 'false']).optional().describe('This period’s alone, or those before') });
export type PotsQuery = z.output<typeof potsQuery>;
export const alertsQuery = listQuery(['created_at'], { budget_id: id.optional() });
export type AlertsQuery = z.output<typeof alertsQuery>;
/** What a person sees of a budget that their calls count against: of one that others spend too, how it stands and no figures. */
export const ownBudget = z
  .strictObject({ id, name: z.string(), period: z.enum(budgetPeriods), is_hard: z.boolean(), holder: z.strictObject({ id, name: z.string() }).nullable().describe('The API key, of a budget per key'), is_shared: z.boolean(), state: z.enum(budgetStates), now: standing.nullable() })
  .meta({ id: 'OwnBudget' });
export type OwnBudget = z.infer<typeof ownBudget>;
const params = z.strictObject({ id });
const path = '/api/v1/admin/budgets';

export const budgetEndpoints = {
  list: endpoint({ method: 'GET', path, summary: 'Budgets, with what each has spent, holds and has left', query: budgetsQuery, data: page(budget), permission: 'budgets.read' }),
  read: endpoint({ method: 'GET', path: `${path}/{id}`, summary: 'One budget', params, data: budget, errors: ['RESOURCE_NOT_FOUND'], permission: 'budgets.read' }),
  create: endpoint({
    method: 'POST',
    path,
    summary: 'Add a budget, which counts from now on',
    body: draft,
    data: budget,
    status: 201,
    errors: ['RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED', 'QUOTA_EXCEEDED'],
    permission: 'budgets.write',
    audit: 'budgets.created',
  }),
  update: endpoint({
    method: 'PATCH',
    path: `${path}/{id}`,
    summary: 'Change a budget; a lower limit holds for the next call on, those that run end as they were let in',
    params,
    body: updateBody,
    data: budget,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'budgets.write',
    audit: 'budgets.updated',
  }),
  remove: endpoint({ method: 'DELETE', path: `${path}/{id}`, summary: 'Delete a budget; what was spent stays in the usage', params, status: 204, errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'], permission: 'budgets.write', versioned: true, audit: 'budgets.removed' }),
  raise: endpoint({
    method: 'POST',
    path: `${path}/{id}/raise`,
    summary: 'Raise a budget for a while, with a reason that the audit keeps; it ends by itself',
    params,
    body: raiseBody,
    data: budget,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'budgets.write',
    versioned: true,
    audit: 'budgets.raised',
  }),
  endRaise: endpoint({ method: 'DELETE', path: `${path}/{id}/raise`, summary: 'End a raise now', params, data: budget, errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'], permission: 'budgets.write', versioned: true, audit: 'budgets.raise_ended' }),
  listPots: endpoint({ method: 'GET', path: `${path}/{id}/pots`, summary: 'Of a budget per person or key: each one’s, by period', params, query: potsQuery, data: page(budgetPot), errors: ['RESOURCE_NOT_FOUND'], permission: 'budgets.read' }),
  simulate: endpoint({ method: 'POST', path: `${path}/simulations`, summary: 'What a budget would have done in the last 31 days; nothing is stored', body: draft, data: budgetSimulation, permission: 'budgets.read' }),
  listAlerts: endpoint({ method: 'GET', path: '/api/v1/admin/budget-alerts', summary: 'Thresholds that were reached, and whether whoever is to be told has been', query: alertsQuery, data: page(budgetAlert), permission: 'budgets.read' }),
  listMine: endpoint({
    method: 'GET',
    path: '/api/v1/budgets',
    summary: 'The budgets that my own calls count against: with what is left of those that are mine alone, and the state of those that I share',
    data: z.strictObject({ items: z.array(ownBudget) }),
    permission: 'chat.use',
  }),
};
