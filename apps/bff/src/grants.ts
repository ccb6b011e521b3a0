import type { Permission } from '@lyss/api-types';
import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';

/** Nobody gives, or takes hold of, more than they have themselves. Throws 2004 with what is beyond. */
export function refuseBeyond(actor: Pick<Actor, 'permissions'>, wanted: readonly Permission[]): void {
  const beyond = wanted.filter((permission) => !actor.permissions.has(permission));
  if (beyond.length > 0) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { reason: 'beyond_own_permissions', permissions: beyond } });
}
