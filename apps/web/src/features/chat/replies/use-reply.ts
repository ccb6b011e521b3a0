import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Message } from '@lyss/api-types';
import { ApiFailure, call } from '../../../api/client.ts';
import { offlineFailure } from '../../../api/failure.ts';
import { refetchConversation, refetchMessages } from '../api.ts';
import { holdText, releaseText, returnText } from '../composer/draft.ts';
import { hearChat } from './chat-channel.ts';
import { followReply, reconnectReply, type Sending } from './follow-reply.ts';
import { createTurn, findTurn, placeRefusal, placeTurn, takeUp, updateTurn, useLiveStore, type LiveTurn } from './live-store.ts';
import { forgetKey, keyFor } from './send-keys.ts';

export interface Outgoing {
  conversation_id: string;
  text: string;
  model: string;
  /** The message it answers; null begins the conversation anew. */
  parent_id: string | null;
}

function asFailure(cause: unknown): ApiFailure {
  return cause instanceof ApiFailure ? cause : offlineFailure();
}

async function start(client: QueryClient, turn: LiveTurn, body: Sending['body']): Promise<void> {
  const { conversation_id, sent_text } = turn;
  const words = [conversation_id, body];
  const held = sent_text === null ? null : holdText(conversation_id, sent_text);
  placeTurn(turn);
  try {
    await followReply(client, turn, {
      body,
      idempotency_key: keyFor(words),
      onAccepted: () => {
        forgetKey(words);
        if (held !== null) releaseText(conversation_id, held);
      },
    });
  } catch (cause) {
    const failure = asFailure(cause);
    if (failure.code !== 'OFFLINE') forgetKey(words);
    if (held !== null) returnText(conversation_id, held);
    placeRefusal(conversation_id, { what: 'send', failure });
    void refetchConversation(client, conversation_id);
  }
}

/**
 * Sends a message. Returns null, and takes nothing, where another one is being answered; else settles when the reply is over.
 * The text is held until the server has it; a refusal puts it back into the conversation's draft and says why in the store.
 */
export function sendMessage(client: QueryClient, { conversation_id, text, model, parent_id }: Outgoing): Promise<void> | null {
  if (findTurn(conversation_id) !== undefined) return null;
  return start(client, createTurn({ conversation_id, parent_id, sent_text: text }), { content: text, model, parent_id });
}

/** Makes an answer anew, beside the old one. Returns null where another one is being made. */
export function regenerate(client: QueryClient, message: Message, model: string): Promise<void> | null {
  const { conversation_id, parent_id } = message;
  if (findTurn(conversation_id) !== undefined) return null;
  return start(client, createTurn({ conversation_id, parent_id, sent_text: null }), { regenerate: message.id, model });
}

function whenAccepted({ conversation_id, key }: LiveTurn): Promise<string | null> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = findTurn(conversation_id);
      const turn = found?.key === key ? found : undefined;
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
  const id = await whenAccepted(turn);
  if (id === null) return;
  try {
    await call('chat.stopReply', { params: { id } });
  } catch (failure) {
    updateTurn(conversation_id, turn.key, () => ({ stopping: false }));
    if (failure instanceof ApiFailure) placeRefusal(conversation_id, { what: 'stop', failure });
  }
}

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
  const dead = turn !== undefined && reply_id !== null && running_reply_id !== reply_id && asked_at - Date.parse(turn.sent_at) > SETTLED_MS;
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
  const settling = useLiveStore((state) => state.settling);
  const message = useMemo(
    // One that was read to its end may still be called running by an answer that was under way.
    () => messages?.findLast(({ status, reply_id }) => status === 'running' && reply_id !== null && !settling.some(({ reply }) => reply.reply_id === reply_id)),
    [messages, settling],
  );
  useEffect(() => {
    if (message?.reply_id == null || turn !== undefined || !takeUp(message.reply_id)) return;
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
