import type { Permission, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../../crypto/digest.ts';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';

export interface DomainPlace {
  tenant_id: string;
  organisation: string;
  sso_only: boolean;
}

/** Whose provider signs in people of a domain; null where nobody's does now. */
export async function findDomain(tenancy: Tenancy, domain: string): Promise<DomainPlace | null> {
  return (await tenancy.lookUp<DomainPlace>('select * from find_sso_domain($1)', [domain]))[0] ?? null;
}

export interface AttemptPlace {
  tenant_id: string;
  workspace: string;
  attempt_id: string;
}

export async function findAttemptPlace(tenancy: Tenancy, state_hash: Buffer): Promise<AttemptPlace | null> {
  return (await tenancy.lookUp<AttemptPlace>('select * from find_sso_attempt($1)', [state_hash]))[0] ?? null;
}

export interface NewAttempt {
  connection_id: string;
  connection_version: number;
  /** Of a test, the admin who began it. */
  user_id: string | null;
  state_hash: Buffer;
  browser_hash: Buffer;
  expires_at: Date;
}

/** Adds an attempt, and tidies away those whose time is over. */
export async function insertAttempt(db: TenantDb, attempt: NewAttempt): Promise<void> {
  await db.deleteFrom('sso_attempts').where('expires_at', '<', sql<string>`now()`).execute();
  await db.insertInto('sso_attempts').values({ tenant_id: db.tenant_id, id: newId(), ...attempt }).execute();
}

/** Uses an attempt up, for the browser that began it alone; undefined where it is over, was used, is another's or is not of this kind. */
export function consumeAttempt(db: TenantDb, attempt_id: string, browser_hash: Buffer, user_id: string | null) {
  return db
    .updateTable('sso_attempts')
    .set({ used_at: sql`now()` })
    .where('id', '=', attempt_id)
    .where('browser_hash', '=', browser_hash)
    .where('user_id', user_id === null ? 'is' : '=', user_id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returning(['connection_id', 'connection_version'])
    .executeTakeFirst();
}

export const getWorkspace = (db: TenantDb) => db.selectFrom('tenants').select(['workspace', 'state', 'locale']).where('id', '=', db.tenant_id).executeTakeFirstOrThrow();

const rolesHeld = sql`from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id`;
const own = sql<string[]>`array(select r.id::text ${rolesHeld} order by r.id)`.as('own_roles');
const granted = sql<Permission[]>`array(select distinct unnest(r.permissions) ${rolesHeld})`.as('granted');

export type PersonRow = Awaited<ReturnType<typeof getPerson>>;
const getPerson = (db: TenantDb, id: string) => db.selectFrom('users').select(['id', 'email', 'name', 'roles', 'status', own, granted]).where('id', '=', id).executeTakeFirstOrThrow();

/** Until the transaction ends, nobody else signs this subject in: two tabs must not make one person twice. */
export async function lockSubject(db: TenantDb, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sso:${db.tenant_id}:${subject}`}, 0))`.execute(db);
}

/** Locks the tenant's active admins in id order, as everybody does who changes one; answers their ids. */
export async function lockAdmins(db: TenantDb): Promise<string[]> {
  const rows = await db
    .selectFrom('users')
    .select('id')
    .where(sql<boolean>`'tenant_admin' = any (roles)`)
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

// Below, the lock first and what is decided by in the next statement: the one that waited sees roles as they were before.

/** Who a subject of the provider is, held until the transaction ends; undefined for nobody, or where they were untied while we waited. */
export async function lockBySubject(db: TenantDb, connection_id: string, subject: string): Promise<PersonRow | undefined> {
  const identity = db.selectFrom('sso_identities').select('user_id').where('connection_id', '=', connection_id).where('subject', '=', subject);
  const locked = await db.selectFrom('users').select('id').where('id', 'in', identity).forUpdate().executeTakeFirst();
  const still = locked && (await identity.executeTakeFirst());
  return still?.user_id === locked?.id && locked ? getPerson(db, locked.id) : undefined;
}

/** A person of the tenant's, held until the transaction ends. */
export async function lockPerson(db: TenantDb, id: string): Promise<PersonRow | undefined> {
  const locked = await db.selectFrom('users').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  return locked && getPerson(db, id);
}

/** From here on the provider's word for that subject signs nobody in; undefined where it did not before. */
export function removeIdentity(db: TenantDb, user_id: string) {
  return db.deleteFrom('sso_identities').where('user_id', '=', user_id).returning(['issuer', 'subject', 'created_at as linked_at']).executeTakeFirst();
}

/** Ends what the provider let in, and nothing that came by a password or a passkey. Answers how many. */
export async function endProviderSessions(db: TenantDb, user_id: string): Promise<number> {
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: 'provider_unlinked' })
    .where('user_id', '=', user_id)
    .where('via', '=', 'single_sign_on')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** Whose address it is, held until the transaction ends. */
export async function lockByEmail(db: TenantDb, email: string): Promise<PersonRow | undefined> {
  const locked = await db.selectFrom('users').select('id').where(sql<boolean>`lower(email) = lower(${email})`).forUpdate().executeTakeFirst();
  return locked && getPerson(db, locked.id);
}

/** Whether somebody more fits the plan. The trigger on `users` holds it in any case. */
export async function hasFreeSeat(db: TenantDb): Promise<boolean> {
  const taken = sql`(select count(*) from users u where u.tenant_id = tenants.id and u.status <> 'disabled')`;
  const row = await db.selectFrom('tenants').select(sql<boolean>`seat_limit is null or ${taken} < seat_limit`.as('free')).where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
  return row.free;
}

export async function hasIdentity(db: TenantDb, connection_id: string, user_id: string): Promise<boolean> {
  const row = await db.selectFrom('sso_identities').select('id').where('connection_id', '=', connection_id).where('user_id', '=', user_id).executeTakeFirst();
  return row !== undefined;
}

export async function isApproved(db: TenantDb, domain: string): Promise<boolean> {
  const row = await db.selectFrom('sso_domains').select('id').where('domain', '=', domain).where('state', '=', 'approved').executeTakeFirst();
  return row !== undefined;
}

/** Writes who somebody is at the provider, and when they last came. */
export async function saveIdentity(db: TenantDb, identity: { connection_id: string; user_id: string; issuer: string; subject: string }): Promise<void> {
  await db
    .insertInto('sso_identities')
    .values({ tenant_id: db.tenant_id, id: newId(), ...identity })
    .onConflict((on) => on.columns(['tenant_id', 'connection_id', 'subject']).doUpdateSet({ last_used_at: sql`now()` }))
    .execute();
}

export interface NewPerson {
  email: string;
  name: string;
  roles: SystemRole[];
  own_roles: string[];
  locale: 'zh-CN' | 'en-US';
}

/** Adds somebody who is active at once: the provider was the proof. */
export async function insertPerson(db: TenantDb, { own_roles, ...person }: NewPerson): Promise<string> {
  const id = newId();
  await db.insertInto('users').values({ tenant_id: db.tenant_id, id, status: 'active', ...person }).execute();
  await insertOwnRoles(db, id, own_roles);
  return id;
}

/** Other powers end what was signed in before, by the epoch, and every link that was given out for the old ones. */
export async function changePerson(db: TenantDb, user_id: string, change: { roles: SystemRole[]; own_roles: string[] }): Promise<void> {
  await db
    .updateTable('users')
    .set((set) => ({ roles: change.roles, status: 'active', epoch: set('epoch', '+', 1), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', user_id)
    .execute();
  await db.deleteFrom('user_roles').where('user_id', '=', user_id).execute();
  await insertOwnRoles(db, user_id, change.own_roles);
  await db.updateTable('user_tokens').set({ used_at: sql`now()` }).where('user_id', '=', user_id).where('used_at', 'is', null).execute();
}

async function insertOwnRoles(db: TenantDb, user_id: string, role_ids: readonly string[]): Promise<void> {
  if (role_ids.length === 0) return;
  await db.insertInto('user_roles').values(role_ids.map((role_id) => ({ tenant_id: db.tenant_id, id: newId(), user_id, role_id }))).execute();
}

export const getEpoch = async (db: TenantDb, user_id: string) => (await db.selectFrom('users').select('epoch').where('id', '=', user_id).executeTakeFirstOrThrow()).epoch;
