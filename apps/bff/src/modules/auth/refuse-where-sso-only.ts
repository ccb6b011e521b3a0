import type { SystemRole } from '@lyss/api-types';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { isSsoOnly } from './repository.ts';

/** Throws 3006 where the tenant's people sign in through its provider alone. Operators keep their password: they are the way out. */
export async function refuseWhereSsoOnly(db: TenantDb, roles: readonly SystemRole[]): Promise<void> {
  if (!roles.includes('super_admin') && (await isSsoOnly(db))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'sso_only' } });
}
