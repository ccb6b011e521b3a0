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

export type Kind = 'conversations' | 'messages' | 'sessions' | 'links';
/** What goes row by row: no conversation, whose messages are weighed. */
type Plain = Exclude<Kind, 'conversations' | 'messages'>;

/** Sessions by their end, with their refresh tokens; one-time links, with what became of their letters. */
const old: Record<Plain, (before: Date, at_most: number) => RawBuilder<unknown>> = {
  sessions: (before, at_most) => sql`delete from sessions where id in (select id from sessions where least(expires_at, revoked_at) < ${before} limit ${at_most})`,
  links: (before, at_most) => sql`delete from user_tokens where id in (select id from user_tokens where expires_at < ${before} limit ${at_most})`,
};

/** Removes at most so many that are older; returns how many went. */
export async function removeOld(db: TenantDb, kind: Plain, before: Date, at_most: number): Promise<number> {
  const { numAffectedRows } = await old[kind](before, at_most).execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** The oldest conversations whose last message is older, each with the work of removing it: a message is 1 and more by its size, counted up to `most`. */
export async function weighOld(db: TenantDb, before: Date, { at_most, most }: { at_most: number; most: number }): Promise<{ id: string; weight: number }[]> {
  const { rows } = await sql<{ id: string; weight: string }>`
    select c.id, w.weight from (select id, last_message_at from conversations where last_message_at < ${before} order by last_message_at, id limit ${at_most}) c,
      lateral (select coalesce(sum(1 + pg_column_size(s.content) / ${BYTES_OF_WORK}), 0) as weight from (select content from messages where conversation_id = c.id limit ${most + 1}) s) w
    order by c.last_message_at, c.id`.execute(db);
  return rows.map(({ id, weight }) => ({ id, weight: Number(weight) }));
}
// As stored; a longer text is kept in rows of its own, which go with it.
const BYTES_OF_WORK = 20_000;

/** With their messages, as long as nobody wrote in them meanwhile. */
export async function removeConversations(db: TenantDb, ids: string[], before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from conversations where id = any(${ids}::uuid[]) and last_message_at < ${before}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** The newest messages of a conversation first: what answered them has gone before. */
export async function removeNewestMessages(db: TenantDb, conversation_id: string, before: Date, at_most: number): Promise<number> {
  const newest = sql`select m.id from messages m join conversations c on c.id = m.conversation_id
    where m.conversation_id = ${conversation_id} and c.last_message_at < ${before} order by m.created_at desc, m.id desc limit ${at_most}`;
  const { numAffectedRows } = await sql`delete from messages where id in (${newest})`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
