import type { SessionsQuery } from '@lyss/api-types';
import { sql } from 'kysely';
import { listPage } from '../../../db/list.ts';
import type { TenantDb } from '../../../db/tenancy.ts';

/** A person's sessions that may go on: neither ended nor idle for too long. */
export function listSessions(db: TenantDb, user_id: string, query: SessionsQuery) {
  const sessions = db
    .selectFrom('sessions')
    .select(['id', 'user_agent', 'address', 'carrier', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .where(sql<boolean>`exists (select 1 from refresh_tokens r where r.tenant_id = sessions.tenant_id and r.session_id = sessions.id and r.used_at is null and r.idle_expires_at > now())`);
  return listPage(sessions, query);
}

/** Ends one session of a person; false where it is not theirs or has ended before. */
export async function endSession(db: TenantDb, user_id: string, session_id: string): Promise<boolean> {
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: 'ended_by_person' })
    .where('id', '=', session_id)
    .where('user_id', '=', user_id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Ends all sessions of a person but one; answers which. */
export async function endOtherSessions(db: TenantDb, user_id: string, kept_id: string, reason: string): Promise<string[]> {
  const ended = await db
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoke_reason: reason })
    .where('user_id', '=', user_id)
    .where('id', '<>', kept_id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute();
  return ended.map(({ id }) => id);
}
