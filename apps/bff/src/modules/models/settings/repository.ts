import type { ModelPricesQuery, ProviderId, SystemRole } from '@lyss/api-types';
import { sql, type SqlBool } from 'kysely';
import { newId } from '../../../crypto/digest.ts';
import { isUniqueViolation } from '../../../db/database.ts';
import { listPage } from '../../../db/list.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';

export interface SettingChange {
  display_name: string | null;
  offered: boolean;
  restricted: boolean;
  system_roles: SystemRole[];
  context_window: number | null;
  max_output_tokens: number | null;
}

/** The tenant's row of a model, made where there is none, and nobody else's until this transaction is over. */
export async function lockSetting(db: TenantDb, id: string, provider: ProviderId, model: string) {
  await db.insertInto('model_settings').values({ tenant_id: db.tenant_id, id, provider, model }).onConflict((on) => on.columns(['tenant_id', 'provider', 'model']).doNothing()).execute();
  return db
    .selectFrom('model_settings')
    .select(['id', 'display_name', 'offered', 'restricted', 'system_roles', 'context_window', 'max_output_tokens', 'version'])
    .where('provider', '=', provider)
    .where('model', '=', model)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updateSetting(db: TenantDb, id: string, change: SettingChange): Promise<void> {
  const changed = { ...change, updated_at: sql<string>`now()` };
  await db.updateTable('model_settings').set((set) => ({ ...changed, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

/** Throws 3005 where another model of the tenant's goes by one of the names. */
export async function replaceAliases(db: TenantDb, setting_id: string, names: readonly string[]): Promise<void> {
  await db.deleteFrom('model_aliases').where('model_setting_id', '=', setting_id).execute();
  if (names.length === 0) return;
  const rows = names.map((name) => ({ tenant_id: db.tenant_id, id: newId(), model_setting_id: setting_id, name }));
  await db.insertInto('model_aliases').values(rows).execute().catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'alias_taken' }, cause: error });
    throw error;
  });
}

export async function replaceRoles(db: TenantDb, setting_id: string, role_ids: readonly string[]): Promise<void> {
  await db.deleteFrom('model_roles').where('model_setting_id', '=', setting_id).execute();
  if (role_ids.length === 0) return;
  await db.insertInto('model_roles').values(role_ids.map((role_id) => ({ tenant_id: db.tenant_id, id: newId(), model_setting_id: setting_id, role_id }))).execute();
}

/** Those of the tenant's own roles, held so that none of them goes before this transaction is over. */
export const listRolesById = (db: TenantDb, ids: readonly string[]) => db.selectFrom('roles').select(['id', 'name']).where('id', 'in', ids).forShare().execute();

export interface PriceAmounts {
  input_nano: string | null;
  cached_input_nano: string | null;
  output_nano: string | null;
}

/** The newest own price, in whatever currency; undefined where there never was one. */
export const findNewestPrice = (db: TenantDb, setting_id: string) =>
  db.selectFrom('model_prices').select(['currency', 'input_nano', 'cached_input_nano', 'output_nano']).where('model_setting_id', '=', setting_id).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();

// The clock, not the transaction's beginning: of two that wait for each other's row the later one must be the newer one.
const now = sql<string>`clock_timestamp()`;

export async function insertPrice(db: TenantDb, setting_id: string, user_id: string, currency: string, amounts: PriceAmounts): Promise<void> {
  await db.insertInto('model_prices').values({ tenant_id: db.tenant_id, id: newId(), model_setting_id: setting_id, user_id, currency, ...amounts, created_at: now }).execute();
}

export function listPrices(db: TenantDb, provider: ProviderId, model: string, query: ModelPricesQuery) {
  const rows = db
    .selectFrom('model_prices')
    .leftJoin('users', (on) => on.onRef('users.id', '=', 'model_prices.user_id').onRef('users.tenant_id', '=', 'model_prices.tenant_id'))
    .select(['model_prices.id', 'model_prices.currency', 'input_nano', 'cached_input_nano', 'output_nano', 'users.id as user_id', 'users.name as user_name', 'model_prices.created_at'])
    .where('model_setting_id', '=', db.selectFrom('model_settings').select('id').where('provider', '=', provider).where('model', '=', model));
  const named = db.selectFrom(rows.as('prices')).selectAll();
  return listPage(named, query);
}

export const lockCurrency = (db: TenantDb) => db.selectFrom('tenants').select('currency').where('id', '=', db.tenant_id).forShare().executeTakeFirstOrThrow();

export async function insertRate(db: TenantDb, user_id: string, currency: string, rate_nano: string | null): Promise<void> {
  await db.insertInto('exchange_rates').values({ tenant_id: db.tenant_id, id: newId(), user_id, currency, rate_nano, created_at: now }).execute();
}

/** The newest rates first, of every currency that the tenant ever reckoned in. */
export function listRates(db: TenantDb, most: number) {
  return db
    .selectFrom('exchange_rates')
    .leftJoin('users', (on) => on.onRef('users.id', '=', 'exchange_rates.user_id').onRef('users.tenant_id', '=', 'exchange_rates.tenant_id'))
    .select(['exchange_rates.id', 'currency', 'rate_nano', 'users.id as user_id', 'users.name as user_name', 'exchange_rates.created_at'])
    .orderBy('exchange_rates.created_at', 'desc')
    .orderBy('exchange_rates.id', 'desc')
    .limit(most)
    .execute();
}

/** When each of these names was called last at a supplier; those that never were are missing. By an index, name by name. */
export async function listLastUses(db: TenantDb, called: readonly { id: string; supplier: string; names: readonly string[] }[]): Promise<Map<string, string>> {
  if (called.length === 0) return new Map();
  const wanted = called.flatMap(({ id, supplier, names }) => names.map((name) => ({ id, supplier, name })));
  const { rows } = await sql<{ id: string; used_at: string }>`
    select wanted.id, max(latest.created_at) as used_at
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (id text, supplier text, name text),
      lateral (select created_at from usage_records r where r.model = wanted.name and r.supplier = wanted.supplier order by r.created_at desc limit 1) latest
    group by wanted.id`.execute(db);
  return new Map(rows.map(({ id, used_at }) => [id, used_at]));
}

/** What the calls of these names at a supplier came to in the last 30 days of the tenant's, in its currency. */
export async function sumRecentCost(db: TenantDb, supplier: string, names: readonly string[]) {
  const row = await db
    .selectFrom('usage_days')
    .innerJoin('tenants', 'tenants.id', 'usage_days.tenant_id')
    .select([
      sql<string>`coalesce(sum(requests), 0)`.as('requests'),
      sql<string>`coalesce(sum(unpriced), 0)`.as('unpriced'),
      sql<string>`coalesce(sum(cost_nano) filter (where usage_days.currency = tenants.currency), 0)`.as('cost_nano'),
    ])
    .where('model', 'in', names)
    .where('supplier', '=', supplier)
    .where(sql<SqlBool>`day > (now() at time zone tenants.time_zone)::date - 30`)
    .executeTakeFirstOrThrow();
  return { requests: Number(row.requests), unpriced: Number(row.unpriced), cost_nano: BigInt(row.cost_nano) };
}
