import { z } from 'zod';
import { endpoint, image } from './endpoint.ts';
import { id, instant, listQuery, page, version } from './envelope.ts';
import { linkDelivery } from './letters.ts';
import { logoBody, tenantLogo } from './logo.ts';
import { currency, email, label, locale, timeZone, workspace } from './text.ts';

export const tenantStates = ['active', 'suspended', 'deleting'] as const;
/** Days between asking for a tenant's deletion and the day it is gone; until then it can be taken back. */
export const DELETION_DAYS = 7;

/** What an operator lets a tenant use; null where nothing is limited. */
export const planLimits = z
  .strictObject({
    seats: z.int().min(1).max(1_000_000).nullable().describe('People who are active or invited'),
    api_keys: z.int().min(0).max(1_000_000).nullable().describe('Living API keys, of everybody together'),
    storage_bytes: z.int().min(0).nullable().describe('Files that the tenant keeps'),
    requests_per_minute: z.int().min(10).max(1_000_000).nullable().describe('Of everybody together, over all servers'),
  })
  .meta({ id: 'PlanLimits' });
export type PlanLimits = z.infer<typeof planLimits>;

export const planUse = z.strictObject({ seats: z.int(), api_keys: z.int(), storage_bytes: z.int() }).meta({ id: 'PlanUse' });
export type PlanUse = z.infer<typeof planUse>;

const MOST_WORDS = 200;
const IDLE_MINUTES = 720;
const ABSOLUTE_MINUTES = 10_080;
const LONGEST_DAYS = 36_500;

/** Never weaker than the platform's own. */
export const passwordPolicy = z
  .strictObject({
    min_length: z.int().min(15).max(128),
    blocked_words: z.array(label(40)).max(MOST_WORDS).describe('No password may hold one of them, in any case'),
  })
  .meta({ id: 'PasswordPolicy' });

/** Never longer than the platform's own; null for the platform's. Felt at the next refresh. */
export const sessionPolicy = z
  .strictObject({
    idle_minutes: z.int().min(5).max(IDLE_MINUTES).nullable().describe('Null for 12 hours'),
    absolute_minutes: z.int().min(15).max(ABSOLUTE_MINUTES).nullable().describe('Null for 7 days, of operators 24 hours'),
  })
  .meta({ id: 'SessionPolicy' });

export const retention = z
  .strictObject({
    conversations_days: z.int().min(1).max(LONGEST_DAYS).nullable().describe('After the last message; null for ever'),
    sessions_days: z.int().min(30).max(LONGEST_DAYS).nullable().describe('Ended sessions and one-time links with their letters; null for ever'),
  })
  .meta({ id: 'Retention' });

/** Who may not go on without a second factor; operators never manage the platform without one. `admins`: whoever may do more than a member. */
export const secondFactorDemands = ['none', 'admins', 'everyone'] as const;
export type SecondFactorDemand = (typeof secondFactorDemands)[number];

export const tenant = z
  .strictObject({
    id,
    name: z.string(),
    workspace: z.string(),
    state: z.enum(tenantStates),
    locale,
    currency: z.string(),
    time_zone: z.string(),
    audit_retention_days: z.int().nullable().describe('How long entries of the audit are kept; null for ever'),
    password_policy: passwordPolicy,
    session_policy: sessionPolicy,
    retention,
    limits: planLimits,
    used: planUse,
    require_second_factor: z.enum(secondFactorDemands),
    users_count: z.int(),
    last_active_at: instant.nullable(),
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'Tenant' });
export type Tenant = z.infer<typeof tenant>;

/** A tenant as its own admins see it. */
export const ownTenant = tenant
  .extend({
    logo: tenantLogo.nullable(),
    without_second_factor: z.strictObject({ everyone: z.int(), admins: z.int() }).describe('Active people who have none; `admins`: whoever may do more than a member'),
  })
  .meta({ id: 'OwnTenant' });
export type OwnTenant = z.infer<typeof ownTenant>;

export const tenantDeletion = z
  .strictObject({
    asked_at: instant,
    due_at: instant.describe('From then on it is erased, and nothing brings it back'),
    reason: z.string(),
    is_begun: z.boolean(),
    rows_removed: z.int().describe('How far the erasing came'),
  })
  .meta({ id: 'TenantDeletion' });
export type TenantDeletion = z.infer<typeof tenantDeletion>;

/** What a tenant did since the month began (UTC), from its usage records: one for every reply. */
export const tenantMonth = z
  .strictObject({ since: instant, requests: z.int(), input_tokens: z.int(), output_tokens: z.int(), costs: z.array(z.strictObject({ amount: z.string(), currency: z.string() })) })
  .meta({ id: 'TenantMonth' });
export type TenantMonth = z.infer<typeof tenantMonth>;

/** How many of its enabled suppliers answered at the last try. */
export const supplierHealth = z.strictObject({ healthy: z.int(), failing: z.int(), untested: z.int() }).meta({ id: 'SupplierHealth' });

/** A tenant as the platform's operator sees it: counts and states, never content. */
export const operatorTenant = tenant
  .extend({ deletion: tenantDeletion.nullable(), suppliers: supplierHealth, month: tenantMonth })
 .meta({ id: 'OperatorTenant' });
export type OperatorTenant = z.infer<typeof operatorTenant>;

/** A link that sets a password once; shown only in this answer. */
export const oneTimeLink = z.strictObject({ url: z.string(), expires_at: instant }).meta({ id: 'OneTimeLink' });
export type OneTimeLink = z.infer<typeof oneTimeLink>;

const createBody = z.strictObject({
  name: label(80),
  workspace,
  locale: locale.default('zh-CN'),
  currency: currency.default('USD'),
  time_zone: timeZone.default('UTC'),
  admin: z.strictObject({ email, name: label(80) }),
  limits: planLimits.partial().optional().describe('What is left out is not limited'),
});
export type CreateTenantInput = z.infer<typeof createBody>;
const updateBody = z.strictObject({ name: label(80).optional(), state: z.enum(['active', 'suspended']).optional(), limits: planLimits.partial().optional() });
export type UpdateTenantInput = z.infer<typeof updateBody>;
const removeQuery = z.strictObject({ name: label(80).describe('The tenant’s name, typed to confirm'), reason: label(200) });
export type RemoveTenantInput = z.infer<typeof removeQuery>;
const ownBody = z.strictObject({
  name: label(80).optional(),
  locale: locale.optional(),
  currency: currency.optional(),
  time_zone: timeZone.optional(),
  audit_retention_days: z.int().min(30).max(36_500).nullable().optional().describe('Null keeps them for ever'),
  password_policy: passwordPolicy.partial().optional(),
  session_policy: sessionPolicy.partial().optional(),
  retention: retention.partial().optional(),
  require_second_factor: z.enum(secondFactorDemands).optional(),
});
export type UpdateOwnTenantInput = z.infer<typeof ownBody>;

/** What a tenant does by now, and not what it is: sorted by as it stands when a page is read. Of costs in several currencies the largest amount. */
export const tenantFigures = ['users_count', 'requests', 'tokens', 'cost', 'last_active_at'] as const;
export type TenantFigure = (typeof tenantFigures)[number];
export const tenantsQuery = listQuery(['created_at', 'name', 'workspace', 'updated_at', ...tenantFigures], { state: z.enum(tenantStates).optional() });
export type TenantsQuery = z.infer<typeof tenantsQuery>;
const params = z.strictObject({ id });

export const tenantEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenants',
    summary: 'The platform’s tenants: counts and states, never content',
    query: tenantsQuery,
    data: page(operatorTenant),
    permission: 'tenants.read',
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/admin/tenants',
    summary: 'Make a tenant and invite its first admin',
    body: createBody,
    data: z.strictObject({ tenant: operatorTenant, invitation: oneTimeLink, delivery: linkDelivery }),
    status: 201,
    errors: ['RESOURCE_CONFLICT'],
    permission: 'tenants.write',
    audit: 'tenants.created',
    replayable: false,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/admin/tenants/{id}',
    summary: 'One tenant',
    params,
    data: operatorTenant,
    errors: ['TENANT_NOT_FOUND'],
    permission: 'tenants.read',
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/admin/tenants/{id}',
    summary: 'Rename, suspend or resume a tenant, or change what it may use',
    params,
    body: updateBody,
    data: operatorTenant,
    errors: ['TENANT_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenants.write',
    audit: 'tenants.updated',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/tenants/{id}',
    summary: 'Shut a tenant at once and erase it after 7 days, until which it can be taken back',
    params,
    query: removeQuery,
    data: operatorTenant,
    status: 202,
    errors: ['TENANT_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenants.write',
    versioned: true,
    audit: 'tenants.deletion_asked',
  }),
  cancelRemoval: endpoint({
    method: 'POST',
    path: '/api/v1/admin/tenants/{id}/cancel-deletion',
    summary: 'Take a tenant’s deletion back: it is again what it was',
    params,
    data: operatorTenant,
    errors: ['TENANT_NOT_FOUND', 'RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'tenants.write',
    versioned: true,
    audit: 'tenants.deletion_cancelled',
  }),
  readOwn: endpoint({ method: 'GET', path: '/api/v1/admin/tenant', summary: 'My own tenant', data: ownTenant, permission: 'settings.read' }),
  updateOwn: endpoint({
    method: 'PATCH',
    path: '/api/v1/admin/tenant',
    summary: 'Change my own tenant’s settings',
    body: ownBody,
    data: ownTenant,
    errors: ['RESOURCE_CONFLICT', 'OPERATION_NOT_ALLOWED'],
    permission: 'settings.write',
    audit: 'tenants.settings_changed',
  }),
  replaceLogo: endpoint({
    method: 'PUT',
    path: '/api/v1/admin/tenant/logo',
    summary: 'Give my tenant a logo, which its people see in the console',
    body: logoBody,
    data: ownTenant,
    errors: ['RESOURCE_CONFLICT', 'QUOTA_EXCEEDED'],
    permission: 'settings.write',
    versioned: true,
    audit: 'tenants.logo_changed',
  }),
  removeLogo: endpoint({
    method: 'DELETE',
    path: '/api/v1/admin/tenant/logo',
    summary: 'Take my tenant’s logo away',
    data: ownTenant,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'settings.write',
    versioned: true,
    audit: 'tenants.logo_removed',
  }),
  readLogo: image({
    method: 'GET',
    path: '/api/v1/logos/{id}',
    summary: 'My tenant’s logo itself',
    params,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'signed-in',
  }),
};
