import type { Permission, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../crypto/digest.ts';
import { isUniqueViolation } from '../../db/database.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';

function selectRoles(db: TenantDb) {
  const held = db
    .selectFrom('user_roles')
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'user_roles.user_id').onRef('users.tenant_id', '=', 'user_roles.tenant_id'))
    .select(sql<string>`count(*)`.as('count'))
    .where('user_roles.role_id', '=', sql.ref<string>('roles.id'))
    .where('users.status', '<>', 'disabled');
  return db.selectFrom('roles').select(['id', 'name', 'description', 'permissions', 'version', 'created_at', 'updated_at']).select(held.as('held'));
}
export type RoleRow = Awaited<ReturnType<typeof listRoles>>[number];

export const listRoles = (db: TenantDb) => selectRoles(db).orderBy(sql`lower(roles.name)`).execute();

export const findRole = (db: TenantDb, id: string) => selectRoles(db).where('id', '=', id).executeTakeFirst();

export const lockRole = (db: TenantDb, id: string) => db.selectFrom('roles').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** How many people hold each system role, disabled ones left out. */
export async function countSystemRoles(db: TenantDb): Promise<Map<SystemRole, number>> {
  const { rows } = await sql<{ role: SystemRole; count: string }>`
    select role, count(*) from users, unnest(roles) role where status <> 'disabled' group by role`.execute(db);
  return new Map(rows.map(({ role, count }) => [role, Number(count)]));
}

/** How many roles the tenant has made; whoever asks next waits until this transaction is over. */
export async function countRoles(db: TenantDb): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`roles:${db.tenant_id}`}, 0))`.execute(db);
  const row = await db.selectFrom('roles').select(sql<string>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface RoleChange {
  name: string;
  description: string;
  permissions: Permission[];
}

/** Throws 3005 where the tenant has a role of that name, whatever its case. */
export async function insertRole(db: TenantDb, role: RoleChange): Promise<string> {
  const id = newId();
  await db.insertInto('roles').values({ tenant_id: db.tenant_id, id, ...role }).execute().catch(refuseTaken(role.name));
  return id;
}

export async function updateRole(db: TenantDb, id: string, change: RoleChange): Promise<void> {
  const changed = { ...change, updated_at: sql<string>`now()` };
  await db.updateTable('roles').set((set) => ({ ...changed, version: set('version', '+', 1) })).where('id', '=', id).execute().catch(refuseTaken(change.name));
}

function refuseTaken(name: string): (error: unknown) => never {
  return (error) => {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'name_taken', name }, cause: error });
    throw error;
  };
}

export async function removeRole(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('roles').where('id', '=', id).execute();
}

/** Makes the unused links of everybody who holds it useless: they were given out for what their people could do then. */
export async function expireHoldersLinks(db: TenantDb, id: string): Promise<void> {
  const holders = db.selectFrom('user_roles').select('user_id').where('role_id', '=', id);
  await db.updateTable('user_tokens').set({ used_at: sql`now()` }).where('user_id', 'in', holders).where('used_at', 'is', null).execute();
}

/** Everybody who holds it, disabled people too: what keeps a role from being removed. */
export async function countHolders(db: TenantDb, id: string): Promise<number> {
  const row = await db.selectFrom('user_roles').select(sql<string>`count(*)`.as('count')).where('role_id', '=', id).executeTakeFirstOrThrow();
  return Number(row.count);
}

/** A person's system roles and the tenant's own that they hold; null where nobody has the id. */
export async function findHeld(db: TenantDb, user_id: string) {
  const user = await db.selectFrom('users').select('roles').where('id', '=', user_id).executeTakeFirst();
  if (!user) return null;
  const custom = await db
    .selectFrom('user_roles')
    .innerJoin('roles', (on) => on.onRef('roles.id', '=', 'user_roles.role_id').onRef('roles.tenant_id', '=', 'user_roles.tenant_id'))
    .select(['roles.id', 'roles.name', 'roles.permissions'])
    .where('user_roles.user_id', '=', user_id)
    .orderBy('roles.name')
    .execute();
  return { roles: user.roles, custom };
}
