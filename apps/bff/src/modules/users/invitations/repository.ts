import type { Locale, Permission, SystemRole, User } from '@lyss/api-types';
import { sql } from 'kysely';
import type { TenantDb } from '../../../db/tenancy.ts';
import { newId } from '../../../crypto/digest.ts';
import { holdRolesOf } from '../repository.ts';

const rolesHeld = sql`from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id`;
const isOneOf = (ids: readonly string[]) => sql<boolean>`users.id = any (${ids}::uuid[])`;

/** Of these addresses, in lower case, those that the tenant has. */
export async function listTaken(db: TenantDb, emails: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('users').select(sql<string>`lower(email)`.as('email')).where(sql<boolean>`lower(email) = any (${emails}::text[])`).execute();
  return new Set(rows.map(({ email }) => email));
}

/**
 * Seats that the plan still has; null where it does not limit them. Where they are to be taken (`take`), nobody else takes
 * one before the transaction ends: the same lock as the trigger's that holds the limit.
 */
export async function countFreeSeats(db: TenantDb, take: boolean): Promise<number | null> {
  const { seat_limit } = await db.selectFrom('tenants').select('seat_limit').where('id', '=', db.tenant_id).executeTakeFirstOrThrow();
  if (seat_limit === null) return null;
  if (take) await sql`select pg_advisory_xact_lock(hashtextextended(${`plan seats ${db.tenant_id}`}, 7267))`.execute(db);
  const { count } = await db.selectFrom('users').select(sql<string>`count(*)`.as('count')).where('status', '<>', 'disabled').executeTakeFirstOrThrow();
  return Math.max(0, seat_limit - Number(count));
}

export interface NewInvitee {
  email: string;
  name: string;
  roles: SystemRole[];
  locale: Locale;
}

/** Adds those whose address nobody has; answers them. The rest was taken meanwhile, by a call at the same time. */
export async function insertInvitees(db: TenantDb, people: readonly NewInvitee[]): Promise<(NewInvitee & { id: string })[]> {
  if (people.length === 0) return [];
  // In one order for everybody, so that two calls with the same list wait for one another and don't lock each other out.
  const rows = people.toSorted((a, b) => (a.email.toLowerCase() < b.email.toLowerCase() ? -1 : 1)).map((person) => ({ tenant_id: db.tenant_id, id: newId(), ...person }));
  const inserted = await db.insertInto('users').values(rows).onConflict((on) => on.doNothing()).returning('id').execute();
  const made = new Set(inserted.map(({ id }) => id));
  return rows.filter(({ id }) => made.has(id));
}

/** Of these people those who are there, and whether they have still to accept; nobody is held. */
export function listStatuses(db: TenantDb, ids: readonly string[]) {
  return db.selectFrom('users').select(['id', 'status']).where(isOneOf(ids)).execute();
}

/** Of these people those who have not accepted yet, held until the transaction ends, in the order of their ids. As `lockUser`: what hangs on them is read behind the locks. */
export async function lockInvited(db: TenantDb, ids: readonly string[]) {
  const locked = await db.selectFrom('users').select('id').where(isOneOf(ids)).where('status', '=', 'invited').orderBy('id').forUpdate().execute();
  const invited = locked.map(({ id }) => id);
  await holdRolesOf(db, invited);
  return db
    .selectFrom('users')
    .select(['id', 'email', 'name', 'roles', 'locale'])
    .select([
      sql<User['custom_roles']>`(select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name), '[]') ${rolesHeld})`.as('custom_roles'),
      sql<Permission[]>`array(select distinct unnest(r.permissions) ${rolesHeld})`.as('granted'),
    ])
    .where(isOneOf(invited))
    .orderBy('id')
    .execute();
}

/** Removes those of these people who own nothing here and never signed in; answers their ids. */
export async function removeNeverHere(db: TenantDb, ids: readonly string[]): Promise<Set<string>> {
  const removed = await db
    .deleteFrom('users')
    .where(isOneOf(ids))
    .where('last_seen_at', 'is', null)
    .where(sql<boolean>`not exists (select 1 from sessions o where o.tenant_id = users.tenant_id and o.user_id = users.id)`)
    .where(sql<boolean>`not exists (select 1 from conversations o where o.tenant_id = users.tenant_id and o.user_id = users.id)`)
    .where(sql<boolean>`not exists (select 1 from api_keys o where o.tenant_id = users.tenant_id and o.user_id = users.id)`)
    .returning('id')
    .execute();
  return new Set(removed.map(({ id }) => id));
}

/** Shuts those of these people out who are still there. */
export async function disableInvited(db: TenantDb, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('users')
    .set((set) => ({ status: 'disabled', epoch: set('epoch', '+', 1), version: set('version', '+', 1), updated_at: sql`now()` }))
    .where(isOneOf(ids))
    .execute();
}
