import type { Me, Role, User } from '@lyss/api-types';
import { rolePermissions, systemRoles, type SystemRole } from '@lyss/api-types/permission';
import { isWithin } from '../../app/access/role-list.ts';

/** Whether somebody with these permissions may give a role: nobody gives more than they have. */
export function canGrant(role: SystemRole, mine: Me['permissions']): boolean {
  return isWithin({ permissions: [...rolePermissions[role]] }, mine);
}

/** Whether a person holds a role beyond mine, so that the server lets me change nothing about them. `own`: the tenant's roles, as far as I may see them. */
export function isBeyond(user: User, mine: Me['permissions'], own: readonly Role[] = []): boolean {
  const held = own.filter((role) => user.custom_roles.some(({ id }) => id === role.id));
  return user.roles.some((role) => !canGrant(role, mine)) || held.some((role) => !isWithin(role, mine));
}

/** The order roles are offered in: the everyday one first. */
export const offeredRoles: readonly SystemRole[] = systemRoles.toReversed();
