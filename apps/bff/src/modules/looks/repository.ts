import type { Look, LooksAtMeQuery, Permission, SystemRole } from '@lyss/api-types';
import { sql } from 'kysely';
import { newId } from '../../crypto/digest.ts';
import { listPage } from '../../db/list.ts';
import type { TenantDb } from '../../db/tenancy.ts';

interface LookHolder {
  user_id: string;
  session_id: string;
}

export interface LookPerson {
  id: string;
  name: string;
  email: string;
  status: string;
  roles: SystemRole[];
  granted: Permission[];
}

/**
 * Holds both people, what their roles grant, and the looker's session as they are until the transaction ends: whoever changes
 * any of it comes before or after, and their triggers see the look. False where the session has ended.
 */
export async function holdRights(db: TenantDb, { user_id, session_id }: LookHolder, subject_id: string): Promise<boolean> {
  const people = [user_id, subject_id];
  // In the order in which whoever changes a person takes them: people, roles, sessions.
  await db.selectFrom('users').select('id').where('id', 'in', people).orderBy('id').forShare().execute();
  const held = db.selectFrom('user_roles').select('role_id').where('user_id', 'in', people);
  await db.selectFrom('roles').select('id').where('id', 'in', held).orderBy('id').forShare().execute();
  const session = await db.selectFrom('sessions').select('id').where('id', '=', session_id).where('revoked_at', 'is', null).forShare().executeTakeFirst();
  return session !== undefined;
}

/** Who somebody is and what they may do. Not in the statement that holds them: what a statement waits for is not in what its subqueries see. */
export function findPerson(db: TenantDb, id: string): Promise<LookPerson | undefined> {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'status', 'roles'])
    .select(sql<Permission[]>`array(select distinct unnest(r.permissions) from user_roles ur join roles r on r.tenant_id = ur.tenant_id and r.id = ur.role_id where ur.tenant_id = users.tenant_id and ur.user_id = users.id)`.as('granted'))
    .where('id', '=', id)
    .executeTakeFirst();
}

export interface NewLook {
  looker_id: string;
  looker_name: string;
  session_id: string;
  subject_id: string;
  reason: string;
  ends_at: Date;
}

/** Begins a look in the place of whichever one goes on; two at once come in turn. */
export async function insertLook(db: TenantDb, look: NewLook): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`look:${look.looker_id}`}, 0))`.execute(db);
  await db.updateTable('looks').set({ ended_at: sql`least(now(), ends_at)`, end_reason: 'replaced' }).where('looker_id', '=', look.looker_id).where('ended_at', 'is', null).execute();
  const id = newId();
  await db.insertInto('looks').values({ tenant_id: db.tenant_id, id, ...look }).execute();
  return id;
}

/** A look of this very session; somebody else's, or another session's, is not there. */
export const findLook = (db: TenantDb, id: string, holder: LookHolder) => selectLook(db, id, holder).executeTakeFirst();

/** The same, held until what it shows is read: whoever ends it comes before or after. */
export const holdLook = (db: TenantDb, id: string, holder: LookHolder) => selectLook(db, id, holder).forShare('looks').executeTakeFirst();

function selectLook(db: TenantDb, id: string, { user_id, session_id }: LookHolder) {
  return db
    .selectFrom('looks')
    .innerJoin('users', (on) => on.onRef('users.tenant_id', '=', 'looks.tenant_id').onRef('users.id', '=', 'looks.subject_id'))
    .select(['looks.id', 'looks.reason', 'looks.started_at', 'looks.ends_at', 'looks.ended_at', 'looks.subject_id', 'users.name', 'users.email'])
    .select(sql<Look['end_reason']>`looks.end_reason`.as('end_reason'))
    .select(sql<boolean>`looks.ended_at is null and looks.ends_at > now()`.as('goes_on'))
    .where('looks.id', '=', id)
    .where('looks.looker_id', '=', user_id)
    .where('looks.session_id', '=', session_id);
}

/** Ends a look that goes on; false where it had ended already. */
export async function endLook(db: TenantDb, id: string): Promise<boolean> {
  const ended = await db.updateTable('looks').set({ ended_at: sql`now()`, end_reason: 'ended' }).where('id', '=', id).where('ended_at', 'is', null).where('ends_at', '>', sql<string>`now()`).executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

export function listLooksAt(db: TenantDb, subject_id: string, query: LooksAtMeQuery) {
  const looks = db.selectFrom('looks').select(['id', 'looker_name', 'reason', 'started_at', 'ends_at', 'ended_at']).where('subject_id', '=', subject_id);
  return listPage(looks, query);
}
