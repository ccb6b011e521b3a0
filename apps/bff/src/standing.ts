import { listPermissions, platformPermissions, rolePermissions, type Me, type Permission, type SecondFactorDemand, type SystemRole } from '@lyss/api-types';

/** What a person's rights come from. */
export interface PersonFacts {
  roles: readonly SystemRole[];
  /** What the tenant's own roles add. */
  granted: readonly Permission[];
  has_second_factor: boolean;
  require_second_factor: SecondFactorDemand;
}

export interface Standing {
  /** What the person may do now. */
  permissions: Permission[];
  /** Whether a second factor is demanded: of operators, and by the tenant. */
  demanded: boolean;
  withheld: Me['second_factor']['withheld'];
}

/**
 * What a person may do, as long as they lack a second factor that is demanded: nothing where their tenant demands it; of
 * an operator the platform's permissions wait, and work in the own tenant goes on.
 */
export function judgeStanding({ roles, granted, has_second_factor, require_second_factor }: PersonFacts): Standing {
  const permissions = listPermissions(roles, granted);
  const isOperator = permissions.some((permission) => platformPermissions.includes(permission));
  const byTenant = isDemandedBy(require_second_factor, permissions);
  const demanded = isOperator || byTenant;
  if (has_second_factor || !demanded) return { permissions, demanded, withheld: 'nothing' };
  if (byTenant) return { permissions: [], demanded, withheld: 'everything' };
  return { permissions: permissions.filter((permission) => !platformPermissions.includes(permission)), demanded, withheld: 'platform' };
}

/** Whoever may do more than a member counts as an admin here, by whichever role. */
function isDemandedBy(demand: SecondFactorDemand, permissions: readonly Permission[]): boolean {
  if (demand === 'none') return false;
  return demand === 'everyone' || permissions.some((permission) => !rolePermissions.end_user.includes(permission));
}
