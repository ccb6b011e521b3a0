import { listPermissions, mappableRoles, tenantPermissions, type Permission, type SystemRole } from '@lyss/api-types';
import type { Actor } from '../../../actor.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';
import { refuseBeyond } from '../../../grants.ts';
import { listRolesById, type ConnectionRow, type RoleRule } from './repository.ts';

/** What the writer of a connection answers for. By role, too: a permission that a later version adds is then in it. */
export function vouch(actor: Actor): Pick<ConnectionRow, 'vouched_roles' | 'vouched'> {
  return { vouched_roles: actor.roles.filter((role) => role !== 'super_admin'), vouched: tenantPermissions.filter((permission) => actor.permissions.has(permission)) };
}

/** What people who come through a connection may do at most. */
export const listVouched = ({ vouched_roles, vouched }: Pick<ConnectionRow, 'vouched_roles' | 'vouched'>): Permission[] => listPermissions(vouched_roles, vouched);

/** Nobody touches a connection that lets in people who may do more than they. Throws 2004. */
export const refuseBeyondVouched = (actor: Actor, row: ConnectionRow): void => refuseBeyond(actor, listVouched(row));

/** Throws 1001 for a role of the tenant's own that isn't there, 2004 for one that grants more than the actor has. */
export async function checkRules(db: TenantDb, actor: Actor, rules: readonly RoleRule[]): Promise<void> {
  const isSystem = (role: string): role is SystemRole => mappableRoles.some((name) => name === role);
  const system = rules.map(({ role }) => role).filter(isSystem);
  const wanted = [...new Set(rules.map(({ role }) => role).filter((role) => !isSystem(role)))];
  const own = wanted.length > 0 ? await listRolesById(db, wanted) : [];
  const missing = rules.findIndex(({ role }) => wanted.includes(role) && !own.some(({ id }) => id === role));
  if (missing >= 0) {
    const path = rules[missing]?.value === null ? 'default_role' : `role_rules.${missing}.role`;
    throw new AppError('INVALID_INPUT', { details: { issues: [{ path, code: 'unknown_role', message: 'unknown_role' }] } });
  }
  refuseBeyond(actor, listPermissions(system, own.flatMap(({ permissions }) => permissions)));
}
