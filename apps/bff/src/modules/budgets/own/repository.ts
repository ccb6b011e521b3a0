import type { OwnBudget } from '@lyss/api-types';
import { sql } from 'kysely';
import type { TenantDb } from '../../../db/tenancy.ts';
import { currentWindow, stateOf, wholeLimit } from '../sql/repository.ts';

interface OwnRow extends Pick<OwnBudget, 'id' | 'name' | 'period' | 'is_hard' | 'is_shared' | 'state'> {
  key_id: string | null;
  key_name: string | null;
  whole_nano: string;
  spent_nano: string | null;
  held_nano: string | null;
  currency: string;
  period_start: string;
  period_end: string | null;
}

// More keys than one person may have, and more budgets than anybody reads.
const MOST = 200;

/** The budgets that a person's calls count against now, as `match_budgets` finds them; of one per key each of their keys' that has spent. */
export async function listApplicable(db: TenantDb, user_id: string): Promise<OwnRow[]> {
  const isMine = sql`(b.per = 'person' or coalesce(b.user_id = ${user_id}, false) or b.api_key_id is not null or (b.per = 'api_key' and p.holder_id is not null))`;
  const myKey = sql`select k.id from api_keys k where k.tenant_id = b.tenant_id and k.user_id = ${user_id} and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`;
  const { rows } = await sql<OwnRow>`
    select b.id, b.name, b.period, b.is_hard, not ${isMine} as is_shared, ${stateOf} as state, k.id as key_id, k.name as key_name,
      ${wholeLimit} as whole_nano, p.spent_nano, p.reserved_nano as held_nano, t.currency, w.period_start, w.period_end
    from budgets b join tenants t on t.id = b.tenant_id ${currentWindow}
      left join budget_pots p on p.tenant_id = b.tenant_id and p.budget_id = b.id and p.period_start = w.period_start
        and (case b.per when 'person' then p.holder_id = ${user_id} when 'api_key' then p.holder_id in (${myKey}) else p.holder_id = b.id end)
      left join api_keys k on k.tenant_id = b.tenant_id and b.per = 'api_key' and k.id = p.holder_id
    where b.enabled and (b.period <> 'once' or (b.starts_at <= now() and (b.ends_at is null or b.ends_at > now()))) and (b.per <> 'api_key' or p.id is not null) and case b.scope
      when 'user' then b.user_id is null or b.user_id = ${user_id}
      when 'role' then exists (select 1 from user_roles r where r.tenant_id = b.tenant_id and r.user_id = ${user_id} and r.role_id = b.role_id)
        or exists (select 1 from users u where u.tenant_id = b.tenant_id and u.id = ${user_id} and b.system_role = any (u.roles))
      when 'api_key' then exists (${myKey} and (b.api_key_id is null or k.id = b.api_key_id))
      else true end
    order by is_shared, lower(b.name), k.id limit ${MOST}`.execute(db);
  return rows;
}
