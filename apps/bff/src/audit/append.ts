import type { Actor, ActorKey, Caller } from '../actor.ts';
import { newId } from '../crypto/digest.ts';
import type { PlatformDb, TenantDb } from '../db/tenancy.ts';

export interface AuditEntry {
  action: string;
  resource_type: string;
  resource_id: string | null;
  outcome?: 'success' | 'refused' | 'failed';
  /** What changed, secrets left out by the caller: never a key, a password, a token or a text of a chat. */
  details?: Record<string, unknown>;
}

export interface AuditWho {
  actor: (Pick<Actor, 'user_id' | 'name'> & { api_key?: Pick<ActorKey, 'id'> | undefined }) | null;
  caller: Pick<Caller, 'request_id' | 'address'>;
}

/** Writes one entry in the mutation's own transaction: no mutation without its entry, no entry without its mutation. */
export async function appendAudit(db: TenantDb, who: AuditWho, entry: AuditEntry): Promise<void> {
  await db.insertInto('audit_entries').values({ tenant_id: db.tenant_id, ...describe(who, entry) }).execute();
}

/** One entry for each of many things that one transaction did. */
export async function appendAudits(db: TenantDb, who: AuditWho, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.insertInto('audit_entries').values(entries.map((entry) => ({ tenant_id: db.tenant_id, ...describe(who, entry) }))).execute();
}

/** The same in the platform's own trail, for what an operator does. */
export async function appendPlatformAudit(db: PlatformDb, who: AuditWho, entry: AuditEntry): Promise<void> {
  await db.insertInto('platform_audit_entries').values(describe(who, entry)).execute();
}

function describe({ actor, caller }: AuditWho, entry: AuditEntry) {
  const details = actor?.api_key ? { ...entry.details, api_key_id: actor.api_key.id } : entry.details;
  return {
    id: newId(),
    actor_user_id: actor?.user_id ?? null,
    actor_name: actor?.name ?? null,
    action: entry.action,
    resource_type: entry.resource_type,
    resource_id: entry.resource_id,
    outcome: entry.outcome ?? ('success' as const),
    request_id: caller.request_id,
    address: caller.address,
    details: details === undefined ? null : JSON.stringify(details),
  };
}
