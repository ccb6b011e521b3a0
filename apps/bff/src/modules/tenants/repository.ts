import type { Tenant, TenantsQuery } from '@lyss/api-types';
import { sql } from 'kysely';
import { isUniqueViolation } from '../../db/database.ts';
import { escapeLike, listPage } from '../../db/list.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';

const columns = ['id', 'name', 'workspace', 'state', 'locale', 'currency', 'time_zone', 'audit_retention_days', 'created_at', 'updated_at', 'version'] as const;
const SETUP_DONE = 'setup_completed';

export type TenantRow = Omit<Tenant, 'users_count' | 'last_active_at'>;

export function listTenants(db: PlatformDb, query: TenantsQuery) {
  let tenants = db.selectFrom('tenants').select(columns);
  if (query.state) tenants = tenants.where('state', '=', query.state);
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    tenants = tenants.where((or) => or.or([or('name', 'ilike', like), or('workspace', 'ilike', like)]));
  }
  return listPage(tenants, query);
}

export function findTenant(db: PlatformDb | TenantDb, id: string): Promise<TenantRow | undefined> {
  return db.selectFrom('tenants').select(columns).where('id', '=', id).executeTakeFirst();
}

/** As findTenant, and nobody else changes it before the transaction ends. */
export function lockTenant(db: PlatformDb | TenantDb, id: string): Promise<TenantRow | undefined> {
  return db.selectFrom('tenants').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Throws 3005 where the workspace name is taken. */
export async function insertTenant(db: PlatformDb, tenant: Pick<Tenant, 'id' | 'name' | 'workspace' | 'locale' | 'currency' | 'time_zone'>): Promise<TenantRow> {
  try {
    return await db.insertInto('tenants').values(tenant).returning(columns).executeTakeFirstOrThrow();
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'workspace_taken', workspace: tenant.workspace }, cause: error });
    throw error;
  }
}

export type TenantChange = Partial<Pick<Tenant, 'name' | 'state' | 'locale' | 'currency' | 'time_zone' | 'audit_retention_days'>>;

/** Changes a tenant; undefined where `version` is given and stale. */
export function updateTenant(db: PlatformDb | TenantDb, id: string, version: number | null, change: TenantChange): Promise<TenantRow | undefined> {
  return db
    .updateTable('tenants')
    .set((set) => ({ ...change, version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', id)
    .$if(version !== null, (query) => query.where('version', '=', version))
    .returning(columns)
    
    .executeTakeFirst();
}

interface Figures {
  users_count: number;
  last_active_at: string | null;
}

/** Adds what an operator may know of each tenant besides its name: how many people, and when one was last there. */
export async function addFigures<T extends { id: string }>(tenancy: Tenancy, tenants: T[]): Promise<(T & Figures)[]> {
  const rows = await tenancy.lookUp<{ tenant_id: string; users_count: string; last_active_at: string | null }>('select * from list_tenant_figures($1)', [
    tenants.map((tenant) => tenant.id),
  ]);
  const figures = new Map(rows.map((row) => [row.tenant_id, { users_count: Number(row.users_count), last_active_at: row.last_active_at }]));
  return tenants.map((tenant) => ({ ...tenant, ...(figures.get(tenant.id) ?? { users_count: 0, last_active_at: null }) }));
}

export async function isSetupDone(tenancy: Tenancy): Promise<boolean> {
  const rows = await tenancy.lookUp('select 1 from platform_facts where name = $1', [SETUP_DONE]);
  return rows.length > 0;
}

export async function isSetupTokenUsable(tenancy: Tenancy, token_hash: Buffer): Promise<boolean> {
  const rows = await tenancy.lookUp('select 1 from setup_tokens where token_hash = $1 and used_at is null and expires_at > now()', [token_hash]);
  return rows.length > 0;
}

/** Only one transaction ever gets true. */
export async function claimSetup(db: PlatformDb): Promise<boolean> {
  const row = { name: SETUP_DONE, value: new Date().toISOString() };
  const claimed = await db.insertInto('platform_facts').values(row).onConflict((on) => on.doNothing()).returning('name').executeTakeFirst();
  return claimed !== undefined;
}

export async function consumeSetupToken(db: PlatformDb, token_hash: Buffer): Promise<boolean> {
  const used = await db
    .updateTable('setup_tokens')
    .set({ used_at: sql`now()` })
    .where('token_hash', '=', token_hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returning('token_hash')
    .executeTakeFirst();
  return used !== undefined;
}

/** A new link at each start ends the older ones. */
export async function replaceSetupToken(db: PlatformDb, token_hash: Buffer, expires_at: Date): Promise<void> {
  await db.updateTable('setup_tokens').set({ used_at: sql`now()` }).where('used_at', 'is', null).execute();
  await db.insertInto('setup_tokens').values({ token_hash, expires_at }).execute();
}

/** The first person of the first tenant, active at once: the set-up link was the proof. */
export async function insertFirstUser(
  db: TenantDb,
  user: { id: string; email: string; name: string; locale: 'zh-CN' | 'en-US'; password_hash: string },
): Promise<void> {
  await db
    .insertInto('users')
    .values({ tenant_id: db.tenant_id, ...user, roles: ['super_admin', 'tenant_admin'], status: 'active' })
    .execute();
}
