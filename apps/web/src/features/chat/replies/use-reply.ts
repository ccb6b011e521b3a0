import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Message } from '@lyss/api-types';
import { ApiFailure, call } from '../../../api/client.ts';
import { offlineFailure } from '../../../api/failure.ts';
import { refetchConversation, refetchMessages } from '../api.ts';
import { restoreDraft } from '../composer/draft.ts';
import { hearChat } from './chat-channel.ts';
import { followReply, reconnectReply, type Sending } from './follow-reply.ts';
import { createTurn, findTurn, placeRefusal, placeTurn, updateTurn, useLiveStore, type LiveTurn } from './live-store.ts';

export interface Outgoing {
  conversation_id: string;
  text: string;
  model: string;
  /** The message it answers; null begins the conversation anew. */
  parent_id: string | null;
}

// A send that was lost on the way may have arrived: sent again word for word it carries the same key, and is made once.
let unanswered: { words: string; key: string } | null = null;

function keyFor(words: string): string {
  const key = unanswered?.words === words ? unanswered.key : crypto.randomUUID();
  unanswered = { words, key };
  return key;
}

async function start(client: QueryClient, turn: LiveTurn, body: Sending['body']): Promise<void> {
  const words = JSON.stringify([turn.conversation_id, body]);
  placeTurn(turn);
  try {
    await followReply(client, turn, { body, idempotency_key: keyFor(words) });
    unanswered = null;
  } catch (cause) {
    const failure = cause instanceof ApiFailure ? cause : offlineFailure();
    if (failure.code !== 'OFFLINE') unanswered = null;
    if (turn.sent_text !== null) restoreDraft(turn.conversation_id, turn.sent_text);
    placeRefusal(turn.conversation_id, { what: 'send', failure });
    void refetchConversation(client, turn.conversation_id);
  }
}

/** Sends a message; a refusal puts its text back into the conversation's draft and says why in the store. */
export function sendMessage(client: QueryClient, { conversation_id, text, model, parent_id }: Outgoing): Promise<void> {
  if (findTurn(conversation_id) !== undefined) return Promise.resolve();
  return start(client, createTurn({ conversation_id, parent_id, sent_text: text }), { content: text, model, parent_id });
}

/** Makes an answer anew, beside the old one. */
export function regenerate(client: QueryClient, message: Message, model: string): Promise<void> {
  const { conversation_id, parent_id } = message;
  if (findTurn(conversation_id) !== undefined) return Promise.resolve();
  return start(client, createTurn({ conversation_id, parent_id, sent_text: null }), { regenerate: message.id, model });
}

function whenAccepted(conversation_id: string): Promise<string | null> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const turn = findTurn(conversation_id);
      const settled = turn === undefined || turn.reply.reply_id !== null;
      if (settled) resolve(turn?.reply.reply_id ?? null);
      return settled;
    };
    if (look()) return;
    const unsubscribe = useLiveStore.subscribe(() => {
      if (look()) unsubscribe();
    });
  });
}

/** Stops the reply that runs; the text so far stays. Asked before the server accepted the send, it stops as soon as it did. */
export async function stopReply(conversation_id: string): Promise<void> {
  const turn = findTurn(conversation_id);
  if (turn === undefined || turn.stopping) return;
  updateTurn(conversation_id, turn.key, () => ({ stopping: true }));
  const id = await whenAccepted(conversation_id);
  if (id === null) return;
  try {
    await call('chat.stopReply', { params: { id } });
  } catch (failure) {
    updateTurn(conversation_id, turn.key, () => ({ stopping: false }));
    if (failure instanceof ApiFailure) placeRefusal(conversation_id, { what: 'stop', failure });
  }
}

const givenUp = new Set<string>();

/** What the server says of the open conversation, and when (ms since 1970) it said so. */
export interface Watched {
  running_reply_id: string | null;
  asked_at: number;
}
// A reply that began a moment ago may not be in an answer that was under way then.
const SETTLED_MS = 3_000;

/** A dead connection says nothing; that the reply is over says that it is dead. */
function useDeadConnection(turn: LiveTurn | undefined, { running_reply_id, asked_at }: Watched): void {
  const reply_id = turn?.reply.reply_id ?? null;
  const dead = turn !== undefined && !turn.over && reply_id !== null && running_reply_id !== reply_id && asked_at - Date.parse(turn.sent_at) > SETTLED_MS;
  const conversation_id = turn?.conversation_id ?? '';
  useEffect(() => {
    if (dead) reconnectReply(conversation_id);
  }, [dead, asked_at, conversation_id]);
}

/** Follows what runs in the conversation already: after a reload, in a second tab, on another device. */
export function useFollowing(conversation_id: string, messages: readonly Message[] | undefined, watched: Watched): LiveTurn | undefined {
  const { running_reply_id } = watched;
  const client = useQueryClient();
  const turn = useLiveStore((state) => state.turns[conversation_id]);
  useDeadConnection(turn, watched);
  const message = useMemo(() => messages?.findLast((known) => known.status === 'running' && known.reply_id !== null), [messages]);
  useEffect(() => {
    if (message?.reply_id == null || turn !== undefined || givenUp.has(message.reply_id)) return;
    givenUp.add(message.reply_id);
    const followed = createTurn({ conversation_id, parent_id: message.parent_id, sent_text: null }, { reply_id: message.reply_id, message_id: message.id });
    placeTurn({ ...followed, key: message.id });
    void followReply(client, { ...followed, key: message.id }, null);
  }, [client, conversation_id, message, turn]);
  useEffect(() => {
    // A reply that this tab did not start has a message which is not loaded yet.
    if (running_reply_id !== null && turn === undefined && message === undefined) void refetchMessages(client, conversation_id).catch(() => undefined);
  }, [client, conversation_id, running_reply_id, turn, message]);
  useEffect(
    () =>
      hearChat((changed) => {
        void refetchConversation(client, changed);
        if (changed === conversation_id) void refetchMessages(client, changed).catch(() => undefined);
      }),
    [client, conversation_id],
  );
  return turn;
}
