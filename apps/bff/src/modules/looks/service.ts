import { listPermissions, type Conversation, type ConversationsQuery, type Look, type LooksAtMeQuery, type Message, type MessagesQuery, type Page } from '@lyss/api-types';
import type { Actor, Caller } from '../../actor.ts';
import { appendAudit } from '../../audit/append.ts';
import type { Tenancy, TenantDb } from '../../db/tenancy.ts';
import { AppError } from '../../errors.ts';
import { refuseBeyond } from '../../grants.ts';
import * as repository from './repository.ts';

/** What a look can see, as reads in its own transaction: there is nothing here to change anything with. */
export interface LookPorts {
  tenancy: Tenancy;
  listConversations(db: TenantDb, user_id: string, query: ConversationsQuery): Promise<Page<Conversation>>;
  findConversation(db: TenantDb, user_id: string, id: string): Promise<Conversation | undefined>;
  listMessages(db: TenantDb, conversation_id: string, query: MessagesQuery): Promise<Page<Message>>;
}
export type LookService = ReturnType<typeof createLookService>;

const LOOK_MS = 30 * 60_000;
type LookRow = NonNullable<Awaited<ReturnType<typeof repository.findLook>>>;
interface Seen {
  action: string;
  details?: Record<string, unknown>;
}

/** Looking into another person's data: for a reason, for 30 minutes, and never without an entry that names both. */
export function createLookService(ports: LookPorts) {
  const { tenancy } = ports;
  const inTenant = <T>({ tenant_id }: Actor, work: (db: TenantDb) => Promise<T>) => tenancy.withTenant(tenant_id, work);
  /** Reads something of the subject's, and tells of it, in one transaction: no content without its entry. */
  const read = <T>(actor: Actor, id: string, caller: Caller, seen: Seen, work: (db: TenantDb, subject_id: string) => Promise<T>) =>
    inTenant(actor, async (db) => {
      const look = await repository.holdLook(db, id, actor);
      if (!look) throw new AppError('RESOURCE_NOT_FOUND');
      if (!look.goes_on) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'look_ended' } });
      await appendLookAudit(db, { actor, caller }, look, seen);
      return work(db, look.subject_id);
    });
  const getConversation = async (db: TenantDb, subject_id: string, id: string) => {
    const conversation = await ports.findConversation(db, subject_id, id);
    if (!conversation) throw new AppError('RESOURCE_NOT_FOUND');
    return conversation;
  };
  return {
    start: (actor: Actor, subject_id: string, reason: string, caller: Caller) => inTenant(actor, (db) => startLook(db, actor, subject_id, reason, caller)),
    read: (actor: Actor, id: string) => inTenant(actor, async (db) => describeLook(await getLook(db, actor, id))),
    end: (actor: Actor, id: string, caller: Caller) =>
      inTenant(actor, async (db) => {
        const look = await getLook(db, actor, id);
        if (await repository.endLook(db, id)) await appendLookAudit(db, { actor, caller }, look, { action: 'looks.ended' });
      }),
    listConversations: (actor: Actor, id: string, query: ConversationsQuery, caller: Caller) =>
      read(actor, id, caller, { action: 'looks.conversations_listed', details: query.search ? { search: query.search } : {} }, (db, subject_id) => ports.listConversations(db, subject_id, query)),
    readConversation: (actor: Actor, id: string, conversation_id: string, caller: Caller) =>
      read(actor, id, caller, { action: 'looks.conversation_read', details: { conversation_id } }, (db, subject_id) => getConversation(db, subject_id, conversation_id)),
    listMessages: (actor: Actor, id: string, conversation_id: string, query: MessagesQuery, caller: Caller) =>
      read(actor, id, caller, { action: 'looks.messages_read', details: { conversation_id } }, async (db, subject_id) => {
        await getConversation(db, subject_id, conversation_id);
        return ports.listMessages(db, conversation_id, query);
      }),
    listAtMe: (actor: Actor, query: LooksAtMeQuery) => inTenant(actor, (db) => repository.listLooksAt(db, actor.user_id, query)),
  };
}

async function getLook(db: TenantDb, actor: Actor, id: string): Promise<LookRow> {
  const look = await repository.findLook(db, id, actor);
  if (!look) throw new AppError('RESOURCE_NOT_FOUND');
  return look;
}

async function startLook(db: TenantDb, actor: Actor, subject_id: string, reason: string, caller: Caller): Promise<Look> {
  await refuseOutgrown(db, actor, subject_id);
  const ends_at = new Date(Date.now() + LOOK_MS);
  const id = await repository.insertLook(db, { looker_id: actor.user_id, looker_name: actor.name, session_id: actor.session_id, subject_id, reason, ends_at });
  const look = await getLook(db, actor, id);
  await appendLookAudit(db, { actor, caller }, look, { action: 'looks.started', details: { reason, ends_at: look.ends_at } });
  return describeLook(look);
}

/** Judges both people's rights as they are now, and holds them: a change that was on its way is in it, and one that comes later ends the look. */
async function refuseOutgrown(db: TenantDb, actor: Actor, subject_id: string): Promise<void> {
  const is_alive = await repository.holdRights(db, actor, subject_id);
  const [looker, subject] = [await repository.findPerson(db, actor.user_id), await repository.findPerson(db, subject_id)];
  if (!is_alive || looker?.status !== 'active') throw new AppError('TOKEN_INVALID');
  // What a missing second factor withholds is in the actor, and nowhere else.
  const permissions = new Set(listPermissions(looker.roles, looker.granted).filter((permission) => actor.permissions.has(permission)));
  if (!permissions.has('users.look')) throw new AppError('INSUFFICIENT_PERMISSIONS', { details: { permission: 'users.look' } });
  if (!subject) throw new AppError('USER_NOT_FOUND');
  if (subject.id === actor.user_id) throw new AppError('OPERATION_NOT_ALLOWED', { details: { reason: 'look_at_oneself' } });
  // Nobody sees through whoever may do more than they.
  refuseBeyond({ permissions }, listPermissions(subject.roles, subject.granted));
}

/** In the person's own trail: who looked is its actor. */
function appendLookAudit(db: TenantDb, who: { actor: Actor; caller: Caller }, look: LookRow, { action, details }: Seen): Promise<void> {
  const subject = { name: look.name, email: look.email };
  return appendAudit(db, who, { action, resource_type: 'user', resource_id: look.subject_id, details: { look_id: look.id, subject, ...details } });
}

function describeLook({ id, subject_id, name, email, reason, started_at, ends_at, ended_at, end_reason }: LookRow): Look {
  return { id, subject: { id: subject_id, name, email }, reason, started_at, ends_at, ended_at, end_reason };
}
