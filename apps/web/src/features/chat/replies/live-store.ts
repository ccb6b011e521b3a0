import { create } from 'zustand';
import type { ApiFailure } from '../../../api/client.ts';
import { randomId } from '../../../api/random-id.ts';
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
}

/** Why the server refused the last send, or the last stop. */
export interface Refusal {
  what: 'send' | 'stop';
  failure: ApiFailure;
}

interface LiveState {
  /** By conversation: one reply runs in it at a time. */
  turns: Readonly<Record<string, LiveTurn>>;
  /** Read to their end, and shown until the server's message says the same: the next turn doesn't wait for that. */
  settling: readonly LiveTurn[];
  /** The first text of a conversation that is being made now. */
  first_text: string | null;
  refusals: Readonly<Record<string, Refusal>>;
  /** Row keys of messages that were shown before their id was known. */
  keys: Readonly<Record<string, string>>;
  /** Replies that this tab took up and need not take up again: a message may be called running for a moment after its end. */
  followed: readonly string[];
}
// A tab may stay open for months; an older one costs a row that is drawn anew, or a reading that ends at once.
const KEPT = 1_000;

const nothing: LiveState = { turns: {}, settling: [], first_text: null, refusals: {}, keys: {}, followed: [] };
export const useLiveStore = create<LiveState>(() => nothing);

export function forgetReplies(): void {
  useLiveStore.setState(nothing);
}

export function findTurn(conversation_id: string): LiveTurn | undefined {
  return useLiveStore.getState().turns[conversation_id];
}

export function createTurn(turn: Pick<LiveTurn, 'conversation_id' | 'parent_id' | 'sent_text'>, reply: Partial<LiveReply> = {}): LiveTurn {
  return { ...turn, key: randomId(), sent_at: new Date().toISOString(), reply: { ...emptyReply, ...reply }, connected: true, stopping: false };
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

/** Makes room for the conversation's next turn; this one is shown until `endSettling`. Returns it as it ended, if it is still there. */
export function beginSettling(conversation_id: string, key: string): LiveTurn | null {
  const turn = findTurn(conversation_id);
  if (turn?.key !== key) return null;
  const ended = { ...turn, connected: true };
  useLiveStore.setState(({ turns, settling }) => ({ turns: omit(turns, conversation_id), settling: [...settling, ended] }));
  return ended;
}

export function endSettling(key: string): void {
  useLiveStore.setState(({ settling }) => ({ settling: settling.filter((turn) => turn.key !== key) }));
}

export function placeFirstText(first_text: string | null): void {
  useLiveStore.setState({ first_text });
}

export function rememberKeys(keys: Record<string, string>): void {
  useLiveStore.setState((state) => ({ keys: Object.fromEntries(Object.entries({ ...state.keys, ...keys }).slice(-KEPT)) }));
}

/** Notes that a reply is taken up. Returns whether it was not before. */
export function takeUp(reply_id: string): boolean {
  const { followed } = useLiveStore.getState();
  if (followed.includes(reply_id)) return false;
  useLiveStore.setState({ followed: [...followed, reply_id].slice(-KEPT) });
  return true;
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
