import { sql, type RawBuilder } from 'kysely';
import type { PlatformDb, TenantDb } from '../../../db/tenancy.ts';

export interface Kept {
  id: string;
  conversation_retention_days: number | null;
  session_retention_days: number | null;
}

/** Tenants that keep something only so long; one that is shut stays as it is. */
export function listKept(db: PlatformDb): Promise<Kept[]> {
  return db
    .selectFrom('tenants')
    .select(['id', 'conversation_retention_days', 'session_retention_days'])
    .where('state', '=', 'active')
    .where((or) => or.or([or('conversation_retention_days', 'is not', null), or('session_retention_days', 'is not', null)]))
    .execute();
}

export type Kind = 'conversations' | 'sessions' | 'links';

/** Conversations by their last message; sessions by their end, with their refresh tokens; one-time links, with what became of their letters. */
const old: Record<Kind, (before: Date, at_most: number) => RawBuilder<unknown>> = {
  conversations: (before, at_most) => sql`delete from conversations where id in (select id from conversations where last_message_at < ${before} order by last_message_at limit ${at_most})`,
  sessions: (before, at_most) => sql`delete from sessions where id in (select id from sessions where least(expires_at, revoked_at) < ${before} limit ${at_most})`,
  links: (before, at_most) => sql`delete from user_tokens where id in (select id from user_tokens where expires_at < ${before} limit ${at_most})`,
};

/** Removes at most so many that are older; returns how many went. */
export async function removeOld(db: TenantDb, kind: Kind, before: Date, at_most: number): Promise<number> {
  const { numAffectedRows } = await old[kind](before, at_most).execute(db);
  return Number(numAffectedRows ?? 0n);
}
