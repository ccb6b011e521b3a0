import type { RequestsQuery } from '@lyss/api-types';
import { sql, type SelectQueryBuilder } from 'kysely';
import { DEAR_NANO, SLOW_MS } from '../../../db/migrations/0027-usage-indexes.ts';
import { listPage } from '../../../db/list.ts';
import type { TenantDb } from '../../../db/tenancy.ts';

// Names are looked up of what is shown alone: a join would be made before the page is cut.
const selectRequests = (db: TenantDb) =>
  db
    .selectFrom('usage_records')
    .select(['id', 'created_at', 'surface', 'outcome', 'status', 'error_kind', 'model', 'route', 'supplier', 'supplier_model', 'user_id', 'api_key_id', 'estimated', 'currency'])
    .select(['duration_ms', 'time_to_first_token_ms', 'is_stream', 'is_cache_hit', 'request_id', 'conversation_id', 'cost_nano'])
    .select(['input_tokens', 'output_tokens', 'cached_tokens', 'reasoning_tokens'])
    .select((of) => of.selectFrom('users').select('name').whereRef('users.id', '=', 'usage_records.user_id').as('user_name'))
    .select((of) => of.selectFrom('api_keys').select('name').whereRef('api_keys.id', '=', 'usage_records.api_key_id').as('key_name'));
type RequestsSelection = ReturnType<typeof selectRequests>;
export type RequestRow = RequestsSelection extends SelectQueryBuilder<infer _DB, infer _TB, infer O> ? O : never;
export type Narrowing = Omit<RequestsQuery, 'page_size' | 'cursor' | 'sort_by' | 'sort_order' | 'min_cost'> & { min_cost_nano?: bigint | undefined };

const unevenly = ['model', 'supplier', 'surface', 'outcome', 'min_duration_ms', 'min_cost_nano'] as const;

export async function listRequests(db: TenantDb, query: Narrowing & Pick<RequestsQuery, 'page_size' | 'cursor' | 'sort_by' | 'sort_order'>) {
  // How many there are of one supplier, or so slow, decides which index is read: a plan for any value takes each for frequent.
  if (unevenly.some((name) => query[name] !== undefined)) await sql`select set_config('plan_cache_mode', ${'force_custom_plan'}, true)`.execute(db);
  return listPage(narrow(selectRequests(db), query), query);
}

const exact = ['model', 'supplier', 'user_id', 'api_key_id', 'surface', 'request_id', 'conversation_id'] as const;
// As the index of those has it.
const unsuccessful = sql<boolean>`outcome not in ('complete', 'stopped')`;

function narrow(requests: RequestsSelection, query: Narrowing): RequestsSelection {
  let narrowed = requests;
  if (query.from) narrowed = narrowed.where('created_at', '>=', query.from);
  if (query.to) narrowed = narrowed.where('created_at', '<', query.to);
  for (const column of exact) {
    const value = query[column];
    if (value !== undefined) narrowed = narrowed.where(column, '=', value);
  }
  if (query.outcome && query.outcome !== 'unsuccessful') narrowed = narrowed.where('outcome', '=', query.outcome);
  if (query.error_kind) narrowed = narrowed.where('error_kind', '=', query.error_kind);
  if (query.error_kind || ['unsuccessful', 'failed', 'interrupted'].includes(query.outcome ?? '')) narrowed = narrowed.where(unsuccessful);
  // Beside the bound itself the next lower one that has an index, in the text, where a plan sees it.
  if (query.min_duration_ms !== undefined) narrowed = above(narrowed.where('duration_ms', '>=', query.min_duration_ms), 'duration_ms', SLOW_MS, query.min_duration_ms);
  if (query.min_cost_nano !== undefined) narrowed = above(narrowed.where('cost_nano', '>=', query.min_cost_nano.toString()), 'cost_nano', DEAR_NANO, Number(query.min_cost_nano));
  return narrowed;
}

function above(requests: RequestsSelection, column: 'duration_ms' | 'cost_nano', bounds: readonly number[], least: number): RequestsSelection {
  const bound = bounds.findLast((candidate) => candidate <= least);
  return bound === undefined ? requests : requests.where(sql<boolean>`${sql.ref(column)} >= ${sql.lit(bound)}`);
}

export function findRequest(db: TenantDb, id: string) {
  return selectRequests(db)
    .select(['credential_id', 'reply_id', 'workflow', 'maybe_billed', 'attempts', 'pots'])
    .select((of) => of.selectFrom('supplier_credentials').select('name').whereRef('supplier_credentials.id', '=', 'usage_records.credential_id').as('credential_name'))
    .where('id', '=', id)
    .executeTakeFirst();
}

export type CountedTo = { budget_id: string; name: string; period_start: string; period_end: string | null };

/** The budgets of pots; of one that never ends the end is null. */
export async function listBudgetsOf(db: TenantDb, pots: readonly string[]): Promise<CountedTo[]> {
  const { rows } = await sql<CountedTo>`
    select b.id as budget_id, b.name, p.period_start, nullif(p.period_end, 'infinity') as period_end
    from budget_pots p join budgets b on b.tenant_id = p.tenant_id and b.id = p.budget_id where p.id = any (${pots}) order by b.name, b.id`.execute(db);
  return rows;
}

export async function listCredentialNames(db: TenantDb, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db.selectFrom('supplier_credentials').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}
