import type { Me, User } from '@lyss/api-types';
import { rolePermissions, systemRoles, type SystemRole } from '@lyss/api-types/permission';

/** Whether somebody with these permissions may give a role: nobody gives more than they have. */
export function canGrant(role: SystemRole, mine: Me['permissions']): boolean {
  return rolePermissions[role].every((permission) => mine.includes(permission));
}

/** Whether a person holds a role beyond mine, so that the server lets me change nothing about them. */
export function isBeyond(user: User, mine: Me['permissions']): boolean {
  return user.roles.some((role) => !canGrant(role, mine));
}

/** The order roles are offered in: the everyday one first. */
export const offeredRoles: readonly SystemRole[] = systemRoles.toReversed();
