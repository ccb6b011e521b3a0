import type {
  Conversation,
  ConversationsQuery,
  CreateConversationInput,
  Message,
  MessagesQuery,
  Page,
  StartReplyInput,
  UpdateConversationInput,
} from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import { pickChanged } from '../../audit/pick-changed.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { pickGiven } from '../../given-fields.ts';
import { followReply, followStarted, type FollowPorts } from './replies/follow-reply.ts';
import * as replyRepository from './replies/repository.ts';
import type { RunningReplies } from './replies/running.ts';
import { startReply, type StartPorts } from './replies/start-reply.ts';
import * as repository from './repository.ts';
import type { ConversationChange } from './repository.ts';

export type ChatPorts = StartPorts & FollowPorts & { running: RunningReplies };
export type ChatService = ReturnType<typeof createChatService>;

/** A person's own conversations and the replies in them. Everything here sees only the actor's own. */
export function createChatService(ports: ChatPorts) {
  const { tenancy } = ports;
  return {
    list: (actor: Actor, query: ConversationsQuery): Promise<Page<Conversation>> =>
      tenancy.withTenant(actor.tenant_id, (db) => repository.listConversations(db, actor.user_id, query)),
    read: (actor: Actor, id: string) => tenancy.withTenant(actor.tenant_id, (db) => getConversation(db, actor, id)),
    create: (actor: Actor, input: CreateConversationInput, caller: Caller) => tenancy.withTenant(actor.tenant_id, (db) => createConversation(db, actor, input, caller)),
    update: (actor: Actor, id: string, version: number | null, input: UpdateConversationInput, caller: Caller) =>
      tenancy.withTenant(actor.tenant_id, (db) => updateConversation(db, actor, id, version, input, caller)),
    remove: (actor: Actor, id: string, version: number | null, caller: Caller) => removeConversation(ports, actor, id, version, caller),
    listMessages: (actor: Actor, id: string, query: MessagesQuery): Promise<Page<Message>> =>
      tenancy.withTenant(actor.tenant_id, async (db) => {
        await getConversation(db, actor, id);
        return repository.listMessages(db, id, query);
      }),
    async startReply(actor: Actor, id: string, input: StartReplyInput, caller: Caller) {
      return followStarted(ports, actor, await startReply(ports, actor, id, input, caller));
    },
    followReply: (actor: Actor, id: string, last_id: number) => followReply(ports, actor, id, last_id),
    stopReply: (actor: Actor, id: string, caller: Caller) => stopReply(ports, actor, id, caller),
  };
}

async function getConversation(db: TenantDb, actor: Actor, id: string): Promise<Conversation> {
  const conversation = await repository.findConversation(db, actor.user_id, id);
  if (!conversation) throw new AppError('RESOURCE_NOT_FOUND');
  return conversation;
}

async function createConversation(db: TenantDb, actor: Actor, input: CreateConversationInput, caller: Caller): Promise<Conversation> {
  const { title = null, model = null, system_prompt = null } = input;
  const id = await repository.insertConversation(db, { user_id: actor.user_id, title, model, system_prompt });
  await appendAudit(db, { actor, caller }, { action: 'conversations.created', resource_type: 'conversation', resource_id: id, details: { after: { model } } });
  return getConversation(db, actor, id);
}

async function updateConversation(
  db: TenantDb,
  actor: Actor,
  id: string,
  version: number | null,
  input: UpdateConversationInput,
  caller: Caller,
): Promise<Conversation> {
  await replyRepository.lockConversation(db, actor.user_id, id);
  const before = await getConversation(db, actor, id);
  const change: ConversationChange = pickGiven(input);
  if (!(await repository.updateConversation(db, id, version, change))) throw new AppError('RESOURCE_CONFLICT', { status: 412 });
  const after = await getConversation(db, actor, id);
  const details = { ...pickChanged(describeForAudit(before), describeForAudit(after)), fields: Object.keys(change) };
  await appendAudit(db, { actor, caller }, { action: 'conversations.updated', resource_type: 'conversation', resource_id: id, details });
  return after;
}

/** A title or a prompt is content, which an audit's reader has no business with: that it was changed is told, by `fields`. */
const describeForAudit = ({ model, pinned, archived }: Pick<Conversation, 'model' | 'pinned' | 'archived'>) => ({ model, pinned, archived });

const STOP_PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 100;

/** Deletes a conversation; a reply that runs in it is stopped first, wherever it runs, so that what it said is charged. */
async function removeConversation(ports: ChatPorts, actor: Actor, id: string, version: number | null, caller: Caller): Promise<void> {
  for (const until = performance.now() + STOP_PATIENCE_MS; ; ) {
    const running = await ports.tenancy.withTenant(actor.tenant_id, (db) => removeQuiet(db, actor, id, version, caller));
    if (running === null) return;
    if (performance.now() > until) throw new AppError('RESOURCE_CONFLICT', { details: { reason: 'reply_running', reply_id: running }, retry_after_s: 1 });
    await stopReply(ports, actor, running, caller);
    await (ports.running.ended(running) ?? new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)));
  }
}

/** Deletes the conversation unless a reply runs in it, whose id it returns. The lock keeps another one from starting. */
async function removeQuiet(db: TenantDb, actor: Actor, id: string, version: number | null, caller: Caller): Promise<string | null> {
  const conversation = await replyRepository.lockConversation(db, actor.user_id, id);
  if (!conversation) throw new AppError('RESOURCE_NOT_FOUND');
  if (version !== null && conversation.version !== version) throw new AppError('RESOURCE_CONFLICT', { status: 412 });
  const running = await replyRepository.findRunningReply(db, id);
  if (running) return running;
  const before = await getConversation(db, actor, id);
  await repository.deleteConversation(db, id);
  await appendAudit(db, { actor, caller }, { action: 'conversations.removed', resource_type: 'conversation', resource_id: id, details: { before: describeForAudit(before) } });
  return null;
}

/** Asks a reply to stop, wherever it runs; a second request changes nothing. */
async function stopReply(ports: ChatPorts, actor: Actor, id: string, caller: Caller): Promise<{ status: Message['status'] }> {
  const status = await ports.tenancy.withTenant(actor.tenant_id, async (db) => {
    const reply = await replyRepository.findReply(db, actor.user_id, id);
    if (!reply) throw new AppError('RESOURCE_NOT_FOUND');
    if (reply.status !== 'running') return reply.status;
    if (await replyRepository.requestStop(db, id)) await appendAudit(db, { actor, caller }, { action: 'replies.stopped', resource_type: 'reply', resource_id: id });
    return reply.status;
  });
  ports.running.stop(id);
  return { status };
}
