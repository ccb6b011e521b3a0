import type { Conversation, ConversationsQuery, MessagesQuery, Page, Message } from '@lyss/api-types';
import { sql } from 'kysely';
import { escapeLike, listPage } from '../../db/list.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { newId } from '../../crypto/digest.ts';

const columns = [
  'conversations.id',
  'conversations.title',
  'conversations.model',
  'conversations.system_prompt',
  'conversations.pinned',
  'conversations.archived',
  'conversations.last_message_at',
  'conversations.created_at',
  'conversations.updated_at',
  'conversations.version',
] as const;
const messageColumns = [
  'id',
  'conversation_id',
  'parent_id',
  'reply_id',
  'role',
  'content',
  'status',
  'model',
  'supplier',
  'finish_reason',
  'usage',
  'error',
  'duration_ms',
  'time_to_first_token_ms',
  'created_at',
] as const;

/** A person's conversations, each with the reply that runs in it. Another person's are not there. */
function selectConversations(db: TenantDb, user_id: string) {
  return db
    .selectFrom('conversations')
    .select(columns)
    .select((select) =>
      select
        .selectFrom('replies')
        .select('replies.id')
        .whereRef('replies.conversation_id', '=', 'conversations.id')
        // Written out: with a parameter the plan that serves every value can't use the index of running replies alone.
        .where('replies.status', '=', sql.lit('running'))
        .orderBy('replies.id', 'desc')
        .limit(1)
        .as('running_reply_id'),
    )
    .where('conversations.user_id', '=', user_id);
}

export function listConversations(db: TenantDb, user_id: string, query: ConversationsQuery): Promise<Page<Conversation>> {
  let conversations = selectConversations(db, user_id);
  if (query.archived) conversations = conversations.where('archived', '=', query.archived === 'true');
  if (query.pinned) conversations = conversations.where('pinned', '=', query.pinned === 'true');
  if (query.search) conversations = conversations.where('title', 'ilike', `%${escapeLike(query.search)}%`);
  return listPage(conversations, query);
}

export function findConversation(db: TenantDb, user_id: string, id: string): Promise<Conversation | undefined> {
  return selectConversations(db, user_id).where('conversations.id', '=', id).executeTakeFirst();
}

export async function insertConversation(
  db: TenantDb,
  conversation: { user_id: string; title: string | null; model: string | null; system_prompt: string | null },
): Promise<string> {
  const id = newId();
  const title_source = conversation.title === null ? null : ('person' as const);
  await db.insertInto('conversations').values({ tenant_id: db.tenant_id, id, ...conversation, title_source }).execute();
  return id;
}

export type ConversationChange = Partial<Pick<Conversation, 'title' | 'model' | 'system_prompt' | 'pinned' | 'archived'>>;

/** Changes a conversation; false where `version` is given and stale. */
export async function updateConversation(db: TenantDb, id: string, version: number | null, change: ConversationChange): Promise<boolean> {
  const updated = await db
    .updateTable('conversations')
    .set((set) => ({
      ...change,
      ...(change.title === undefined ? {} : { title_source: 'person' }),
      version: set('version', '+', 1),
      updated_at: sql`now()`,
    }))
    .where('id', '=', id)
    .$if(version !== null, (query) => query.where('version', '=', version))
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

export async function deleteConversation(db: TenantDb, id: string): Promise<void> {
  await db.deleteFrom('conversations').where('id', '=', id).execute();
}

/** The tree's messages, newest page first; within a page in order of time. */
export async function listMessages(db: TenantDb, conversation_id: string, query: MessagesQuery): Promise<Page<Message>> {
  const messages = db.selectFrom('messages').select(messageColumns).where('conversation_id', '=', conversation_id);
  const { items, pagination } = await listPage(messages, { ...query, sort_by: 'created_at', sort_order: 'desc' });
  return { items: items.reverse(), pagination };
}

/** Names a conversation that its person has not named. */
export async function setModelTitle(db: TenantDb, id: string, title: string, source: 'model' | null): Promise<void> {
  await db
    .updateTable('conversations')
    .set((set) => ({ title, title_source: source, version: set('version', '+', 1), updated_at: sql`now()` }))
    .where('id', '=', id)
    .where('title_source', 'is', null)
    .execute();
}
