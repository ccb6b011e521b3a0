import type { CreateTenantInput, LogoInput, OperatorTenant, OwnTenant, Page, RemoveTenantInput, SetupInput, TenantsQuery, UpdateOwnTenantInput, UpdateTenantInput } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit, appendPlatformAudit } from '../../audit/append.ts';
import { pickChanged } from '../../audit/pick-changed.ts';
import type { Tenancy } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { pickGiven } from '../../given-fields.ts';
import { completeSetup, type SetupPorts } from './complete-setup.ts';
import { createTenant, type TenantPorts } from './create-tenant.ts';
import { askDeletion, cancelDeletion } from './erasures/delete-tenant.ts';
import { beginOfMonth, describeOwn, describeTenant, describeTenants } from './figures.ts';
import { readLogo, removeLogo, replaceLogo } from './logo/change-logo.ts';
import * as repository from './repository.ts';

export type TenantService = ReturnType<typeof createTenantService>;

/** Tenants as their operator sees them, the own tenant as its admin does, and the set-up that makes the first. */
export function createTenantService(ports: TenantPorts & SetupPorts) {
  const { tenancy } = ports;
  return {
    isSetupNeeded: async () => !(await repository.isSetupDone(tenancy)),
    completeSetup: (input: SetupInput, caller: Caller) => completeSetup(ports, input, caller),
    async list(query: TenantsQuery): Promise<Page<OperatorTenant>> {
      const { items, pagination } = await tenancy.withPlatform((db) => repository.listTenants(db, query, beginOfMonth()));
      return { items: await describeTenants(tenancy, items), pagination };
    },
    read: async (id: string) => describeTenant(tenancy, await tenancy.withPlatform((db) => repository.findTenant(db, id))),
    create: (actor: Actor, input: CreateTenantInput, caller: Caller) => createTenant(ports, actor, input, caller),
    update: (actor: Actor, id: string, version: number | null, input: UpdateTenantInput, caller: Caller) => updateTenant(tenancy, actor, id, version, input, caller),
    remove: async (actor: Actor, id: string, version: number | null, input: RemoveTenantInput, caller: Caller) =>
      describeTenant(tenancy, await askDeletion(tenancy, { actor, caller }, actor.tenant_id, id, version, input)),
    cancelRemoval: async (actor: Actor, id: string, version: number | null, caller: Caller) => describeTenant(tenancy, await cancelDeletion(tenancy, { actor, caller }, id, version)),
    readOwn: async (actor: Actor) => describeOwn(tenancy, await tenancy.withTenant(actor.tenant_id, (db) => repository.findTenant(db, actor.tenant_id))),
    replaceLogo: async (actor: Actor, version: number | null, input: LogoInput, caller: Caller) => describeOwn(tenancy, await replaceLogo(tenancy, actor, version, input, caller)),
    removeLogo: async (actor: Actor, version: number | null, caller: Caller) => describeOwn(tenancy, await removeLogo(tenancy, actor, version, caller)),
    readLogo: (actor: Actor, id: string) => readLogo(tenancy, actor, id),
    updateOwn: (actor: Actor, version: number | null, input: UpdateOwnTenantInput, caller: Caller) => updateOwn(ports, actor, version, input, caller),
  };
}

async function updateTenant(tenancy: Tenancy, actor: Actor, id: string, version: number | null, input: UpdateTenantInput, caller: Caller): Promise<OperatorTenant> {
  // The operator lives in a tenant too: suspending it would lock the platform's own door.
  if (input.state === 'suspended' && id === actor.tenant_id) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'own_tenant' } });
  const row = await tenancy.withPlatformAndTenant(id, async (platform, db) => {
    const before = await repository.lockTenant(platform, id);
    if (!before) throw new AppError('TENANT_NOT_FOUND');
    if (input.state && before.state === 'deleting') throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'tenant_deleting' } });
    const after = await repository.updateTenant(platform, id, version, pickGiven(input));
    if (!after) throw new AppError('RESOURCE_CONFLICT', { status: 412, details: { version: before.version } });
    const details = pickChanged(describeForAudit(before), describeForAudit(after));
    const entry = { action: 'tenants.updated', resource_type: 'tenant', resource_id: id, details };
    await appendPlatformAudit(platform, { actor, caller }, entry);
    await appendAudit(db, { actor, caller }, entry);
    return after;
  });
  return describeTenant(tenancy, row);
}

async function updateOwn({ tenancy, hasBudgets }: Pick<TenantPorts, 'tenancy' | 'hasBudgets'>, actor: Actor, version: number | null, input: UpdateOwnTenantInput, caller: Caller): Promise<OwnTenant> {
  // Whoever demands it of others is not locked out by their own word.
  if ((input.require_second_factor ?? 'none') !== 'none' && !actor.has_second_factor) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'enrol_yourself_first' } });
  const row = await tenancy.withTenant(actor.tenant_id, async (db) => {
    const before = await repository.lockTenant(db, actor.tenant_id);
    if (input.currency !== undefined && input.currency !== before?.currency && (await hasBudgets(db))) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'currency_in_budgets' } });
    const after = before && (await repository.updateTenant(db, actor.tenant_id, version, pickGiven(input)));
    if (!after) throw new AppError('RESOURCE_CONFLICT', { status: 412 });
    await appendAudit(db, { actor, caller }, { action: 'tenants.settings_changed', resource_type: 'tenant', resource_id: actor.tenant_id, details: pickChanged(describeForAudit(before), describeForAudit(after)) });
    return after;
  });
  return describeOwn(tenancy, row);
}

/** Whatever may be changed of it. */
const describeForAudit = ({ id: _id, workspace: _workspace, version: _version, created_at: _created, updated_at: _updated, ...settings }: repository.TenantRow) => settings;
