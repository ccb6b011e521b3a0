import { queryOptions } from '@tanstack/react-query';
import type { Me, Role } from '@lyss/api-types';
import type { Permission } from '@lyss/api-types/permission';
import { call } from '../../api/client.ts';

/** The system roles and the tenant's own; for those who may read roles. */
export const roleList = () => queryOptions({ queryKey: ['roles', 'list'], queryFn: ({ signal }) => call('roles.list', { signal }) });

/** What of `wanted` somebody with these permissions lacks: nobody gives, or takes hold of, more than they have. */
function findBeyond(wanted: readonly Permission[], mine: Me['permissions']): Permission[] {
  return wanted.filter((permission) => !mine.includes(permission));
}

export const isWithin = (role: Pick<Role, 'permissions'>, mine: Me['permissions']): boolean => findBeyond(role.permissions, mine).length === 0;
