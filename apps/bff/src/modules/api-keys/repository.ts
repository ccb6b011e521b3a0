import type { AllApiKeysQuery, ApiKey, ApiKeysQuery, Permission, PersonsApiKey, User } from '@lyss/api-types';
import { sql } from 'kysely';
import { describeStanding } from '../../actor.ts';
import { newId } from '../../crypto/digest.ts';
import { escapeLike, listPage } from '../../db/list.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { judgeStanding, type PersonFacts } from '../../standing.ts';

const columns = ['id', 'name', 'hint', 'scopes', 'models', 'allowed_networks', 'expires_at', 'last_used_at', 'rotated_at', 'revoked_at', 'created_at', 'updated_at', 'version'] as const;

const status = sql<ApiKey['status']>`case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end`;
const overlap = sql<string | null>`(select max(s.expires_at) from api_key_secrets s where s.tenant_id = api_keys.tenant_id and s.api_key_id = api_keys.id and s.expires_at > now())`;
const person = sql<PersonsApiKey['user']>`(select json_build_object('id', u.id, 'name', u.name, 'email', u.email, 'status', u.status)
  from users u where u.tenant_id = api_keys.tenant_id and u.id = api_keys.user_id)`;

const selectKeys = (db: TenantDb) => db.selectFrom('api_keys').select(columns).select([status.as('status'), overlap.as('overlap_ends_at')]);

/** Behind the actor's own id: nobody else's key is there. */
export function listOwnKeys(db: TenantDb, user_id: string, query: ApiKeysQuery) {
  let keys = selectKeys(db).where('user_id', '=', user_id);
  if (query.status) keys = keys.where(status, '=', query.status);
  if (query.scope) keys = keys.where(sql<boolean>`${query.scope} = any (scopes)`);
  if (query.search) keys = keys.where(matches(query.search));
  return listPage(keys, query);
}

export function listAllKeys(db: TenantDb, query: AllApiKeysQuery) {
  let keys = selectKeys(db).select(person.as('user'));
  if (query.status) keys = keys.where(status, '=', query.status);
  if (query.scope) keys = keys.where(sql<boolean>`${query.scope} = any (scopes)`);
  if (query.user_id) keys = keys.where('user_id', '=', query.user_id);
  if (query.search) {
    const like = `%${escapeLike(query.search)}%`;
    keys = keys.where(sql<boolean>`(${matches(query.search)} or exists (select 1 from users u where u.tenant_id = api_keys.tenant_id and u.id = api_keys.user_id and (u.name ilike ${like} or u.email ilike ${like})))`);
  }
  return listPage(keys, query);
}

/** By its name, or by the characters that a person still sees of it. */
function matches(search: string) {
  const like = `%${escapeLike(search)}%`;
  return sql<boolean>`(name ilike ${like} or hint like ${like})`;
}

export const findOwnKey = (db: TenantDb, user_id: string, id: string) => selectKeys(db).where('id', '=', id).where('user_id', '=', user_id).executeTakeFirst();

export const findAnyKey = (db: TenantDb, id: string) => selectKeys(db).select(person.as('user')).where('id', '=', id).executeTakeFirst();

export const getKey = (db: TenantDb, id: string): Promise<ApiKey> => selectKeys(db).where('id', '=', id).executeTakeFirstOrThrow();

/** Holds one key until the transaction ends; nothing for somebody else's, where `user_id` says whose it must be. */
export function lockKey(db: TenantDb, id: string, user_id?: string) {
  return db
    .selectFrom('api_keys')
    .select([...columns, 'user_id'])
    .select([status.as('status'), overlap.as('overlap_ends_at')])
    .where('id', '=', id)
    .$if(user_id !== undefined, (query) => query.where('user_id', '=', user_id ?? ''))
    .forUpdate()
    .executeTakeFirst();
}
export type LockedKey = NonNullable<Awaited<ReturnType<typeof lockKey>>>;

/** How many keys of a person still work; their other calls that make one wait until the transaction ends. */
export async function countLiveKeys(db: TenantDb, user_id: string): Promise<number> {
  await db.selectFrom('users').select('id').where('id', '=', user_id).forUpdate().execute();
  const row = await db.selectFrom('api_keys').select(sql<string>`count(*)`.as('count')).where('user_id', '=', user_id).where(status, '=', 'active').executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface KeyDraft {
  name: string;
  scopes: Permission[];
  models: string[] | null;
  allowed_networks: string[];
  expires_at: string | null;
}

export async function insertKey(db: TenantDb, user_id: string, draft: KeyDraft, secret: { hint: string; secret_hash: Buffer }): Promise<string> {
  const id = newId();
  await db.insertInto('api_keys').values({ tenant_id: db.tenant_id, id, user_id, hint: secret.hint, ...draft }).execute();
  await insertSecret(db, id, secret.secret_hash);
  return id;
}

async function insertSecret(db: TenantDb, api_key_id: string, secret_hash: Buffer): Promise<void> {
  await db.insertInto('api_key_secrets').values({ tenant_id: db.tenant_id, id: newId(), api_key_id, secret_hash }).execute();
}

export async function updateKey(db: TenantDb, id: string, draft: KeyDraft): Promise<void> {
  const changed = { ...draft, updated_at: sql<string>`now()` };
  await db.updateTable('api_keys').set((set) => ({ ...changed, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

/** The current secret goes on for the overlap, one that was rotated out earlier ends now: two work at most. */
export async function replaceSecret(db: TenantDb, id: string, secret: { hint: string; secret_hash: Buffer }, overlap_hours: number): Promise<void> {
  await db.updateTable('api_key_secrets').set({ expires_at: sql<string>`now()` }).where('api_key_id', '=', id).where('expires_at', '>', sql<string>`now()`).execute();
  await db
    .updateTable('api_key_secrets')
    .set({ expires_at: sql<string>`now() + make_interval(hours => ${overlap_hours})` })
    .where('api_key_id', '=', id)
    .where('expires_at', 'is', null)
    .execute();
  await insertSecret(db, id, secret.secret_hash);
  const now = sql<string>`now()`;
  await db.updateTable('api_keys').set((set) => ({ hint: secret.hint, rotated_at: now, updated_at: now, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

export async function revokeKey(db: TenantDb, id: string): Promise<void> {
  const now = sql<string>`now()`;
  await db.updateTable('api_keys').set((set) => ({ revoked_at: now, updated_at: now, version: set('version', '+', 1) })).where('id', '=', id).execute();
}

/** Writes when keys were last used. In id order, the same for every replica, so that two that write at once can't deadlock. */
export async function touchKeys(db: TenantDb, uses: readonly { api_key_id: string; at: Date }[]): Promise<void> {
  const [ids, ats] = [uses.map(({ api_key_id }) => api_key_id), uses.map(({ at }) => at.toISOString())];
  await sql`
    with held as (select id from api_keys where id = any (${ids}::uuid[]) order by id for no key update)
    update api_keys set last_used_at = greatest(last_used_at, seen.at) from held join unnest(${ids}::uuid[], ${ats}::timestamptz[]) as seen (id, at) using (id)
    where api_keys.id = held.id`.execute(db);
}

/** Writes a use that is the first one of its day (UTC); false where there was one already. */
export async function touchFirst(db: TenantDb, id: string, at: Date): Promise<boolean> {
  const midnight = new Date(at).setUTCHours(0, 0, 0, 0);
  const touched = await db
    .updateTable('api_keys')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((is) => is.or([is('last_used_at', 'is', null), is('last_used_at', '<', new Date(midnight).toISOString())]))
    .executeTakeFirst();
  return touched.numUpdatedRows > 0n;
}

export interface KeyRow extends PersonFacts {
  tenant_id: string;
  tenant_state: string;
  user_id: string;
  email: string;
  name: string;
  user_status: User['status'];
  api_key_id: string;
  secret_id: string;
  scopes: Permission[];
  models: string[] | null;
  allowed_networks: string[];
  key_ends: string | null;
  secret_ends: string | null;
  is_revoked: boolean;
  last_used_at: string | null;
}

export async function findKeyRow(tenancy: Tenancy, secret_hash: Buffer): Promise<KeyRow | null> {
  const rows = await tenancy.lookUp<KeyRow>('select * from find_api_key($1)', [secret_hash]);
  return rows[0] ?? null;
}

/** What a request with the key may do: its scopes, as far as its person may do that now. */
export function permissionsOf({ scopes, ...person }: PersonFacts & Pick<KeyRow, 'scopes'>): Permission[] {
  return judgeStanding(person).permissions.filter((permission) => scopes.includes(permission));
}

/** Which models it is for and from where: an open stream doesn't outlive a change of either. */
export const limitsOf = ({ models, allowed_networks }: Pick<KeyRow, 'models' | 'allowed_networks'>): string => JSON.stringify([models, allowed_networks]);

/** Those of the secrets that may still be served, and by what (`describeStanding`). */
export async function listLiveKeys(tenancy: Tenancy, secret_ids: string[]): Promise<Map<string, string>> {
  const rows = await tenancy.lookUp<PersonFacts & Pick<KeyRow, 'secret_id' | 'scopes' | 'models' | 'allowed_networks'>>('select * from list_live_api_keys($1)', [secret_ids]);
  return new Map(rows.map((row) => [row.secret_id, describeStanding(permissionsOf(row), limitsOf(row))]));
}

export async function listTenantsWithEndedKeys(tenancy: Tenancy, before: Date): Promise<string[]> {
  const rows = await tenancy.lookUp<{ tenant_id: string }>('select * from list_tenants_with_ended_keys($1)', [before]);
  return rows.map(({ tenant_id }) => tenant_id);
}

/** Removes some of the keys that ended before; how many. */
export async function removeEndedKeys(db: TenantDb, before: Date, at_most: number): Promise<number> {
  const { numAffectedRows } = await sql`delete from api_keys where id in (select id from api_keys where least(expires_at, revoked_at) < ${before} limit ${at_most})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
