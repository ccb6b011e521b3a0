import type { Me, Permission, SecondFactorDemand } from '@lyss/api-types';
import { sql } from 'kysely';
import { describeStanding } from '../../actor.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { judgeStanding, type PersonFacts } from '../../standing.ts';

export interface SignInCandidate {
  tenant_id: string;
  workspace: string;
  tenant_name: string;
  tenant_state: string;
  user_id: string;
  password_hash: string | null;
  user_status: string;
}

export function listSignInCandidates(tenancy: Tenancy, email: string, workspace: string | null): Promise<SignInCandidate[]> {
  return tenancy.lookUp('select * from find_sign_in($1, $2)', [email, workspace]);
}

/** How many workspaces there are, counted no further than `at_most`. */
export async function countWorkspaces(tenancy: Tenancy, at_most: number): Promise<number> {
  const rows = await tenancy.lookUp<{ count: number }>('select count_workspaces($1) as count', [at_most]);
  return rows[0]?.count ?? 0;
}

export interface ActorRow {
  tenant_id: string;
  tenant_state: string;
  user_id: string;
  email: string;
  name: string;
  roles: Me['roles'];
  /** What the tenant's own roles add. */
  granted: Permission[];
  user_status: string;
  epoch: number;
  session_ends: string;
  session_revoked: boolean;
  has_second_factor: boolean;
  require_second_factor: SecondFactorDemand;
}

export async function findActorRow(tenancy: Tenancy, session_id: string): Promise<ActorRow | null> {
  const rows = await tenancy.lookUp<ActorRow>('select * from find_actor($1)', [session_id]);
  return rows[0] ?? null;
}

/** Those of the sessions whose person may still be served, and by what (`describeStanding`). */
export async function listLiveSessions(tenancy: Tenancy, session_ids: string[]): Promise<Map<string, string>> {
  const rows = await tenancy.lookUp<PersonFacts & { session_id: string }>('select * from list_live_sessions($1)', [session_ids]);
  return new Map(rows.map((row) => [row.session_id, describeStanding(judgeStanding(row).permissions)]));
}

export interface RefreshPlace {
  tenant_id: string;
  session_id: string;
  token_id: string;
}

export async function findRefreshPlace(tenancy: Tenancy, token_hash: Buffer): Promise<RefreshPlace | null> {
  const rows = await tenancy.lookUp<RefreshPlace>('select * from find_refresh_token($1)', [token_hash]);
  return rows[0] ?? null;
}

/** Locks the session's row and returns it with what its person and tenant are now. */
export function lockSession(db: TenantDb, session_id: string) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'sessions.user_id').onRef('users.tenant_id', '=', 'sessions.tenant_id'))
    .innerJoin('tenants', 'tenants.id', 'sessions.tenant_id')
    .select(['sessions.id', 'sessions.user_id', 'sessions.carrier', 'sessions.expires_at', 'sessions.revoke_reason', 'users.epoch', 'users.name'])
    .select(['users.status as user_status', 'tenants.state as tenant_state'])
    .select(sql<boolean>`sessions.revoked_at is not null or sessions.expires_at <= now()`.as('ended'))
    .where('sessions.id', '=', session_id)
    .forUpdate('sessions')
    .executeTakeFirst();
}

export interface RefreshTokenRow {
  id: string;
  used: boolean;
  /** Used within the tolerated window. */
  used_lately: boolean;
  idle: boolean;
  has_used_child: boolean;
}

export function getRefreshToken(db: TenantDb, id: string, tolerated_s: number): Promise<RefreshTokenRow> {
  return db
    .selectFrom('refresh_tokens as token')
    .select((select) => [
      'token.id',
      sql<boolean>`token.used_at is not null`.as('used'),
      sql<boolean>`coalesce(token.used_at > now() - make_interval(secs => ${tolerated_s}), false)`.as('used_lately'),
      sql<boolean>`token.idle_expires_at <= now()`.as('idle'),
      select
        .exists(select.selectFrom('refresh_tokens as child').select('child.id').whereRef('child.parent_id', '=', 'token.id').where('child.used_at', 'is not', null))
        .$castTo<boolean>()
        .as('has_used_child'),
    ])
    .where('token.id', '=', id)
    .executeTakeFirstOrThrow();
}

export async function markRefreshTokenUsed(db: TenantDb, id: string): Promise<void> {
  await db.updateTable('refresh_tokens').set({ used_at: sql`now()` }).where('id', '=', id).execute();
}

export async function insertRefreshToken(
  db: TenantDb,
  row: { id: string; session_id: string; token_hash: Buffer; parent_id: string | null; idle_expires_at: Date },
): Promise<void> {
  await db.insertInto('refresh_tokens').values({ tenant_id: db.tenant_id, ...row }).execute();
}

export interface NewSessionRow {
  id: string;
  user_id: string;
  user_agent: string;
  address: string;
  carrier: 'cookie' | 'bearer';
  expires_at: Date;
  via: 'single_sign_on' | null;
}

/** `is_proof`: whether beginning it showed a factor, or there is none to show, so that factors may be changed at once. */
export async function insertSession(db: TenantDb, row: NewSessionRow, is_proof = true): Promise<void> {
  const proved = is_proof ? {} : { proved_at: sql<string>`'-infinity'` };
  await db.insertInto('sessions').values({ tenant_id: db.tenant_id, ...row, ...proved }).execute();
  await db.updateTable('users').set({ last_seen_at: sql`now()` }).where('id', '=', row.user_id).execute();
}

/** Seconds until there is nothing left that a browser's cookie opens: the session's end, or its tenant's idle time where that is sooner. */
export async function getCookieSeconds(db: TenantDb, session_id: string): Promise<number> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('tenants', 'tenants.id', 'sessions.tenant_id')
    .select(sql<number>`greatest(1, round(least(extract(epoch from sessions.expires_at - now()), tenants.session_idle_minutes * 60)))::integer`.as('seconds'))
    .where('sessions.id', '=', session_id)
    .executeTakeFirstOrThrow();
  return row.seconds;
}

export async function touchSession(db: TenantDb, session: { id: string; user_id: string }): Promise<void> {
  await db.updateTable('sessions').set({ last_used_at: sql`now()` }).where('id', '=', session.id).execute();
  // Whoever changes a person locks the person first and the sessions second: waiting here would be the other way round.
  const free = db.selectFrom('users').select('id').where('id', '=', session.user_id).forNoKeyUpdate().skipLocked();
  await db.updateTable('users').set({ last_seen_at: sql`now()` }).where('id', 'in', free).execute();
}

/** Ends a session; false where it had ended before. */
export async function revokeSession(db: TenantDb, session_id: string, reason: string): Promise<boolean> {
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: reason })
    .where('id', '=', session_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Whose session it is. */
export function getSessionPerson(db: TenantDb, session_id: string): Promise<{ user_id: string; name: string }> {
  return db
    .selectFrom('sessions')
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'sessions.user_id').onRef('users.tenant_id', '=', 'sessions.tenant_id'))
    .select(['sessions.user_id', 'users.name'])
    .where('sessions.id', '=', session_id)
    .executeTakeFirstOrThrow();
}

/** The tenant's own roles that a person holds, and what they grant. */
const held = sql<{ id: string; name: string; permissions: Permission[] }[]>`(select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions) order by r.name), '[]')
  from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id)`.as('custom_roles');

const logo = sql<Me['tenant']['logo']>`(select json_build_object('id', l.id, 'width', l.width, 'height', l.height) from tenant_logos l where l.tenant_id = users.tenant_id)`.as('logo');

/** Whether signing in asks for a second step. */
export const hasSecondFactor = sql<boolean>`(exists (select 1 from totp_factors f where f.tenant_id = users.tenant_id and f.user_id = users.id and f.confirmed_at is not null)
  or exists (select 1 from passkeys f where f.tenant_id = users.tenant_id and f.user_id = users.id))`.as('has_second_factor');

/** Whether passwords are closed to the tenant's people; operators keep theirs. */
export const passwordsClosed = sql<boolean>`exists (select 1 from sso_connections c where c.tenant_id = tenants.id and c.sso_only)`.as('passwords_closed');

export function getProfile(db: TenantDb, user_id: string) {
  return db
    .selectFrom('users')
    .innerJoin('tenants', 'tenants.id', 'users.tenant_id')
    .select(['users.id', 'users.email', 'users.name', 'users.roles', 'users.locale', 'users.theme', 'users.time_zone', 'users.columns', 'users.version', 'users.epoch'])
    .select(['tenants.id as tenant_id', 'tenants.name as tenant_name', 'tenants.workspace', 'tenants.currency', 'tenants.time_zone as tenant_time_zone'])
    .select(['tenants.require_second_factor', 'tenants.password_min_length'])
    .select([logo, held, hasSecondFactor, passwordsClosed])
    .where('users.id', '=', user_id)
    .executeTakeFirstOrThrow();
}

export async function updateProfile(
  db: TenantDb,
  user_id: string,
  version: number | null,
  change: { name?: string } & Partial<Me['preferences']>,
): Promise<boolean> {
  const { columns, ...plain } = change;
  const updated = await db
    .updateTable('users')
    .set((set) => ({ ...plain, ...(columns ? { columns: JSON.stringify(columns) } : {}), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', user_id)
    .$if(version !== null, (query) => query.where('version', '=', version))
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

export interface UserTokenPlace {
  tenant_id: string;
  user_id: string;
  token_id: string;
}

export async function findUserTokenPlace(tenancy: Tenancy, token_hash: Buffer): Promise<UserTokenPlace | null> {
  const rows = await tenancy.lookUp<UserTokenPlace>('select * from find_user_token($1)', [token_hash]);
  return rows[0] ?? null;
}

/** The person of a token that can still be used, and what it is for. */
export function findUsableToken(db: TenantDb, token_id: string) {
  return db
    .selectFrom('user_tokens')
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'user_tokens.user_id').onRef('users.tenant_id', '=', 'user_tokens.tenant_id'))
    .innerJoin('tenants', 'tenants.id', 'user_tokens.tenant_id')
    .select(['users.id as user_id', 'users.email', 'users.name', 'users.roles', 'user_tokens.purpose', 'tenants.name as tenant_name', 'tenants.workspace', 'tenants.password_min_length', 'tenants.password_blocked_words'])
    .select(hasSecondFactor)
    .where('user_tokens.id', '=', token_id)
    .where('user_tokens.used_at', 'is', null)
    .where('user_tokens.expires_at', '>', sql<string>`now()`)
    .where('users.status', '<>', 'disabled')
    .where('tenants.state', '=', 'active')
    .executeTakeFirst();
}

/** Locks a person before anything of theirs, the order of everybody who changes a person. */
export function lockPerson(db: TenantDb, user_id: string): Promise<{ password_hash: string | null; status: string } | undefined> {
  return db.selectFrom('users').select(['password_hash', 'status']).where('id', '=', user_id).forUpdate().executeTakeFirst();
}

/** Whether passwords are closed to the tenant's people. */
export async function isSsoOnly(db: TenantDb): Promise<boolean> {
  const { passwords_closed } = await db.selectFrom('tenants').select(passwordsClosed).where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
  return passwords_closed;
}

/** Uses a token up; false where somebody else was first. */
export async function consumeToken(db: TenantDb, token_id: string): Promise<boolean> {
  const used = await db
    .updateTable('user_tokens')
    .set({ used_at: sql`now()` })
    .where('id', '=', token_id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .returning('id')
    .executeTakeFirst();
  return used !== undefined;
}

/** Sets a password: the person becomes active, their links and every session but `kept_id` end; answers how many sessions did. */
export async function setPassword(
  db: TenantDb,
  user_id: string,
  change: { password_hash: string; password_is_short: boolean; name?: string; locale?: Me['preferences']['locale'] },
  kept_id: string | null = null,
): Promise<number> {
  await db
    .updateTable('users')
    .set((set) => ({ ...change, status: 'active', epoch: set('epoch', '+', 1), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', user_id)
    .execute();
  await db.updateTable('user_tokens').set({ used_at: sql`now()` }).where('user_id', '=', user_id).where('used_at', 'is', null).execute();
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: 'password_changed' })
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .$if(kept_id !== null, (query) => query.where('id', '<>', kept_id))
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** The same password under today's cost; nothing where another one was chosen meanwhile. */
export async function replacePasswordHash(db: TenantDb, user_id: string, hash: { from: string; to: string }): Promise<void> {
  await db.updateTable('users').set({ password_hash: hash.to }).where('id', '=', user_id).where('password_hash', '=', hash.from).execute();
}
