import type { ProviderId, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import type { TenantDb } from '../../db/tenancy.ts';
import type { Serving } from './preference.ts';

export interface ServingRow extends Serving {
  provider: ProviderId;
  name: string;
  base_url: string;
  models: string[];
  /** Sealed, in base64. */
  sealed_key: string | null;
}

/** An own price: decimals per 1,000,000 tokens. */
export interface OwnPriceRow {
  currency: string;
  input: string;
  cached_input: string | null;
  output: string;
}

/** What the tenant says of one model of one supplier. */
export interface SettingRow {
  id: string;
  provider: ProviderId;
  model: string;
  display_name: string | null;
  offered: boolean;
  restricted: boolean;
  system_roles: SystemRole[];
  roles: { id: string; name: string }[];
  aliases: string[];
  context_window: number | null;
  max_output_tokens: number | null;
  /** The newest, whatever the tenant's currency is now; null where there is none. */
  price: OwnPriceRow | null;
  version: number;
}

export interface DeskRow {
  currency: string;
  rate: string | null;
  credentials: ServingRow[];
  settings: SettingRow[];
  held: string[] | null;
}

/** Decimals of nano-units, exactly: JSON's numbers would not be. */
const decimal = (column: string) => `trim_scale(${column} / 1000000000.0)::text`;

const credentials = `coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'provider', c.provider, 'name', c.name, 'base_url', c.base_url, 'models', to_jsonb(c.models), 'enabled', c.enabled,
  'status', c.status, 'created_at', c.created_at, 'sealed_key', encode(c.sealed_key, 'base64'))) from supplier_credentials c), '[]')`;

const price = `(select case when p.input_nano is null then null else jsonb_build_object('currency', p.currency, 'input', ${decimal('p.input_nano')}, 'cached_input', ${decimal('p.cached_input_nano')},
  'output', ${decimal('p.output_nano')}) end from model_prices p where p.model_setting_id = s.id order by p.created_at desc, p.id desc limit 1)`;

const settings = `coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'provider', s.provider, 'model', s.model, 'display_name', s.display_name, 'offered', s.offered, 'restricted', s.restricted,
  'system_roles', to_jsonb(s.system_roles), 'context_window', s.context_window, 'max_output_tokens', s.max_output_tokens, 'version', s.version,
  'roles', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by lower(r.name)), '[]') from model_roles m join roles r on r.id = m.role_id where m.model_setting_id = s.id),
  'aliases', (select coalesce(jsonb_agg(a.name order by a.name), '[]') from model_aliases a where a.model_setting_id = s.id), 'price', ${price})) from model_settings s), '[]')`;

const rate = `(select ${decimal('x.rate_nano')} from exchange_rates x where x.currency = tenants.currency order by x.created_at desc, x.id desc limit 1)`;

const heldBy = (user_id: string | null) => sql<string[] | null>`(select to_jsonb(u.roles || array(select h.role_id::text from user_roles h where h.user_id = u.id)) from users u where u.id = ${user_id})`;

/** All that decides what a call of a model reaches, and the asker's roles: one statement, so that it is one moment and one trip. */
export function readDesk(db: TenantDb, user_id: string | null): Promise<DeskRow> {
  return db
    .selectFrom('tenants')
    .select(['currency', sql.raw<string | null>(rate).as('rate'), sql.raw<ServingRow[]>(credentials).as('credentials'), sql.raw<SettingRow[]>(settings).as('settings'), heldBy(user_id).as('held')])
    .where('id', '=', db.tenant_id)
    .executeTakeFirstOrThrow();
}

/** A person's roles: system roles by their names, the tenant's own by their ids. */
export async function listHeldRoles(db: TenantDb, user_id: string): Promise<string[]> {
  const row = await db.selectFrom('tenants').select(heldBy(user_id).as('held')).where('id', '=', db.tenant_id).executeTakeFirst();
  return row?.held ?? [];
}
