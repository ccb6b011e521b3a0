import type { OwnBudget } from '@lyss/api-types';
import type { TenantDb } from '../../../db/tenancy.ts';
import { describeStanding } from '../describe-budget.ts';
import { listApplicable } from './repository.ts';

/** Of what others spend too a person sees how it stands, and no figures: those are for whoever reads budgets. */
export async function listOwnBudgets(db: TenantDb, user_id: string): Promise<OwnBudget[]> {
  const rows = await listApplicable(db, user_id);
  return rows.map((row) => {
    const { id, name, period, is_hard, is_shared, state } = row;
    const holder = row.key_id === null ? null : { id: row.key_id, name: row.key_name ?? '' };
    return { ...{ id, name, period, is_hard, is_shared, state, holder }, now: is_shared ? null : describeStanding(row) };
  });
}
