import type { DomainState, MappableRole, Permission, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../../crypto/digest.ts';
import { isUniqueViolation } from '../../../db/database.ts';
import type { TenantDb } from '../../../db/tenancy.ts';
import { AppError } from '../../../errors.ts';

const plain = ['issuer', 'client_id', 'secret_hint', 'secret_fingerprint', 'scopes', 'role_claim', 'creates_users', 'enabled', 'sso_only', 'created_at', 'updated_at', 'version'] as const;
const kept = ['id', 'token_origin', 'sealed_secret', 'vouched_roles', 'vouched', 'tested_by', 'tested_at'] as const;

export interface RoleRule {
  /** Null is the default role. */
  value: string | null;
  /** A system role's name, or the id of one of the tenant's own. */
  role: string;
}

export type ConnectionRow = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

export const findConnection = (db: TenantDb) => db.selectFrom('sso_connections').select([...plain, ...kept]).executeTakeFirst();

/** As findConnection, and nobody else changes it before the transaction ends. */
export const lockConnection = (db: TenantDb) => db.selectFrom('sso_connections').select([...plain, ...kept]).forUpdate().executeTakeFirst();

/** As findConnection, and it stays as it is until the transaction ends. */
export const holdConnection = (db: TenantDb) => db.selectFrom('sso_connections').select([...plain, ...kept]).forShare().executeTakeFirst();

export async function listRules(db: TenantDb): Promise<RoleRule[]> {
  const rows = await db.selectFrom('sso_role_rules').select(['claim_value', 'system_role', 'role_id']).orderBy('position').execute();
  return rows.map(({ claim_value, system_role, role_id }) => ({ value: claim_value, role: system_role ?? role_id ?? '' }));
}

export const listDomains = (db: TenantDb) => db.selectFrom('sso_domains').select(['id', 'domain', 'state']).orderBy('domain').execute();

export async function countPeople(db: TenantDb): Promise<number> {
  const row = await db.selectFrom('sso_identities').select(sql<string>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface SealedSecret {
  sealed_secret: Buffer;
  secret_hint: string;
  secret_fingerprint: string;
}

export interface ConnectionChange {
  issuer: string;
  token_origin: string;
  client_id: string;
  scopes: string[];
  role_claim: string | null;
  creates_users: boolean;
  enabled: boolean;
  sso_only: boolean;
  vouched_roles: SystemRole[];
  vouched: Permission[];
}

/** Throws 3005 where the tenant has one already. */
export async function insertConnection(db: TenantDb, id: string, row: ConnectionChange & SealedSecret): Promise<void> {
  await db.insertInto('sso_connections').values({ tenant_id: db.tenant_id, id, ...row }).execute().catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'sso_exists' }, cause: error });
    throw error;
  });
}

/** `keeps_test`: nothing was changed that a test would see. */
export async function updateConnection(db: TenantDb, id: string, change: ConnectionChange & Partial<SealedSecret>, keeps_test: boolean): Promise<void> {
  const changed = { ...change, ...(keeps_test ? {} : { tested_by: null, tested_at: null }), updated_at: sql<string>`now()` };
  await db.updateTable('sso_connections').set((set) => ({ ...changed, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

export async function removeConnection(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('sso_connections').where('id', '=', id).execute();
}

/** Which of the tenant's own roles have these ids, with what they grant, held as they are until the transaction ends. */
export function listRolesById(db: TenantDb, ids: readonly string[]) {
  return db.selectFrom('roles').select(['id', 'name', 'permissions']).where('id', 'in', ids).orderBy('id').forShare().execute();
}

export async function replaceRules(db: TenantDb, connection_id: string, rules: readonly RoleRule[], system: readonly MappableRole[]): Promise<void> {
  await db.deleteFrom('sso_role_rules').where('connection_id', '=', connection_id).execute();
  if (rules.length === 0) return;
  const rows = rules.map(({ value, role }, position) => {
    const system_role = system.find((name) => name === role) ?? null;
    return { tenant_id: db.tenant_id, id: newId(), connection_id, position, claim_value: value, system_role, role_id: system_role ? null : role };
  });
  await db.insertInto('sso_role_rules').values(rows).execute();
}

/** Those that stay keep their state; new ones wait to be decided. */
export async function replaceDomains(db: TenantDb, connection_id: string, domains: readonly string[]): Promise<void> {
  await db.deleteFrom('sso_domains').where('connection_id', '=', connection_id).where('domain', 'not in', domains).execute();
  const rows = domains.map((domain) => ({ tenant_id: db.tenant_id, id: newId(), connection_id, domain, state: 'pending' as const }));
  await db.insertInto('sso_domains').values(rows).onConflict((on) => on.columns(['tenant_id', 'domain']).doNothing()).execute();
}

/** Decides what still waits. Throws 3005 where another tenant has the domain. */
export async function decideDomain(db: TenantDb, id: string, state: Exclude<DomainState, 'pending'>): Promise<void> {
  await db.updateTable('sso_domains').set({ state, decided_at: sql`now()` }).where('id', '=', id).execute().catch((error: unknown) => {
    if (isUniqueViolation(error)) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'domain_taken' }, cause: error });
    throw error;
  });
}

/** Another issuer's subjects are other people. */
export async function forgetIdentities(db: TenantDb, connection_id: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sso_identities').where('connection_id', '=', connection_id).executeTakeFirst();
  return Number(numDeletedRows);
}

/** Of the settings that were tested alone: a change meanwhile is untested. */
export async function noteTest(db: TenantDb, { id, version }: { id: string; version: number }, user_id: string): Promise<void> {
  await db.updateTable('sso_connections').set({ tested_by: user_id, tested_at: sql`now()` }).where('id', '=', id).where('version', '=', version).execute();
}

/** Passwords again; false where they were never closed. */
export async function openPasswords(db: TenantDb): Promise<boolean> {
  const opened = await db.updateTable('sso_connections').set((set) => ({ sso_only: false, version: set('version', '+', 1), updated_at: sql`now()` })).where('sso_only', '=', true).executeTakeFirst();
  return opened.numUpdatedRows > 0n;
}

export async function isTenant(db: TenantDb): Promise<boolean> {
  const row = await db.selectFrom('tenants').select('id').where('id', '=', db.tenant_id).executeTakeFirst();
  return row !== undefined;
}
