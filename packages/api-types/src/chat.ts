import { z } from 'zod';
import { endpoint, stream } from './endpoint.ts';
import { errorBody, id, instant, listQuery, page, version } from './envelope.ts';
import { label } from './text.ts';

const CHAT_LIMIT = 8 * 1024 * 1024;
const MESSAGE_CHARACTERS = 200_000;

export const part = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text'), text: z.string() }),
    z.strictObject({ type: z.literal('reasoning'), text: z.string(), duration_ms: z.int() }),
    z.strictObject({ type: z.literal('file'), file_id: id, name: z.string(), media_type: z.string() }),
    z.strictObject({ type: z.literal('tool_call'), id: z.string(), name: z.string(), arguments: z.string() }),
    z.strictObject({ type: z.literal('tool_result'), id: z.string(), result: z.string().optional(), error: z.string().optional() }),
  ])
  .meta({ id: 'Part' });
export type Part = z.infer<typeof part>;

export const messageStatuses = ['running', 'complete', 'stopped', 'interrupted', 'failed'] as const;
export const finishReasons = ['stop', 'length', 'tool_calls', 'content_filter', 'stopped', 'error'] as const;

export const usage = z
  .strictObject({
    input_tokens: z.int(),
    output_tokens: z.int(),
    cached_tokens: z.int(),
    reasoning_tokens: z.int(),
    estimated: z.boolean(),
    cost: z.strictObject({ amount: z.string(), currency: z.string() }).nullable(),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof usage>;

export const message = z
  .strictObject({
    id,
    conversation_id: id,
    parent_id: id.nullable(),
    reply_id: id.nullable().describe('The reply that makes or made it: follow its events while `status` is running'),
    role: z.enum(['system', 'user', 'assistant', 'tool']),
    content: z.array(part),
    status: z.enum(messageStatuses),
    model: z.string().nullable(),
    supplier: z.string().nullable(),
    finish_reason: z.enum(finishReasons).nullable(),
    usage: usage.nullable(),
    error: errorBody.nullable(),
    duration_ms: z.int().nullable().describe('Milliseconds from the reply’s start to its end, as in its `end` event; null while it runs and for every other role'),
    time_to_first_token_ms: z.int().nullable().describe('Milliseconds until the first text or reasoning, as in the `end` event; null where none came'),
    created_at: instant,
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof message>;

export const conversation = z
  .strictObject({
    id,
    title: z.string().nullable(),
    model: z.string().nullable(),
    system_prompt: z.string().nullable(),
    pinned: z.boolean(),
    archived: z.boolean(),
    running_reply_id: id.nullable(),
    last_message_at: instant,
    created_at: instant,
    updated_at: instant,
    version,
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversation>;

export const replyEvent = z
  .discriminatedUnion('event', [
    z.object({
      event: z.literal('start'),
      data: z.strictObject({ reply_id: id, conversation_id: id, message_id: id, model: z.string(), supplier: z.string(), attempt: z.int() }),
    }),
    z.object({ event: z.literal('reasoning'), data: z.strictObject({ delta: z.string() }) }),
    z.object({ event: z.literal('text'), data: z.strictObject({ delta: z.string() }) }),
    z.object({ event: z.literal('tool_call'), data: z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() }) }),
    z.object({ event: z.literal('tool_result'), data: z.strictObject({ id: z.string(), name: z.string(), result: z.string() }) }),
    z.object({ event: z.literal('usage'), data: usage }),
    z.object({ event: z.literal('error'), data: errorBody }),
    z.object({
      event: z.literal('end'),
      data: z.strictObject({ finish_reason: z.enum(finishReasons), duration_ms: z.int(), time_to_first_token_ms: z.int().nullable() }),
    }),
  ])
  .meta({ id: 'ReplyEvent' });
export type ReplyEvent = z.infer<typeof replyEvent>;

const messageText = z.string().min(1).max(MESSAGE_CHARACTERS);
const parameters = z.strictObject({ temperature: z.number().min(0).max(2).optional(), max_output_tokens: z.int().min(1).max(1_000_000).optional() });
const startReplyBody = z
  .strictObject({
    content: z.union([messageText, z.array(z.strictObject({ type: z.literal('text'), text: messageText })).min(1).max(50)]).optional(),
    model: z.string().min(1).max(300),
    parent_id: id.nullable().optional().describe('The message it answers; left out: the newest; null: a new root'),
    regenerate: id.optional().describe('An assistant message to make anew beside the old one; `content` is then left out'),
    parameters: parameters.optional(),
  })
  .refine((body) => (body.content === undefined) !== (body.regenerate === undefined), {
    path: ['content'],
    message: 'send content or regenerate, one of the two',
  });
export type StartReplyInput = z.infer<typeof startReplyBody>;

const createBody = z.strictObject({
  title: label(200).optional(),
  model: z.string().min(1).max(300).optional(),
  system_prompt: z.string().max(20_000).optional(),
});
export type CreateConversationInput = z.infer<typeof createBody>;
const updateBody = z.strictObject({
  title: label(200).optional(),
  model: z.string().min(1).max(300).optional(),
  system_prompt: z.string().max(20_000).nullable().optional(),
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
});
export type UpdateConversationInput = z.infer<typeof updateBody>;

export const conversationsQuery = listQuery(['last_message_at', 'created_at', 'title'], {
  archived: z.enum(['true', 'false']).optional(),
  pinned: z.enum(['true', 'false']).optional(),
});
export type ConversationsQuery = z.infer<typeof conversationsQuery>;
export const messagesQuery = z.strictObject({
  page_size: z.coerce.number().int().min(1).max(100).default(100),
  cursor: z.string().max(500).optional(),
});
export type MessagesQuery = z.infer<typeof messagesQuery>;
const params = z.strictObject({ id });

export const chatEndpoints = {
  listConversations: endpoint({
    method: 'GET',
    path: '/api/v1/chat/conversations',
    summary: 'My conversations',
    query: conversationsQuery,
    data: page(conversation),
    permission: 'chat.use',
  }),
  createConversation: endpoint({
    method: 'POST',
    path: '/api/v1/chat/conversations',
    summary: 'Begin a conversation',
    body: createBody,
    data: conversation,
    status: 201,
    permission: 'chat.use',
    audit: 'conversations.created',
  }),
  readConversation: endpoint({
    method: 'GET',
    path: '/api/v1/chat/conversations/{id}',
    summary: 'One of my conversations',
    params,
    data: conversation,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'chat.use',
  }),
  updateConversation: endpoint({
    method: 'PATCH',
    path: '/api/v1/chat/conversations/{id}',
    summary: 'Rename, pin, archive, choose model or system prompt',
    params,
    body: updateBody,
    data: conversation,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'chat.use',
    audit: 'conversations.updated',
  }),
  removeConversation: endpoint({
    method: 'DELETE',
    path: '/api/v1/chat/conversations/{id}',
    summary: 'Delete a conversation with all its messages; a running reply is stopped first',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND', 'RESOURCE_CONFLICT'],
    permission: 'chat.use',
    versioned: true,
    audit: 'conversations.removed',
  }),
  listMessages: endpoint({
    method: 'GET',
    path: '/api/v1/chat/conversations/{id}/messages',
    summary: 'The tree of messages, newest page first, each page in order of time',
    params,
    query: messagesQuery,
    data: page(message),
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'chat.use',
  }),
  startReply: stream({
    method: 'POST',
    path: '/api/v1/chat/conversations/{id}/replies',
    summary: 'Send, edit or regenerate: starts a reply and answers its event stream',
    params,
    body: startReplyBody,
    data: replyEvent,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'RESOURCE_CONFLICT', 'RATE_LIMIT_EXCEEDED', 'SERVICE_UNAVAILABLE', 'REQUEST_TOO_LARGE'],
    permission: 'chat.use',
    audit: 'replies.started',
    body_limit: CHAT_LIMIT,
  }),
  followReply: stream({
    method: 'GET',
    path: '/api/v1/chat/replies/{id}/events',
    summary: 'The same stream again, from Last-Event-ID',
    params,
    data: replyEvent,
    errors: ['RESOURCE_NOT_FOUND', 'RATE_LIMIT_EXCEEDED', 'SERVICE_UNAVAILABLE'],
    permission: 'chat.use',
  }),
  stopReply: endpoint({
    method: 'POST',
    path: '/api/v1/chat/replies/{id}/stop',
    summary: 'Stop a running reply; the text so far stays',
    params,
    data: z.strictObject({ status: z.enum(messageStatuses) }),
    status: 202,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'chat.use',
    audit: 'replies.stopped',
  }),
};
