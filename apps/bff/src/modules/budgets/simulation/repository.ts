import { sql } from 'kysely';
import type { TenantDb } from '../../../db/tenancy.ts';
import type { NewBudget } from '../repository.ts';

export type SimulatedBudget = Pick<NewBudget, 'scope' | 'per' | 'period' | 'user_id' | 'role_id' | 'system_role' | 'api_key_id' | 'subject'>;
export interface SimulatedRecord {
  id: string;
  created_at: string;
  /** Null where nobody knew its price in the tenant's currency. */
  cost_nano: string | null;
  /** Null for a pot that all share. */
  holder_id: string | null;
  /** The tenant's own day, and the first of the period that it lies in. */
  day: string;
  period: string;
}

/** As `match_budgets` matches calls, with today's roles. */
function matches(budget: SimulatedBudget) {
  const { scope, user_id, role_id, system_role, api_key_id, subject } = budget;
  if (scope === 'user') return user_id === null ? sql`true` : sql`r.user_id = ${user_id}`;
  if (scope === 'api_key') return api_key_id === null ? sql`r.api_key_id is not null` : sql`r.api_key_id = ${api_key_id}`;
  if (scope === 'model') return sql`${subject} in (r.model, r.supplier_model, r.supplier || '/' || r.supplier_model)`;
  if (scope === 'workflow') return sql`r.workflow = ${subject}`;
  if (scope === 'tenant') return sql`true`;
  return role_id === null
    ? sql`exists (select 1 from users u where u.tenant_id = r.tenant_id and u.id = r.user_id and ${system_role}::text = any (u.roles))`
    : sql`exists (select 1 from user_roles h where h.tenant_id = r.tenant_id and h.user_id = r.user_id and h.role_id = ${role_id})`;
}

const holders = { together: sql`null::uuid`, person: sql`r.user_id`, api_key: sql`r.api_key_id` };

/** The next records that the budget would have counted, in the order of time, after one of them. */
export async function listRecords(db: TenantDb, budget: SimulatedBudget, from: string, after: { created_at: string; id: string } | null, limit: number): Promise<SimulatedRecord[]> {
  const local = sql`r.created_at at time zone t.time_zone`;
  const period = budget.period === 'once' ? sql`''` : sql`to_char(date_trunc(${budget.period}, ${local}), 'YYYY-MM-DD')`;
  const { rows } = await sql<SimulatedRecord>`
    select r.id, r.created_at, case when r.currency = t.currency then r.cost_nano end as cost_nano, ${holders[budget.per]} as holder_id, to_char(${local}, 'YYYY-MM-DD') as day, ${period} as period
    from usage_records r join tenants t on t.id = r.tenant_id
    where r.tenant_id = ${db.tenant_id} and r.created_at >= ${from} ${after === null ? sql`` : sql`and (r.created_at, r.id) > (${after.created_at}, ${after.id})`}
      and ${matches(budget)} ${budget.per === 'api_key' ? sql`and r.api_key_id is not null` : sql``}
    order by r.created_at, r.id limit ${limit}`.execute(db);
  return rows;
}

/** Names of people and keys by their ids; those that are gone have none. */
export async function listNames(db: TenantDb, per: SimulatedBudget['per'], ids: readonly string[]): Promise<Map<string, string>> {
  if (per === 'together' || ids.length === 0) return new Map();
  const rows = await db.selectFrom(per === 'person' ? 'users' : 'api_keys').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
