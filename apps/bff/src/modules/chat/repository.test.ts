import { expect } from 'vitest';
import { it } from '../../../test/statements.ts';
import { newId } from '../../crypto/digest.ts';
import * as replies from './replies/repository.ts';
import * as conversations from './repository.ts';

it('sends the SQL of conversations that a reviewer reads here', async ({ scene: { user_id }, inTenant }) => {
  const id = newId();
  const window = { page_size: 20, sort_by: 'last_message_at' as const };
  const sent = [
    await inTenant((db) => conversations.listConversations(db, user_id, { ...window, archived: 'false', pinned: 'true', search: '50%' })),
    await inTenant((db) => conversations.findConversation(db, user_id, id)),
    await inTenant((db) => conversations.insertConversation(db, { user_id, title: 'T', model: null, system_prompt: null })),
    await inTenant((db) => conversations.updateConversation(db, id, 1, { title: 'U' })),
    await inTenant((db) => conversations.listMessages(db, id, { page_size: 100 })),
    await inTenant((db) => conversations.setModelTitle(db, id, 'V', 'model')),
    await inTenant((db) => conversations.deleteConversation(db, id)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
});

it('sends the SQL of replies that a reviewer reads here', async ({ scene, inTenant }) => {
  const { user_id } = scene;
  const question_id = newId();
  const [id, message_id] = [newId(), newId()];
  const conversation_id = await scene.tenancy.withTenant(scene.tenant_id, (db) => conversations.insertConversation(db, { user_id, title: null, model: null, system_prompt: null }));
  const reply = { id, message_id, conversation_id, user_id, model: 'm', supplier: 'demo', credential_id: null, price: null, request_id: 'r', instance_id: newId() };
  const ended = { content: [], status: 'complete' as const, finish_reason: 'stop' as const, usage: null, error: null, duration_ms: 1, time_to_first_token_ms: null };
  const sent = [
    await inTenant((db) => replies.lockConversation(db, user_id, conversation_id)),
    await inTenant((db) => replies.findPrompt(db, user_id, conversation_id)),
    await inTenant((db) => replies.insertUserMessage(db, { id: question_id, conversation_id, parent_id: null, content: [] })),
    await inTenant((db) => replies.insertReply(db, reply, question_id)),
    await inTenant((db) => replies.findRunningReply(db, conversation_id)),
    await inTenant((db) => replies.listPath(db, message_id)),
    await inTenant((db) => replies.appendEvents(db, [{ reply_id: id, seq: 1, event: 'text', data: { delta: 'x' } }])),
    await inTenant((db) => replies.appendEvents(db, [{ reply_id: id, seq: 1, event: 'text', data: { delta: 'x' } }], true)),
    await inTenant((db) => replies.listEventsAfter(db, id, 0, 10)),
    await inTenant((db) => replies.readLog(db, user_id, id, 0, 10)),
    await inTenant((db) => replies.findReply(db, user_id, id)),
    await inTenant((db) => replies.requestStop(db, id)),
    await inTenant((db) => replies.readInterrupted(db, id, 10)),
    await inTenant((db) => replies.lockRunningReply(db, id)),
    await inTenant((db) => replies.finishReply(db, { id, message_id, attempt: 1 }, ended)),
    await inTenant((db) => replies.removeLog(db, id)),
    await scene.sqlOf(() => replies.listRunningReplies(scene.tenancy)),
    await scene.sqlOf(() => replies.listExpiredLogs(scene.tenancy, new Date(), 10)),
  ];
  await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('replies/repository.test.sql');
});
