import type { OperatorTenant, OwnTenant, PlanUse, Tenant } from '@lyss/api-types';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { fromNano } from '../../nano.ts';
import { listDeletions } from './erasures/repository.ts';
import { findLogo } from './logo/repository.ts';
import * as repository from './repository.ts';
import type { Activity, TenantRow } from './repository.ts';

const NO_USE: PlanUse = { seats: 0, api_keys: 0, storage_bytes: 0 };
const NO_ACTIVITY: Activity = { suppliers: { healthy: 0, failing: 0, untested: 0 }, requests: 0, input_tokens: 0, output_tokens: 0, costs: [] };

/** Adds what a tenant uses of its plan, and when one of its people was last there. */
async function addUse(tenancy: Tenancy, rows: TenantRow[]): Promise<Tenant[]> {
  const ids = rows.map(({ id }) => id);
  const [use, seen] = await Promise.all([repository.listUse(tenancy, ids), repository.listLastActive(tenancy, ids)]);
  return rows.map((row) => {
    const used = use.get(row.id) ?? NO_USE;
    return { ...row, used, users_count: used.seats, last_active_at: seen.get(row.id) ?? null };
  });
}

/** The calendar's, in UTC. */
export function beginOfMonth(): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
}

/** Adds everything that an operator may know of each: counts, never content. */
export async function describeTenants(tenancy: Tenancy, rows: TenantRow[]): Promise<OperatorTenant[]> {
  const since = beginOfMonth();
  const deleted = rows.filter(({ state }) => state === 'deleting').map(({ id }) => id);
  const [tenants, activity, deletions] = await Promise.all([
    addUse(tenancy, rows),
    repository.listActivity(tenancy, rows.map(({ id }) => id), since),
    deleted.length === 0 ? null : tenancy.withPlatform((db) => listDeletions(db, deleted)),
  ]);
  return tenants.map((tenant) => {
    const { suppliers, costs, ...counts } = activity.get(tenant.id) ?? NO_ACTIVITY;
    const month = { since: since.toISOString(), ...counts, costs: costs.map(({ currency, nano }) => ({ amount: fromNano(BigInt(nano)), currency })) };
    return { ...tenant, deletion: deletions?.get(tenant.id) ?? null, suppliers, month };
  });
}

/** Throws 3001 where there is no such tenant. */
export async function describeTenant(tenancy: Tenancy, row: TenantRow | undefined): Promise<OperatorTenant> {
  const [tenant] = row ? await describeTenants(tenancy, [row]) : [];
  if (!tenant) throw new AppError('TENANT_NOT_FOUND');
  return tenant;
}

/** As its own admin sees it. */
export async function describeOwn(tenancy: Tenancy, row: TenantRow | undefined): Promise<OwnTenant> {
  const [tenant] = row ? await addUse(tenancy, [row]) : [];
  if (!tenant) throw new AppError('TENANT_NOT_FOUND');
  return tenancy.withTenant(tenant.id, async (db) => ({ ...tenant, logo: await findLogo(db), without_second_factor: await repository.countWithoutSecondFactor(db) }));
}
