/** Every permission there is. An endpoint names exactly one of them, or says `signed-in` or `public`. */
export const permissions = [
  'tenants.read',
  'tenants.write',
  'platform_audit.read',
  'settings.read',
  'settings.write',
  'tenant.export',
  'tenant.import',
  'users.read',
  'users.write',
  'users.look',
  'roles.read',
  'roles.write',
  'sso.manage',
  'suppliers.read',
  'suppliers.write',
  'models.read',
  'models.write',
  'budgets.read',
  'budgets.write',
  'usage.read',
  'gateway.use',
  'audit.read',
  'api_keys.manage',
  'chat.use',
  'api_keys.use',
] as const;
export type Permission = (typeof permissions)[number];

export const systemRoles = ['super_admin', 'tenant_admin', 'end_user'] as const;
export type SystemRole = (typeof systemRoles)[number];

/** The operator manages tenants and never reads content; a tenant's admin governs it; a member uses it. */
export const rolePermissions: Record<SystemRole, readonly Permission[]> = {
  super_admin: ['tenants.read', 'tenants.write', 'platform_audit.read'],
  tenant_admin: ['settings.read', 'settings.write', 'tenant.export', 'tenant.import', 'users.read', 'users.write', 'users.look', 'roles.read', 'roles.write', 'sso.manage', 'suppliers.read', 'suppliers.write', 'models.read', 'models.write', 'budgets.read', 'budgets.write', 'usage.read', 'gateway.use', 'audit.read', 'api_keys.manage', 'chat.use', 'api_keys.use'],
  end_user: ['gateway.use', 'chat.use', 'api_keys.use'],
};

/** What reaches beyond a tenant: the operator's. */
export const platformPermissions: readonly Permission[] = ['tenants.read', 'tenants.write', 'platform_audit.read'];
/** What a tenant's own roles may be made of: nothing that reaches beyond the tenant. */
export const tenantPermissions = permissions.filter((permission) => !platformPermissions.includes(permission));

/** The union of what system roles grant and of what a tenant's own roles do, in the registry's order. */
export function listPermissions(roles: readonly SystemRole[], granted: readonly Permission[] = []): Permission[] {
  return permissions.filter((permission) => granted.includes(permission) || roles.some((role) => rolePermissions[role].includes(permission)));
}
