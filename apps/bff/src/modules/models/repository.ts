import type { ProviderId } from '@lyss/api-types';
import { sql, type SqlBool } from 'kysely';
import type { TenantDb } from '../../db/tenancy.ts';
import type { Serving } from './preference.ts';

export interface ServingRow extends Serving {
  provider: ProviderId;
  models: string[];
}

/** Every credential of the tenant with the models it lists; no key among its columns. */
export function listServing(db: TenantDb): Promise<ServingRow[]> {
  return db.selectFrom('supplier_credentials').select(['id', 'provider', 'models', 'enabled', 'status', 'created_at']).execute();
}

export interface CallableRow extends Serving {
  provider: ProviderId;
  base_url: string;
  sealed_key: Buffer | null;
  /** Whether the name stands in its list as it was asked for; else it is the pinned supplier's. */
  exact: boolean;
}

/** The credentials that list `name`, or that list `pinned.model` at `pinned.provider`, on or off. */
export function listCallable(db: TenantDb, name: string, pinned: { provider: ProviderId; model: string } | null): Promise<CallableRow[]> {
  const exact = sql<SqlBool>`${name} = any(models)`;
  return db
    .selectFrom('supplier_credentials')
    .select(['id', 'provider', 'base_url', 'sealed_key', 'enabled', 'status', 'created_at', exact.$castTo<boolean>().as('exact')])
    .where((is) => is.or([exact, ...(pinned ? [is('provider', '=', pinned.provider).and(sql<SqlBool>`${pinned.model} = any(models)`)] : [])]))
    .execute();
}
