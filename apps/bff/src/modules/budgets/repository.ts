import type { AlertsQuery, Budget, BudgetsQuery, PotsQuery, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../crypto/digest.ts';
import { isUniqueViolation } from '../../db/database.ts';
import { escapeLike, listPage } from '../../db/list.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { currentWindow, fullestPot, holderName, periodEnd, stateOf, usedOf, wholeLimit } from './sql/repository.ts';

/** A budget as it stands now; amounts in nano-units. */
export interface BudgetRow {
  id: string;
  name: string;
  scope: Budget['scope'];
  subject_value: string | null;
  subject_name: string | null;
  per: Budget['per'];
  period: Budget['period'];
  starts_at: string | null;
  ends_at: string | null;
  limit_nano: string;
  whole_nano: string;
  is_hard: boolean;
  warn_percent: number;
  raise_nano: string | null;
  raise_ends_at: string | null;
  raise_reason: string | null;
  raised_by: string | null;
  raiser_name: string | null;
  enabled: boolean;
  state: Budget['state'];
  currency: string;
  period_start: string;
  period_end: string | null;
  pots: string | null;
  spent_nano: string | null;
  held_nano: string | null;
  holder_id: string | null;
  holder_name: string | null;
  tree: string;
  used: string;
  created_at: string;
  updated_at: string;
  version: number;
}

const shown = sql<BudgetRow>`(
  select b.id, b.name, b.scope, b.per, b.period, b.starts_at, b.ends_at, b.limit_nano, ${wholeLimit} as whole_nano, b.is_hard, b.warn_percent, b.enabled,
    coalesce(b.user_id::text, b.role_id::text, b.system_role, b.api_key_id::text, b.subject) as subject_value,
    coalesce((select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.user_id), (select r.name from roles r where r.tenant_id = b.tenant_id and r.id = b.role_id),
      b.system_role, (select k.name from api_keys k where k.tenant_id = b.tenant_id and k.id = b.api_key_id), b.subject) as subject_name,
    b.raise_nano, b.raise_ends_at, b.raise_reason, b.raised_by, (select u.name from users u where u.tenant_id = b.tenant_id and u.id = b.raised_by) as raiser_name,
    t.currency, w.period_start, w.period_end, p.pots, p.spent_nano, p.reserved_nano as held_nano,
    case when b.per <> 'together' then p.holder_id end as holder_id, ${holderName} as holder_name,
    ${stateOf} as state, ${usedOf} as used,
    array_position(array['tenant', 'role', 'user', 'api_key', 'model', 'workflow'], b.scope) || ' ' || lower(b.name) as tree, b.created_at, b.updated_at, b.version
  from budgets b join tenants t on t.id = b.tenant_id ${currentWindow} ${fullestPot})`;

const selectBudgets = (db: TenantDb) => db.selectFrom(shown.as('budgets')).selectAll();

export function listBudgets(db: TenantDb, query: BudgetsQuery) {
  let budgets = selectBudgets(db);
  if (query.scope) budgets = budgets.where('scope', '=', query.scope);
  if (query.period) budgets = budgets.where('period', '=', query.period);
  if (query.state) budgets = budgets.where('state', '=', query.state);
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    budgets = budgets.where(sql<boolean>`(name ilike ${like} or subject_name ilike ${like})`);
  }
  return listPage(budgets, query, query.sort_by === 'tree' || query.sort_by === 'name' ? 'asc' : 'desc');
}

export const findBudget = (db: TenantDb, id: string): Promise<BudgetRow | undefined> => selectBudgets(db).where('id', '=', id).executeTakeFirst();

/** Holds one budget until the transaction ends. */
export const lockBudget = (db: TenantDb, id: string) => db.selectFrom('budgets').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export type LockedBudget = NonNullable<Awaited<ReturnType<typeof lockBudget>>>;

/** How many budgets the tenant has; whoever asks next waits until this transaction is over. */
export async function countBudgets(db: TenantDb): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`budgets:${db.tenant_id}`}, 0))`.execute(db);
  const row = await db.selectFrom('budgets').select(sql<string>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function hasBudgets(db: TenantDb): Promise<boolean> {
  return (await db.selectFrom('budgets').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** The tenant's currency and zone, which nobody changes until the transaction ends. */
export async function holdTenant(db: TenantDb): Promise<{ currency: string; time_zone: string }> {
  return db.selectFrom('tenants').select(['currency', 'time_zone']).where('id', '=', db.tenant_id).forShare().executeTakeFirstOrThrow();
}

/** Whether the tenant has a user, role or key of that id, which stays until the transaction ends. */
export async function holdSubject(db: TenantDb, table: 'users' | 'roles' | 'api_keys', id: string): Promise<boolean> {
  return (await db.selectFrom(table).select('id').where('id', '=', id).forKeyShare().executeTakeFirst()) !== undefined;
}

export interface Subject {
  user_id: string | null;
  role_id: string | null;
  system_role: SystemRole | null;
  api_key_id: string | null;
  subject: string | null;
}
export interface BudgetChange {
  name: string;
  limit_nano: string;
  is_hard: boolean;
  warn_percent: number;
  ends_at: string | null;
  enabled: boolean;
}
export type NewBudget = BudgetChange & Subject & Pick<Budget, 'scope' | 'per' | 'period' | 'starts_at'>;

/** Throws 3005 where the tenant has a budget of that name, whatever its case. */
export async function insertBudget(db: TenantDb, budget: NewBudget): Promise<string> {
  const id = newId();
  await db.insertInto('budgets').values({ tenant_id: db.tenant_id, id, ...budget }).execute().catch(refuseTaken(budget.name));
  return id;
}

export async function updateBudget(db: TenantDb, id: string, change: BudgetChange): Promise<void> {
  await writeBudget(db, id, change).catch(refuseTaken(change.name));
}

/** A raise, or null for none. */
export async function replaceRaise(db: TenantDb, id: string, raise: { nano: string; ends_at: string; reason: string; by: string } | null): Promise<void> {
  await writeBudget(db, id, { raise_nano: raise?.nano ?? null, raise_ends_at: raise?.ends_at ?? null, raise_reason: raise?.reason ?? null, raised_by: raise?.by ?? null });
}

async function writeBudget(db: TenantDb, id: string, change: Partial<BudgetChange> | { raise_nano: string | null; raise_ends_at: string | null; raise_reason: string | null; raised_by: string | null }): Promise<void> {
  const changed = { ...change, updated_at: sql<string>`now()` };
  await db.updateTable('budgets').set((set) => ({ ...changed, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'name_taken', name }, cause: error });
    throw error;
  };
}

export async function removeBudget(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('budgets').where('id', '=', id).execute();
}

interface PotRow {
  id: string;
  created_at: string;
  spent_nano: string;
  held_nano: string;
  period_start: string;
  period_end: string | null;
  holder_id: string | null;
  holder_name: string | null;
}

/** Of one budget, the fullest or the newest first. */
export function listPots(db: TenantDb, budget_id: string, query: PotsQuery) {
  const pots = sql<PotRow>`(
    select p.id, p.created_at, p.spent_nano, p.reserved_nano as held_nano, p.period_start, ${periodEnd} as period_end, case when b.per <> 'together' then p.holder_id end as holder_id, ${holderName} as holder_name
    from budget_pots p join budgets b on b.tenant_id = p.tenant_id and b.id = p.budget_id
    where p.budget_id = ${budget_id} ${query.current === undefined ? sql`` : query.current === 'true' ? sql`and p.period_end > now()` : sql`and p.period_end <= now()`})`;
  const found = db.selectFrom(pots.as('pots')).selectAll();
  return listPage(query.search ? found.where('holder_name', 'ilike', `%${escapeLike(query.search)}%`) : found, query);
}

interface AlertRow {
  id: string;
  budget_id: string;
  name: string;
  holder_id: string | null;
  holder_name: string | null;
  percent: number;
  spent_nano: string;
  limit_nano: string;
  currency: string;
  created_at: string;
  delivered_at: string | null;
  failure: string | null;
}

export function listAlerts(db: TenantDb, query: AlertsQuery) {
  const alerts = sql<AlertRow>`(
    select a.id, a.budget_id, b.name, case when b.per <> 'together' then p.holder_id end as holder_id, ${holderName} as holder_name,
      a.percent, a.spent_nano, a.limit_nano, t.currency, a.created_at, a.delivered_at, a.failure
    from budget_alerts a join budgets b on b.tenant_id = a.tenant_id and b.id = a.budget_id join tenants t on t.id = a.tenant_id
      left join budget_pots p on p.tenant_id = a.tenant_id and p.id = a.pot_id)`;
  let found = db.selectFrom(alerts.as('alerts')).selectAll();
  if (query.budget_id) found = found.where('budget_id', '=', query.budget_id);
  if (query.search) found = found.where('name', 'ilike', `%${escapeLike(query.search)}%`);
  return listPage(found, query);
}
