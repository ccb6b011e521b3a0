import { rolePermissions, systemRoles, type Invitation, type LetterFailure, type Permission, type SystemRole, type User, type UsersQuery } from '@lyss/api-types';
import { sql } from 'kysely';
import { escapeLike, listPage } from '../../db/list.ts';
import { isUniqueViolation } from '../../db/database.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../crypto/digest.ts';

const columns = ['id', 'email', 'name', 'roles', 'status', 'locale', 'last_seen_at', 'created_at', 'updated_at', 'version'] as const;

const rolesHeld = sql`from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id`;
/** The tenant's own roles that a person holds. */
const held = sql<User['custom_roles']>`(select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') ${rolesHeld})`.as('custom_roles');
// As the columns themselves are written: UTC with milliseconds.
const instant = (column: 'created_at' | 'expires_at') => sql`to_char(${sql.ref(`k.${column}`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** Of somebody invited the newest link that nobody has used. */
const invitation = sql<User['invitation']>`(select json_build_object('delivery', k.delivery, 'failure', k.delivery_failure, 'created_at', ${instant('created_at')}, 'expires_at', ${instant('expires_at')})
  from user_tokens k where users.status = 'invited' and k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and not k.is_asked_for order by k.id desc limit 1)`.as('invitation');
const hasOpenLink = sql<boolean>`exists (select 1 from user_tokens k where k.tenant_id = users.tenant_id and k.user_id = users.id and k.used_at is null and k.expires_at > now())`;
/** What those grant. */
const granted = sql<Permission[]>`array(select distinct unnest(r.permissions) ${rolesHeld})`.as('granted');

/** Whether signing in asks for a second step. */
const enrolled = sql<boolean>`(exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id))`;
const hasSecondFactor = enrolled.as('has_second_factor');

export function listUsers(db: TenantDb, query: UsersQuery) {
  let users = db.selectFrom('users').select(columns).select([held, invitation, hasSecondFactor]);
  if (query.status === 'expired') users = users.where('status', '=', 'invited').where(sql<boolean>`not ${hasOpenLink}`);
  else if (query.status) users = users.where('status', '=', query.status);
  if (query.second_factor) users = users.where(enrolled, '=', query.second_factor === 'enrolled');
  if (query.role) users = users.where(sql<boolean>`(${query.role} = any (roles) or exists (select 1 from user_roles ur where ur.user_id = users.id and ur.role_id::text = ${query.role}))`);
  if (query.permission) users = users.where(havePermission(query.permission));
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    users = users.where((or) => or.or([or('name', 'ilike', like), or('email', 'ilike', like)]));
  }
  return listPage(users, query);
}

function havePermission(permission: Permission) {
  const granting = systemRoles.filter((role) => rolePermissions[role].includes(permission));
  return sql<boolean>`(roles && ${granting}::text[] or exists (select 1 from user_roles ur join roles r on r.id = ur.role_id and r.tenant_id = ur.tenant_id
    where ur.user_id = users.id and ${permission} = any (r.permissions)))`;
}

export function findUser(db: TenantDb, id: string) {
  return db.selectFrom('users').select(columns).select([held, invitation, granted, hasSecondFactor]).where('id', '=', id).executeTakeFirst();
}

/** Since when the identity provider's word signs a person in, and when it last did; undefined where it does not. */
export function findProviderLink(db: TenantDb, user_id: string) {
  return db.selectFrom('sso_identities').select(['created_at as linked_at', 'last_used_at']).where('user_id', '=', user_id).executeTakeFirst();
}

/** How many sessions of a person may go on, and the newest link that an admin made for them and nobody has used. */
export async function readAccess(db: TenantDb, user_id: string) {
  const sessions = await db
    .selectFrom('sessions')
    .select(sql<string>`count(*)`.as('count'))
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .where(sql<boolean>`exists (select 1 from refresh_tokens r where r.tenant_id = sessions.tenant_id and r.session_id = sessions.id and r.used_at is null and r.idle_expires_at > now())`)
    .executeTakeFirstOrThrow();
  const link = await db
    .selectFrom('user_tokens')
    .select(['purpose', 'delivery', 'delivery_failure as failure', 'created_at', 'expires_at'])
    .where('user_id', '=', user_id)
    .where('used_at', 'is', null)
    .where('is_asked_for', '=', false)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { sessions_count: Number(sessions.count), link: link ?? null };
}

/** Locks first and reads in the next statement: the one that waited sees what hangs on the row, such as roles, as it was before. */
export async function lockUser(db: TenantDb, id: string) {
  const locked = await db.selectFrom('users').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (!locked) return undefined;
  await holdRolesOf(db, [id]);
  return findUser(db, id);
}

/** What the roles of these people grant stays to the transaction's end: whoever widens one comes before, or after and finds the links. People are locked before roles. */
export async function holdRolesOf(db: TenantDb, user_ids: readonly string[]): Promise<void> {
  const held = db.selectFrom('user_roles').select('role_id').where(sql<boolean>`user_id = any (${user_ids}::uuid[])`);
  await db.selectFrom('roles').select('id').where('id', 'in', held).orderBy('id').forShare().execute();
}

export interface NewUser {
  email: string;
  name: string;
  roles: SystemRole[];
  custom_role_ids?: string[];
  locale: 'zh-CN' | 'en-US';
}

/** Throws 3002 where the tenant has the address already. */
export async function insertUser(db: TenantDb, { custom_role_ids = [], ...user }: NewUser) {
  const id = newId();
  try {
    await db.insertInto('users').values({ tenant_id: db.tenant_id, id, ...user }).execute();
    await insertUserRoles(db, [id], custom_role_ids);
    return await getUser(db, id);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('USER_ALREADY_EXISTS', { details: { email: user.email }, cause: error });
    throw error;
  }
}

export interface UserChange {
  name?: string;
  roles?: SystemRole[];
  status?: 'active' | 'disabled' | 'invited';
}

export const getUser = (db: TenantDb, id: string) => db.selectFrom('users').select(columns).select([held, invitation, hasSecondFactor]).where('id', '=', id).executeTakeFirstOrThrow();

/** Of the tenant's own roles those with these ids, held as they are until the transaction ends. */
export function listRolesById(db: TenantDb, ids: readonly string[]) {
  return db.selectFrom('roles').select(['id', 'permissions']).where('id', 'in', ids).orderBy('id').forShare().execute();
}

export async function insertUserRoles(db: TenantDb, user_ids: readonly string[], role_ids: readonly string[]): Promise<void> {
  const rows = user_ids.flatMap((user_id) => role_ids.map((role_id) => ({ tenant_id: db.tenant_id, id: newId(), user_id, role_id })));
  if (rows.length > 0) await db.insertInto('user_roles').values(rows).execute();
}

export async function replaceUserRoles(db: TenantDb, user_id: string, role_ids: readonly string[]): Promise<void> {
  await db.deleteFrom('user_roles').where('user_id', '=', user_id).execute();
  await insertUserRoles(db, [user_id], role_ids);
}

/** Changes a person; a change of role or status also ends what was signed in before, by the epoch. */
export async function updateUser(db: TenantDb, id: string, change: UserChange, ends_sessions: boolean) {
  await db
    .updateTable('users')
    .set((set) => ({ ...change, ...(ends_sessions ? { epoch: set('epoch', '+', 1) } : {}), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', id)
    .execute();
  return getUser(db, id);
}

/** Ends whatever sessions a person has; answers how many. */
export async function endSessions(db: TenantDb, user_id: string, reason: string): Promise<number> {
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: reason })
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** What there is of a person's second factors, as numbers. */
export async function readSecondFactors(db: TenantDb, user_id: string) {
  const counts = await db
    .selectNoFrom((select) => [
      sql<boolean>`exists (select 1 from totp_factors where user_id = ${user_id} and confirmed_at is not null)`.as('totp'),
      select.selectFrom('passkeys').select(sql<string>`count(*)`.as('count')).where('user_id', '=', user_id).as('passkeys'),
      select.selectFrom('recovery_codes').select(sql<string>`count(*)`.as('count')).where('user_id', '=', user_id).where('used_at', 'is', null).as('codes'),
    ])
    .executeTakeFirstOrThrow();
  return { totp: counts.totp, passkeys_count: Number(counts.passkeys), recovery_codes_left: Number(counts.codes) };
}

/** Removes them all, and a password that is too short without them; answers whether one was. */
export async function removeSecondFactors(db: TenantDb, user_id: string): Promise<boolean> {
  for (const table of ['totp_factors', 'passkeys', 'recovery_codes', 'factor_challenges'] as const) await db.deleteFrom(table).where('user_id', '=', user_id).execute();
  const ended = await db
    .updateTable('users')
    .set((set) => ({ password_hash: null, password_is_short: false, epoch: set('epoch', '+', 1) }))
    .where('id', '=', user_id)
    .where('password_is_short', '=', true)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

export async function getDemand(db: TenantDb) {
  const { require_second_factor } = await db.selectFrom('tenants').select('require_second_factor').where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
  return require_second_factor;
}

export interface SeenSession {
  session_id: string;
  user_id: string;
  at: Date;
}

/** Writes when sessions and their people were last here. Whoever is being changed now is passed over: a minute later is soon enough. */
export async function touchSessions(db: TenantDb, seen: readonly SeenSession[]): Promise<void> {
  const ats = seen.map(({ at }) => at.toISOString());
  const [sessions, users] = [seen.map(({ session_id }) => session_id), seen.map(({ user_id }) => user_id)];
  await sql`
    with free as (select id from users where id = any (${users}::uuid[]) for no key update skip locked),
      seen as (select id, max(at) as at from unnest(${users}::uuid[], ${ats}::timestamptz[]) as given (id, at) group by id)
    update users set last_seen_at = greatest(users.last_seen_at, seen.at) from free join seen using (id) where users.id = free.id`.execute(db);
  await sql`
    with free as (select id from sessions where id = any (${sessions}::uuid[]) for no key update skip locked),
      seen as (select id, max(at) as at from unnest(${sessions}::uuid[], ${ats}::timestamptz[]) as given (id, at) group by id)
    update sessions set last_used_at = greatest(sessions.last_used_at, seen.at) from free join seen using (id) where sessions.id = free.id`.execute(db);
}

/** The roles that the tenant's active admins and operators other than `id` hold, with all their rows locked so that two can't leave at once. */
export async function listOthersRoles(db: TenantDb, id: string): Promise<Set<SystemRole>> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'roles'])
    .where(sql<boolean>`roles && array['tenant_admin', 'super_admin']`)
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Set(rows.filter((row) => row.id !== id).flatMap(({ roles }) => roles));
}

export async function hasPassword(db: TenantDb, id: string): Promise<boolean> {
  const row = await db.selectFrom('users').select(sql<boolean>`password_hash is not null`.as('has')).where('id', '=', id).executeTakeFirst();
  return row?.has ?? false;
}

/** From here on no password opens the account; a one-time link sets a new one. */
export async function forgetPassword(db: TenantDb, id: string): Promise<void> {
  await db.updateTable('users').set((set) => ({ password_hash: null, epoch: set('epoch', '+', 1) })).where('id', '=', id).execute();
}

/** Makes every unused link of these people useless: it was given out for what they could do then. */
export async function expireLinks(db: TenantDb, user_ids: readonly string[]): Promise<void> {
  await db.updateTable('user_tokens').set({ used_at: sql`now()` }).where(sql<boolean>`user_id = any (${user_ids}::uuid[])`).where('used_at', 'is', null).execute();
}

export interface NewUserToken {
  id: string;
  user_id: string;
  purpose: Invitation['purpose'];
  token_hash: Buffer;
  expires_at: Date;
  delivery: 'pending' | 'by_hand';
}

/** Replaces whatever unused links these people have by a new one each. */
export async function insertUserTokens(db: TenantDb, tokens: readonly NewUserToken[]): Promise<void> {
  if (tokens.length === 0) return;
  await expireLinks(db, tokens.map(({ user_id }) => user_id));
  await db.insertInto('user_tokens').values(tokens.map((token) => ({ tenant_id: db.tenant_id, ...token }))).execute();
}

/** What became of a link's letter: it left, or why not. */
export async function noteDelivery(db: TenantDb, token_id: string, failure: LetterFailure | null): Promise<void> {
  await db.updateTable('user_tokens').set({ delivery: failure ? 'failed' : 'sent', delivery_failure: failure }).where('id', '=', token_id).execute();
}

export async function getTenantName(db: TenantDb): Promise<string> {
  const { name } = await db.selectFrom('tenants').select('name').where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
  return name;
}
