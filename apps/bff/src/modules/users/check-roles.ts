import { listPermissions, type SystemRole } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import * as repository from './repository.ts';

/** Throws 1001 for no role or one of the tenant's own that isn't there, 2004 for one that grants more than the actor has. */
export async function checkRoles(db: TenantDb, actor: Actor, roles: readonly SystemRole[], custom_role_ids: readonly string[]): Promise<void> {
  if (roles.length + custom_role_ids.length === 0) throw refuseField('roles', 'roles_required');
  const custom = custom_role_ids.length > 0 ? await repository.listRolesById(db, custom_role_ids) : [];
  if (custom.length < custom_role_ids.length) throw refuseField('custom_role_ids', 'unknown_role');
  refuseBeyond(actor, listPermissions(roles, custom.flatMap(({ permissions }) => permissions)));
}

const refuseField = (path: string, code: string) => new AppError('INVALID_INPUT', { details: { issues: [{ path, code, message: code }] } });
