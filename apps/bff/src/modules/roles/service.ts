import { permissions, rolePermissions, systemRoles, type CreateRoleInput, type EffectivePermission, type Permission, type Role, type UpdateRoleInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import * as repository from './repository.ts';
import type { RoleChange, RoleRow } from './repository.ts';

export type RoleService = ReturnType<typeof createRoleService>;

/** A matrix with more columns is read by nobody. */
const MOST_ROLES = 50;

/** The three system roles, which are fixed, and the tenant's own, made of permissions that their maker has. */
export function createRoleService({ tenancy }: { tenancy: Tenancy }) {
  return {
    list: (actor: Actor) => tenancy.withTenant(actor.tenant_id, listRoles),
    create: (actor: Actor, input: CreateRoleInput, caller: Caller) => tenancy.withTenant(actor.tenant_id, (db) => createRole(db, actor, input, caller)),
    update: (actor: Actor, id: string, version: number | null, input: UpdateRoleInput, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, (db) => updateRole(db, actor, id, version, input, caller)),
    remove: (actor: Actor, id: string, caller: Caller) => tenancy.withTenant(actor.tenant_id, (db) => removeRole(db, actor, id, caller)),
    listEffective: (actor: Actor, user_id: string) => tenancy.withTenant(actor.tenant_id, (db) => listEffective(db, user_id)),
  };
}

async function listRoles(db: TenantDb): Promise<{ items: Role[] }> {
  const counts = await repository.countSystemRoles(db);
  const fixed = { description: '', is_system: true, created_at: null, updated_at: null, version: null };
  const system: Role[] = systemRoles.map((id) => ({ ...fixed, id, name: id, permissions: [...rolePermissions[id]], users_count: counts.get(id) ?? 0 }));
  return { items: [...system, ...(await repository.listRoles(db)).map(describeRole)] };
}

function describeRole({ held, ...row }: RoleRow): Role {
  return { ...row, permissions: order(row.permissions), is_system: false, users_count: Number(held) };
}

/** As the registry has them; one that the registry no longer has grants nothing and is not shown. */
const order = (granted: readonly Permission[]) => permissions.filter((permission) => granted.includes(permission));

async function createRole(db: TenantDb, actor: Actor, input: CreateRoleInput, caller: Caller): Promise<Role> {
  refuseBeyond(actor, input.permissions);
  if ((await repository.countRoles(db)) >= MOST_ROLES) throw new AppError('QUOTA_EXCEEDED', { details: { quota: 'roles', limit: MOST_ROLES } });
  const after: RoleChange = { ...input, permissions: order(input.permissions) };
  const id = await repository.insertRole(db, after);
  await appendAudit(db, { actor, caller }, { action: 'roles.created', resource_type: 'role', resource_id: id, details: { after } });
  return getRole(db, id);
}

async function getRole(db: TenantDb, id: string): Promise<Role> {
  const row = await repository.findRole(db, id);
  if (!row) throw new AppError('RESOURCE_NOT_FOUND');
  return describeRole(row);
}

async function updateRole(db: TenantDb, actor: Actor, id: string, version: number | null, input: UpdateRoleInput, caller: Caller): Promise<Role> {
  const { before } = await lockOwn(db, actor, id, version);
  const after: RoleChange = {
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    permissions: order(input.permissions ?? before.permissions),
  };
  refuseBeyond(actor, after.permissions);
  await repository.updateRole(db, id, after);
  if (after.permissions.some((permission) => !before.permissions.includes(permission))) await repository.expireHoldersLinks(db, id);
  await appendAudit(db, { actor, caller }, { action: 'roles.updated', resource_type: 'role', resource_id: id, details: { before, after } });
  return getRole(db, id);
}

async function removeRole(db: TenantDb, actor: Actor, id: string, caller: Caller): Promise<void> {
  const { before } = await lockOwn(db, actor, id, null);
  const users_count = await repository.countHolders(db, id);
  if (users_count > 0) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'role_in_use', users_count } });
  await repository.removeRole(db, id);
  await appendAudit(db, { actor, caller }, { action: 'roles.removed', resource_type: 'role', resource_id: id, details: { before } });
}

/** Nobody touches a role that grants more than they have: its people would lose, or keep, what they can't judge. */
async function lockOwn(db: TenantDb, actor: Actor, id: string, version: number | null): Promise<{ before: RoleChange }> {
  const role = await repository.lockRole(db, id);
  if (!role) throw new AppError('RESOURCE_NOT_FOUND');
  refuseBeyond(actor, role.permissions);
  if (version !== null && version !== role.version) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: role.version } });
  return { before: { name: role.name, description: role.description, permissions: order(role.permissions) } };
}

async function listEffective(db: TenantDb, user_id: string): Promise<{ items: EffectivePermission[] }> {
  const held = await repository.findHeld(db, user_id);
  if (!held) throw new AppError('USER_NOT_FOUND');
  const sources = [...held.roles.map((id) => ({ id, name: id as string, permissions: rolePermissions[id] })), ...held.custom];
  const items = permissions.map((permission) => ({
    permission,
    from: sources.filter((source) => source.permissions.includes(permission)).map(({ id, name }) => ({ id, name })),
  }));
  return { items: items.filter(({ from }) => from.length > 0) };
}
