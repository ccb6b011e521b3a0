import type { QueryClient } from '@tanstack/react-query';
import type { BodyOf, ReplyEvent } from '@lyss/api-types';
import { ApiFailure } from '../../../api/client.ts';
import { openStream, type StreamEvent } from '../../../api/event-stream.ts';
import { refetchConversation, refetchMessages } from '../api.ts';
import { tellChat } from './chat-channel.ts';
import { createFrameBatch } from './frame-batch.ts';
import { reduceReply, type NumberedEvent } from './live-reply.ts';
import { beginSettling, endSettling, findTurn, rememberKeys, removeTurn, updateTurn, type LiveTurn } from './live-store.ts';
import { limitSilence, readReply, type ReplyPorts } from './read-reply.ts';
import { backOff, findMadeReply, isLost, isRefused, waitForNetwork } from './reconnect.ts';

/** What a send carries to the server; without one a reply is only followed. */
export interface Sending {
  body: BodyOf<'chat.startReply'>;
  idempotency_key: string;
  /** Called once, as soon as the server says that it has the message. */
  onAccepted: () => void;
}

// A connection may die without a word (a laptop that slept, a proxy); reading again costs next to nothing.
const SILENCE_MS = 45_000;

const running = new Map<string, AbortController>();
const connections = new Map<string, AbortController>();

/** Leaves the connection that is read now and takes another: for a reply that the server says has ended while nothing came. */
export function reconnectReply(conversation_id: string): void {
  connections.get(conversation_id)?.abort();
}

/** Ends every reading of this tab; the replies themselves go on. */
export function leaveReplies(): void {
  for (const controller of running.values()) controller.abort();
  running.clear();
}

/** Opens the first connection with the send itself, every later one by the reply's id. */
function createOpener(turn: LiveTurn, sending: Sending | null, given_up: AbortSignal) {
  const { conversation_id, key } = turn;
  let reply_id = turn.reply.reply_id;
  let tries = 0;
  const learn = (id: string) => {
    if (reply_id === null) sending?.onAccepted();
    reply_id = id;
    updateTurn(conversation_id, key, ({ reply }) => ({ reply: { ...reply, reply_id: id } }));
  };
  const follow = (id: string, last_event_id: number, signal: AbortSignal) =>
    openStream('chat.followReply', { params: { id }, ...(last_event_id > 0 ? { last_event_id } : {}), signal });
  const start = async (signal: AbortSignal) => {
    tries += 1;
    if (sending === null) throw new Error('a reply without an id cannot be followed');
    const { body, idempotency_key } = sending;
    const opened = await openStream('chat.startReply', { params: { id: conversation_id }, body, idempotency_key, signal }).catch((failure: unknown) => {
      // An earlier try had begun it, and only its answer was lost.
      const made = findMadeReply(failure);
      if (made === null) throw failure;
      learn(made);
      return follow(made, 0, signal);
    });
    const id = /replies\/([^/]+)\/events/.exec(opened.content_location ?? '')?.[1];
    if (id !== undefined) learn(id);
    return opened;
  };
  return {
    learn,
    isAccepted: () => reply_id !== null,
    isFinal: (failure: unknown) => (reply_id === null ? isRefused(failure, tries) : isLost(failure)),
    async open(last_event_id: number): Promise<AsyncIterable<StreamEvent>> {
      const connection = new AbortController();
      const signal = AbortSignal.any([given_up, connection.signal]);
      connections.set(conversation_id, connection);
      const { events } = reply_id === null ? await start(signal) : await follow(reply_id, last_event_id, signal);
      return limitSilence(events, SILENCE_MS, connection);
    },
  };
}

async function isOverOnServer(client: QueryClient, { conversation_id, reply: { message_id } }: LiveTurn): Promise<boolean> {
  try {
    const { messages } = await refetchMessages(client, conversation_id);
    const message = messages.find((known) => known.id === message_id);
    return message !== undefined && message.status !== 'running';
  } catch {
    // Not reachable either: that says nothing about the reply.
    return false;
  }
}

function onStart(client: QueryClient, turn: LiveTurn, event: Extract<ReplyEvent, { event: 'start' }>): void {
  rememberKeys({ [event.data.message_id]: turn.key });
  // The person's own message has its real id now.
  void refetchMessages(client, turn.conversation_id).catch(() => undefined);
  void refetchConversation(client, turn.conversation_id);
  tellChat(turn.conversation_id);
}

async function readInto(client: QueryClient, turn: LiveTurn, sending: Sending | null, controller: AbortController): Promise<void> {
  const { conversation_id, key } = turn;
  const opener = createOpener(turn, sending, controller.signal);
  const batch = createFrameBatch<NumberedEvent>((events) => updateTurn(conversation_id, key, ({ reply }) => ({ reply: events.reduce(reduceReply, reply) })));
  const ports: ReplyPorts = {
    open: opener.open,
    isFinal: opener.isFinal,
    isOver: () => (opener.isAccepted() ? isOverOnServer(client, findTurn(conversation_id) ?? turn) : Promise.resolve(false)),
    wait: (failures, cause) => waitForNetwork(backOff(failures, cause), controller.signal),
    onConnection: (connected) => updateTurn(conversation_id, key, () => ({ connected })),
    signal: controller.signal,
  };
  try {
    for await (const event of readReply(ports)) {
      // The server validates what it sends against this very type.
      const numbered = { ...event, at: Date.now() } as unknown as NumberedEvent;
      batch.add(numbered);
      if (numbered.event !== 'start') continue;
      opener.learn(numbered.data.reply_id);
      batch.flush();
      onStart(client, turn, numbered);
    }
  } finally {
    batch.flush();
  }
}

const SETTLE_TRIES = 4;
const SETTLE_MS = 300;
const TITLE_MS = 2_500;

async function waitForMessage(client: QueryClient, ended: LiveTurn): Promise<void> {
  for (let tries = 1; tries <= SETTLE_TRIES; tries += 1) {
    if (await isOverOnServer(client, ended)) return;
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS * tries));
  }
}

/** After the end the server's message takes the log's place, as soon as it says the same. */
async function settle(client: QueryClient, { conversation_id, key }: LiveTurn): Promise<void> {
  const ended = beginSettling(conversation_id, key);
  if (ended !== null) await waitForMessage(client, ended);
  endSettling(key);
  tellChat(conversation_id);
  await refetchConversation(client, conversation_id);
  // The title is made from the first exchange, a moment after it.
  setTimeout(() => void refetchConversation(client, conversation_id), TITLE_MS);
}

/**
 * Reads a turn's reply to its end into the live store, over as many connections as it takes.
 * Throws ApiFailure where the send is refused; the turn is then gone and nothing was kept of it.
 */
export async function followReply(client: QueryClient, turn: LiveTurn, sending: Sending | null): Promise<void> {
  running.get(turn.conversation_id)?.abort();
  const controller = new AbortController();
  running.set(turn.conversation_id, controller);
  try {
    await readInto(client, turn, sending, controller);
    if (controller.signal.aborted) removeTurn(turn.conversation_id, turn.key);
    else await settle(client, turn);
  } catch (failure) {
    const accepted = findTurn(turn.conversation_id)?.reply.reply_id != null;
    removeTurn(turn.conversation_id, turn.key);
    if (!accepted) throw failure instanceof ApiFailure ? failure : new Error('the send failed', { cause: failure });
    await refetchMessages(client, turn.conversation_id).catch(() => undefined);
  } finally {
    if (running.get(turn.conversation_id) === controller) running.delete(turn.conversation_id);
  }
}
