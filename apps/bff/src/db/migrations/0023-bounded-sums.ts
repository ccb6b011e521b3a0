import { sql, type Kysely } from 'kysely';
import { createDoors, type Door } from '../door.ts';

/** As much as JSON's readers hold exactly: more than all tokens that there are is no figure, and must not fail everybody's list. No records sum to null, which least() alone would pass over. */
const bounded = (sum: string) => `least(coalesce(${sum}, 0), 9007199254740991)::bigint`;

const doors: Door[] = [
  {
    // As 0015 made it, with sums that end.
    signature: 'list_tenant_activity(wanted uuid[], since timestamptz)',
    returns: 'table (tenant_id uuid, healthy bigint, failing bigint, untested bigint, requests bigint, input_tokens bigint, output_tokens bigint, costs jsonb)',
    language: 'sql stable',
    body: `
      select w.id, s.healthy, s.failing, s.untested, coalesce(m.requests, 0), coalesce(m.input_tokens, 0), coalesce(m.output_tokens, 0), coalesce(m.costs, '[]')
      from unnest(wanted) w (id),
        lateral (select count(*) filter (where c.status = 'healthy') as healthy, count(*) filter (where c.status = 'failing') as failing, count(*) filter (where c.status = 'untested') as untested
          from supplier_credentials c where c.tenant_id = w.id and c.enabled) s,
        lateral (select sum(b.requests)::bigint as requests, ${bounded('sum(b.input_tokens)')} as input_tokens, ${bounded('sum(b.output_tokens)')} as output_tokens,
            jsonb_agg(jsonb_build_object('currency', b.currency, 'nano', b.nano::text) order by b.currency) filter (where b.nano is not null) as costs
          from (select r.currency, count(*) as requests, sum(r.input_tokens) as input_tokens, sum(r.output_tokens) as output_tokens, sum(r.cost_nano) as nano
            from usage_records r where r.tenant_id = w.id and r.created_at >= since group by r.currency) b) m`,
  },
  {
    // As 0021 made it, with a sum that ends.
    signature: 'list_tenant_order(since timestamptz)',
    returns: 'table (tenant_id uuid, users_count bigint, requests bigint, tokens bigint, cost numeric, last_active_at timestamptz)',
    language: 'sql stable',
    body: `
      select t.id, u.users_count, coalesce(m.requests, 0), coalesce(m.tokens, 0), coalesce(m.cost, 0), coalesce(u.last_active_at, 'epoch')
      from tenants t,
        lateral (select count(*) filter (where p.status <> 'disabled') as users_count, max(p.last_seen_at) as last_active_at from users p where p.tenant_id = t.id) u,
        lateral (select sum(b.requests)::bigint as requests, ${bounded('sum(b.tokens)')} as tokens, max(b.cost) as cost
          from (select count(*) as requests, sum(r.input_tokens::numeric + r.output_tokens) as tokens, sum(r.cost_nano) as cost
            from usage_records r where r.tenant_id = t.id and r.created_at >= since group by r.currency) b) m`,
  },
];

/** One tenant's records, whatever they say, fail no operator's list of all tenants. */
export async function boundSums(db: Kysely<unknown>, appRole: string): Promise<void> {
  await sql`drop function list_tenant_activity(uuid[], timestamptz)`.execute(db);
  await sql`drop function list_tenant_order(timestamptz)`.execute(db);
  await createDoors(db, appRole, doors);
}
