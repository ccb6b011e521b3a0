import type { Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';

const doors: Door[] = [
  {
    // Where nobody ever was is the longest ago. Of each tenant its own rows by their index: what other months and other tenants hold is not read.
    signature: 'list_tenant_order(since timestamptz)',
    returns: 'table (tenant_id uuid, users_count bigint, requests bigint, tokens bigint, cost numeric, last_active_at timestamptz)',
    language: 'sql stable',
    body: `
      select t.id, u.users_count, coalesce(m.requests, 0), coalesce(m.tokens, 0), coalesce(m.cost, 0), coalesce(u.last_active_at, 'epoch')
      from tenants t,
        lateral (select count(*) filter (where p.status <> 'disabled') as users_count, max(p.last_seen_at) as last_active_at from users p where p.tenant_id = t.id) u,
        lateral (select sum(b.requests)::bigint as requests, sum(b.tokens)::bigint as tokens, max(b.cost) as cost
          from (select count(*) as requests, sum(r.input_tokens + r.output_tokens) as tokens, sum(r.cost_nano) as cost
            from usage_records r where r.tenant_id = t.id and r.created_at >= since group by r.currency) b) m`,
  },
];

/** The figures of all tenants, for an operator who sorts by them. */
export async function createTenantOrder(db: Kysely<unknown>, appRole: string): Promise<void> {
  await createDoors(db, appRole, doors);
}
