import type { ErrorBody, Message, Part, Price, Usage } from '@lyss/api-types';
import { sql } from 'kysely';
import type { Tenancy, TenantDb } from '../../../db/tenancy.ts';
import type { LogEvent, LogPage } from '../../../streams/follow-log.ts';
import type { PendingEvent } from '../../../streams/log-writer.ts';

const HISTORY_MESSAGES = 400;
/** As JSON: more than the widest window of any model holds, and than one message may have. */
const HISTORY_BYTES = 16 * 1024 * 1024;

/** Locks the person's conversation, so that replies in it begin one after another. */
export function lockConversation(db: TenantDb, user_id: string, id: string) {
  return db
    .selectFrom('conversations')
    .select(['id', 'title', 'title_source', 'system_prompt', 'version'])
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .forUpdate()
    .executeTakeFirst();
}

/** The person's conversation as it is, for what it would be shown. */
export function findPrompt(db: TenantDb, user_id: string, id: string) {
  return db.selectFrom('conversations').select(['id', 'system_prompt']).where('id', '=', id).where('user_id', '=', user_id).executeTakeFirst();
}

export async function findRunningReply(db: TenantDb, conversation_id: string): Promise<string | null> {
  // Written out, as in the list of conversations: the index holds running replies alone.
  const running = sql.lit<Message['status']>('running');
  const row = await db.selectFrom('replies').select('id').where('conversation_id', '=', conversation_id).where('status', '=', running).executeTakeFirst();
  return row?.id ?? null;
}

/** Replies that are being made now: this person's, and the tenant's. */
export async function countRunningReplies(db: TenantDb, user_id: string): Promise<{ user: number; tenant: number }> {
  const running = sql.lit<Message['status']>('running');
  const row = await db
    .selectFrom('replies')
    .select([sql<string>`count(*)`.as('tenant'), sql<string>`count(*) filter (where user_id = ${user_id})`.as('user')])
    .where('status', '=', running)
    .executeTakeFirstOrThrow();
  return { user: Number(row.user), tenant: Number(row.tenant) };
}

export function findMessage(db: TenantDb, conversation_id: string, id: string) {
  return db
    .selectFrom('messages')
    .select(['id', 'parent_id', 'role', 'status'])
    .where('conversation_id', '=', conversation_id)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function findNewestMessage(db: TenantDb, conversation_id: string): Promise<string | null> {
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversation_id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function insertUserMessage(db: TenantDb, message: { id: string; conversation_id: string; parent_id: string | null; content: Part[] }): Promise<void> {
  const row = { tenant_id: db.tenant_id, ...message, role: 'user' as const, content: JSON.stringify(message.content), status: 'complete' as const };
  await db.insertInto('messages').values(row).execute();
}

export interface NewReply {
  id: string;
  message_id: string;
  conversation_id: string;
  user_id: string;
  model: string;
  supplier: string;
  credential_id: string | null;
  price: Price | null;
  request_id: string;
  instance_id: string;
}

/** The empty answer and the reply that will fill it. */
export async function insertReply(db: TenantDb, reply: NewReply, parent_id: string | null): Promise<void> {
  const { message_id, conversation_id, model, supplier, price } = reply;
  await db
    .insertInto('messages')
    .values({ tenant_id: db.tenant_id, id: message_id, conversation_id, parent_id, reply_id: reply.id, role: 'assistant', content: '[]', status: 'running', model, supplier })
    .execute();
  await db
    .insertInto('replies')
    .values({ tenant_id: db.tenant_id, ...reply, price: price && JSON.stringify(price) })
    .execute();
}

/** Whether an insert was refused because its credential was removed meanwhile. */
export function isCredentialGone(error: unknown): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === 'replies_credential_fkey';
}

export async function touchConversation(db: TenantDb, id: string, change: { model: string; title?: string }): Promise<void> {
  await db.updateTable('conversations').set({ ...change, last_message_at: sql`now()` }).where('id', '=', id).execute();
}

export interface HistoryRow {
  role: Message['role'];
  content: Part[];
}

/** The path from the root to `leaf_id`, oldest first; at most the newest 400 of it, and 16 MiB, but the leaf in any case. */
export async function listPath(db: TenantDb, leaf_id: string): Promise<HistoryRow[]> {
  // Sizes are summed up on the way, so that what is too much is never sent, nor read beyond the message that makes it so.
  const path = await sql<HistoryRow>`
    with recursive path as (
      select id, parent_id, 1 as depth, octet_length(content::text)::bigint as bytes from messages where id = ${leaf_id}
      union all
      select parent.id, parent.parent_id, path.depth + 1, path.bytes + octet_length(parent.content::text)
      from messages parent join path on parent.id = path.parent_id where path.depth < ${HISTORY_MESSAGES} and path.bytes < ${HISTORY_BYTES})
    select m.role, m.content from path join messages m on m.id = path.id where path.depth = 1 or path.bytes <= ${HISTORY_BYTES} order by path.depth desc`.execute(db);
  return path.rows;
}

// A notice holds less than 8,000 bytes: 200 ids of 36 characters and a comma each are 7,400.
const TOLD_AT_ONCE = 200;

/**
 * Appends to the log and tells every process which replies have news, heard once it is committed. Refused by its key
 * where another process has written the same number, by its reference where the reply is gone.
 */
export async function appendEvents(db: TenantDb, events: PendingEvent[], again = false): Promise<void> {
  const ifNew = again ? sql`on conflict (tenant_id, reply_id, seq) do nothing` : sql``;
  const reply_ids = [...new Set(events.map((event) => event.reply_id))];
  const notices = Array.from({ length: Math.ceil(reply_ids.length / TOLD_AT_ONCE) }, (_, turn) => `log:${reply_ids.slice(turn * TOLD_AT_ONCE, (turn + 1) * TOLD_AT_ONCE).join()}`);
  await sql`
    with appended as (
      insert into reply_events (tenant_id, reply_id, seq, event, data)
      select ${db.tenant_id}::uuid, row.reply_id, row.seq, row.event, row.data
      from unnest(${events.map((event) => event.reply_id)}::uuid[], ${events.map((event) => event.seq)}::int[],
        ${events.map((event) => event.event)}::text[], ${events.map((event) => JSON.stringify(event.data))}::json[])
        as row (reply_id, seq, event, data)
      ${ifNew})
    select pg_notify('lyss', notice) from unnest(${notices}::text[]) as notice`.execute(db);
}

/** A page of a person's reply's log and whether the reply still ran, of one moment: where it didn't, its last event is in reach. */
export async function readLog(db: TenantDb, user_id: string, reply_id: string, seq: number, limit: number): Promise<LogPage> {
  const rows = await db
    .selectFrom('replies')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('reply_events')
          .select(['seq', 'event', 'data'])
          .whereRef('reply_events.reply_id', '=', 'replies.id')
          .where('seq', '>', seq)
          .orderBy('seq')
          .limit(limit)
          .as('log'),
      (on) => on.onTrue(),
    )
    .select(['replies.status', 'log.seq', 'log.event', 'log.data'])
    .where('replies.id', '=', reply_id)
    .where('replies.user_id', '=', user_id)
    .orderBy('log.seq')
    .execute();
  const events = rows.flatMap(({ seq: number, event, data }) => (number === null || event === null ? [] : [{ seq: number, event, data }]));
  return { events, is_running: rows[0]?.status === 'running' };
}

export function listEventsAfter(db: TenantDb, reply_id: string, seq: number, limit: number): Promise<LogEvent[]> {
  return db
    .selectFrom('reply_events')
    .select(['seq', 'event', 'data'])
    .where('reply_id', '=', reply_id)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** A reply of this person, or undefined. */
export function findReply(db: TenantDb, user_id: string, id: string) {
  return db
    .selectFrom('replies')
    .select(['id', 'status', 'instance_id', 'conversation_id', 'message_id', 'log_removed'])
    .where('id', '=', id)
    .where('user_id', '=', user_id)
    .executeTakeFirst();
}

/** Locks a reply that still runs; undefined where it has ended, so that it ends exactly once. */
export function lockRunningReply(db: TenantDb, id: string) {
  return db
    .selectFrom('replies')
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'replies.user_id').onRef('users.tenant_id', '=', 'replies.tenant_id'))
    .selectAll('replies')
    .select('users.name as user_name')
    .where('replies.id', '=', id)
    .where('replies.status', '=', 'running')
    .forUpdate('replies')
    .executeTakeFirst();
}

/** Asks whoever makes the reply to stop; false where that was asked before. The request stays, should the notice be missed. */
export async function requestStop(db: TenantDb, id: string): Promise<boolean> {
  const asked = await db
    .updateTable('replies')
    .set({ stop_requested_at: sql`now()` })
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('stop_requested_at', 'is', null)
    .executeTakeFirst();
  await sql`select pg_notify('lyss', ${`stop:${id}`})`.execute(db);
  return asked.numUpdatedRows > 0n;
}

export interface EndedMessage {
  content: Part[];
  status: Exclude<Message['status'], 'running'>;
  finish_reason: Message['finish_reason'];
  usage: Usage | null;
  error: ErrorBody | null;
  duration_ms: number;
  time_to_first_token_ms: number | null;
}

export async function finishReply(db: TenantDb, reply: { id: string; message_id: string; attempt: number }, ended: EndedMessage): Promise<void> {
  const { content, usage, error, ...rest } = ended;
  await db
    .updateTable('messages')
    .set({ ...rest, content: JSON.stringify(content), usage: usage && JSON.stringify(usage), error: error && JSON.stringify(error) })
    .where('id', '=', reply.message_id)
    .execute();
  await db.updateTable('replies').set({ status: ended.status, attempt: reply.attempt, ended_at: sql`now()` }).where('id', '=', reply.id).execute();
}

export function listRunningReplies(tenancy: Tenancy): Promise<{ tenant_id: string; reply_id: string; instance_id: string; must_stop: boolean }[]> {
  return tenancy.lookUp('select * from list_running_replies()', []);
}

export function listExpiredLogs(tenancy: Tenancy, before: Date, at_most: number): Promise<{ tenant_id: string; reply_id: string }[]> {
  return tenancy.lookUp('select * from list_finished_replies($1, $2)', [before, at_most]);
}

export async function removeLog(db: TenantDb, reply_id: string): Promise<void> {
  await db.deleteFrom('reply_events').where('reply_id', '=', reply_id).execute();
  await db.updateTable('replies').set({ log_removed: true }).where('id', '=', reply_id).execute();
}

/** What is left of a reply whose process died: its log, and what its supplier had been shown. */
export async function readInterrupted(db: TenantDb, reply_id: string, at_most: number) {
  const reply = await db
    .selectFrom('replies')
    .innerJoin('conversations', (on) => on.onRef('conversations.id', '=', 'replies.conversation_id').onRef('conversations.tenant_id', '=', 'replies.tenant_id'))
    .innerJoin('users', (on) => on.onRef('users.id', '=', 'replies.user_id').onRef('users.tenant_id', '=', 'replies.tenant_id'))
    .select(['replies.message_id', 'replies.request_id', 'replies.attempt', 'conversations.system_prompt', 'users.locale'])
    .select(sql<number>`least(2147483647, extract(epoch from now() - replies.started_at) * 1000)::int`.as('lasted_ms'))
    .where('replies.id', '=', reply_id)
    .where('replies.status', '=', 'running')
    .executeTakeFirst();
  if (!reply) return null;
  // The answer itself is still empty; what it answers is the path that was sent.
  const path = (await listPath(db, reply.message_id)).slice(0, -1);
  return { ...reply, path, events: await listEventsAfter(db, reply_id, 0, at_most) };
}
