import { create } from 'zustand';
import type { ApiFailure } from '../../../api/client.ts';
import { emptyReply, type LiveReply } from './live-reply.ts';

/** A turn that is being made in one conversation: what was sent, and the reply as far as it is read. */
export interface LiveTurn {
  /** Stays the row's key when the server's id is known, so that nothing is drawn anew. */
  key: string;
  conversation_id: string;
  /** The message that this turn hangs below; null: it begins the conversation. */
  parent_id: string | null;
  /** What the person wrote; null where an answer is made anew or only followed. */
  sent_text: string | null;
  sent_at: string;
  reply: LiveReply;
  connected: boolean;
  stopping: boolean;
  over: boolean;
}

/** Why the server refused the last send, or the last stop. */
export interface Refusal {
  what: 'send' | 'stop';
  failure: ApiFailure;
}

interface LiveState {
  /** By conversation: one reply runs in it at a time. */
  turns: Readonly<Record<string, LiveTurn>>;
  refusals: Readonly<Record<string, Refusal>>;
  /** Row keys of messages that were shown before their id was known. */
  keys: Readonly<Record<string, string>>;
  /** How long replies took that this tab saw end, by message; the server's messages don't say it. */
  timings: Readonly<Record<string, Timing>>;
}

export interface Timing {
  duration_ms: number;
  time_to_first_token_ms: number | null;
}

const nothing: LiveState = { turns: {}, refusals: {}, keys: {}, timings: {} };
export const useLiveStore = create<LiveState>(() => nothing);

export function forgetReplies(): void {
  useLiveStore.setState(nothing);
}

export function findTurn(conversation_id: string): LiveTurn | undefined {
  return useLiveStore.getState().turns[conversation_id];
}

export function createTurn(turn: Pick<LiveTurn, 'conversation_id' | 'parent_id' | 'sent_text'>, reply: Partial<LiveReply> = {}): LiveTurn {
  return { ...turn, key: crypto.randomUUID(), sent_at: new Date().toISOString(), reply: { ...emptyReply, ...reply }, connected: true, stopping: false, over: false };
}

export function placeTurn(turn: LiveTurn): void {
  useLiveStore.setState(({ turns, refusals }) => ({ turns: { ...turns, [turn.conversation_id]: turn }, refusals: omit(refusals, turn.conversation_id) }));
}

/** Changes a turn, if it is still the one with this key. */
export function updateTurn(conversation_id: string, key: string, change: (turn: LiveTurn) => Partial<LiveTurn>): void {
  useLiveStore.setState(({ turns }) => {
    const turn = turns[conversation_id];
    return turn?.key === key ? { turns: { ...turns, [conversation_id]: { ...turn, ...change(turn) } } } : {};
  });
}

export function removeTurn(conversation_id: string, key: string): void {
  useLiveStore.setState(({ turns }) => (turns[conversation_id]?.key === key ? { turns: omit(turns, conversation_id) } : {}));
}

/** Keeps what only the reply's log says, before the turn gives way to the server's message. */
export function rememberTiming({ message_id, duration_ms, time_to_first_token_ms }: LiveReply): void {
  if (message_id === null || duration_ms === null) return;
  useLiveStore.setState((state) => ({ timings: { ...state.timings, [message_id]: { duration_ms, time_to_first_token_ms } } }));
}

export function rememberKeys(keys: Record<string, string>): void {
  useLiveStore.setState((state) => ({ keys: { ...state.keys, ...keys } }));
}

export function placeRefusal(conversation_id: string, refusal: Refusal): void {
  useLiveStore.setState(({ refusals }) => ({ refusals: { ...refusals, [conversation_id]: refusal } }));
}

export function removeRefusal(conversation_id: string): void {
  useLiveStore.setState(({ refusals }) => ({ refusals: omit(refusals, conversation_id) }));
}

function omit<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
