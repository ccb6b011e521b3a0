import type { Me, Role } from '@lyss/api-types';
import { tenantPermissions, type Permission } from '@lyss/api-types/permission';
import { isWithin } from '../../app/access/role-list.ts';

/** Why a permission of a role can be seen but not changed; null where it can. */
export type Lock = 'system' | 'read_only' | 'platform' | 'role_beyond' | 'beyond';

/** What holds for a role as a whole. */
export function lockRole(role: Pick<Role, 'is_system' | 'permissions'>, mine: Me['permissions']): Lock | null {
  if (role.is_system) return 'system';
  if (!mine.includes('roles.write')) return 'read_only';
  return isWithin(role, mine) ? null : 'role_beyond';
}

/** What holds for one permission of a role that is not locked as a whole. */
export function lockPermission(permission: Permission, mine: Me['permissions']): Lock | null {
  if (!tenantPermissions.includes(permission)) return 'platform';
  return mine.includes(permission) ? null : 'beyond';
}
