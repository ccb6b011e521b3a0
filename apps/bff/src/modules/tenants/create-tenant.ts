import type { CreateTenantInput, LinkDelivery, OneTimeLink, OperatorTenant } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit, appendPlatformAudit, type AuditWho } from '../../audit/append.ts';
import { newId } from '../../crypto/digest.ts';
import type { WrappedDataKey } from '../../crypto/vault.ts';
import { insertDataKey } from '../../db/data-key-store.ts';
import type { PlatformDb, Tenancy, TenantDb } from '../../db/tenancy.ts';
import { describeTenant } from './figures.ts';
import { insertTenant, type TenantRow } from './repository.ts';

export interface TenantPorts {
  tenancy: Tenancy;
  newDataKey(tenant_id: string): WrappedDataKey;
  insertDemoCredential(db: TenantDb): Promise<void>;
  /** Whether amounts stand in the tenant's currency, which can then be no other. */
  hasBudgets(db: TenantDb): Promise<boolean>;
  inviteUser(db: TenantDb, user: { email: string; name: string; roles: ['tenant_admin']; locale: 'zh-CN' | 'en-US' }, who: AuditWho): Promise<InvitedAdmin>;
}

interface InvitedAdmin {
  invitation: OneTimeLink;
  delivery: LinkDelivery;
  /** After the commit. */
  send(): void;
}

/** A tenant's rows that are there from its first moment: itself, its data key, the demo supplier, its first audit entry. */
export async function foundTenant(
  ports: Pick<TenantPorts, 'newDataKey' | 'insertDemoCredential'>,
  platform: PlatformDb,
  db: TenantDb,
  tenant: Parameters<typeof insertTenant>[1],
  who: AuditWho,
): Promise<TenantRow> {
  const row = await insertTenant(platform, tenant);
  await insertDataKey(db, ports.newDataKey(tenant.id));
  await ports.insertDemoCredential(db);
  const entry = { action: 'tenants.created', resource_type: 'tenant', resource_id: tenant.id, details: { after: { name: tenant.name, workspace: tenant.workspace } } };
  await appendAudit(db, who, entry);
  await appendPlatformAudit(platform, who, entry);
  return row;
}

/** Makes a tenant and invites its first admin, all in one transaction; the letter leaves after it. */
export async function createTenant(ports: TenantPorts, actor: Actor, input: CreateTenantInput, caller: Caller): Promise<{ tenant: OperatorTenant; invitation: OneTimeLink; delivery: LinkDelivery }> {
  const id = newId();
  const who = { actor, caller };
  const { send, row: founded, ...made } = await ports.tenancy.withPlatformAndTenant(id, async (platform, db) => {
    const { name, workspace, locale, currency, time_zone, limits = {}, admin } = input;
    const row = await foundTenant(ports, platform, db, { id, name, workspace, locale, currency, time_zone, limits }, who);
    const { invitation, delivery, send: sendLater } = await ports.inviteUser(db, { ...admin, roles: ['tenant_admin'], locale }, who);
    return { row, invitation, delivery, send: sendLater };
  });
  send();
  return { tenant: await describeTenant(ports.tenancy, founded), ...made };
}
