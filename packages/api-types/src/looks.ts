import { z } from 'zod';
import { conversation, conversationsQuery, message, messagesQuery } from './chat.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, listQuery, page } from './envelope.ts';
import { label } from './text.ts';

export const lookEnds = ['ended', 'replaced', 'rights_changed', 'session_ended'] as const;

export const look = z
  .strictObject({
    id,
    subject: z.strictObject({ id, name: z.string(), email: z.string() }),
    reason: z.string(),
    started_at: instant,
    ends_at: instant.describe('30 minutes after it began; no look is made longer'),
    ended_at: instant.nullable().describe('Null while it goes on, and of one that ended by its time'),
    end_reason: z.enum(lookEnds).nullable(),
  })
  .meta({ id: 'Look' });
export type Look = z.infer<typeof look>;

/** What somebody learns about a look at their own data. */
export const lookAtMe = look.omit({ subject: true, end_reason: true }).extend({ looker_name: z.string() }).meta({ id: 'LookAtMe' });
export type LookAtMe = z.infer<typeof lookAtMe>;

const startBody = z.strictObject({ reason: label(500).min(10).describe('The person reads it, and so does whoever reads the audit') });
export type StartLookInput = z.infer<typeof startBody>;
export const looksAtMeQuery = listQuery(['started_at'], {});
export type LooksAtMeQuery = z.infer<typeof looksAtMeQuery>;
const params = z.strictObject({ id });
const withConversation = z.strictObject({ id, conversation_id: id });

/**
 * Looking into another person's data: content is read below /api/v1/looks/{id}/ and nowhere else, by GET alone. No other
 * endpoint takes a look, so nothing can be changed with one.
 */
export const lookEndpoints = {
  start: endpoint({
    method: 'POST',
    path: '/api/v1/admin/users/{id}/looks',
    summary: 'Begin to look into a person’s data, for 30 minutes; whatever look of mine goes on ends',
    params,
    body: startBody,
    data: look,
    status: 201,
    errors: ['USER_NOT_FOUND', 'OPERATION_NOT_ALLOWED', 'INSUFFICIENT_PERMISSIONS'],
    permission: 'users.look',
    carriers: 'session',
    audit: 'looks.started',
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/looks/{id}',
    summary: 'A look of this session: at whom, and until when',
    params,
    data: look,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'users.look',
    carriers: 'session',
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/api/v1/looks/{id}',
    summary: 'End a look before its time',
    params,
    status: 204,
    errors: ['RESOURCE_NOT_FOUND'],
    permission: 'users.look',
    carriers: 'session',
    audit: 'looks.ended',
  }),
  listConversations: endpoint({
    method: 'GET',
    path: '/api/v1/looks/{id}/conversations',
    summary: 'The person’s conversations; each page leaves an entry in the audit',
    params,
    query: conversationsQuery,
    data: page(conversation),
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'users.look',
    carriers: 'session',
    audit: 'looks.conversations_listed',
  }),
  readConversation: endpoint({
    method: 'GET',
    path: '/api/v1/looks/{id}/conversations/{conversation_id}',
    summary: 'One of the person’s conversations; leaves an entry in the audit',
    params: withConversation,
    data: conversation,
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'users.look',
    carriers: 'session',
    audit: 'looks.conversation_read',
  }),
  listMessages: endpoint({
    method: 'GET',
    path: '/api/v1/looks/{id}/conversations/{conversation_id}/messages',
    summary: 'Its messages, newest page first; each page leaves an entry in the audit',
    params: withConversation,
    query: messagesQuery,
    data: page(message),
    errors: ['RESOURCE_NOT_FOUND', 'OPERATION_NOT_ALLOWED'],
    permission: 'users.look',
    carriers: 'session',
    audit: 'looks.messages_read',
  }),
  listAtMe: endpoint({
    method: 'GET',
    path: '/api/v1/auth/looks',
    summary: 'Who looked into my data, when, and why',
    query: looksAtMeQuery,
    data: page(lookAtMe),
    permission: 'signed-in',
  }),
};
