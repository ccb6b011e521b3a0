import type { Message } from '@lyss/api-types';
import type { PathStep } from './messages/message-path.ts';
import { statusOf } from './replies/live-reply.ts';
import type { LiveTurn } from './replies/live-store.ts';

/** One message as it is shown. `turn` where its reply is being read now; `pending` where the server has not named it yet. */
export interface MessageRow {
  key: string;
  message: Message;
  sibling_ids: string[];
  position: number;
  turn: LiveTurn | null;
  pending: boolean;
}

function overlay(message: Message, { reply }: LiveTurn): Message {
  const { usage, error, finish_reason, duration_ms, time_to_first_token_ms } = reply;
  const content = reply.last_id > 0 ? reply.parts : message.content;
  return { ...message, content, usage, error, finish_reason, duration_ms, time_to_first_token_ms, model: reply.model ?? message.model, supplier: reply.supplier ?? message.supplier, status: statusOf(reply) };
}

function blank(turn: LiveTurn, role: Message['role'], id: string, parent_id: string | null): Message {
  return {
    id,
    conversation_id: turn.conversation_id,
    parent_id,
    reply_id: null,
    role,
    content: [],
    status: 'complete',
    model: null,
    supplier: null,
    finish_reason: null,
    usage: null,
    error: null,
    duration_ms: null,
    time_to_first_token_ms: null,
    created_at: turn.sent_at,
  };
}

function pendingRows(turn: LiveTurn): MessageRow[] {
  const shared = { sibling_ids: [], position: 0, pending: true };
  const userKey = `${turn.key}:sent`;
  const rows: MessageRow[] = [];
  if (turn.sent_text !== null) {
    const message = { ...blank(turn, 'user', userKey, turn.parent_id), content: [{ type: 'text' as const, text: turn.sent_text }] };
    rows.push({ ...shared, key: userKey, message, turn: null });
  }
  const answer = blank(turn, 'assistant', turn.reply.message_id ?? turn.key, turn.sent_text === null ? turn.parent_id : userKey);
  rows.push({ ...shared, key: turn.key, message: overlay(answer, turn), turn });
  return rows;
}

/** The rows with a turn's own below what it answers, as long as the server's messages do not have them. */
function placePending(rows: MessageRow[], turn: LiveTurn, known: (id: string) => boolean): MessageRow[] {
  const answered = turn.reply.message_id;
  // Known and not on the path: the reader looks at another branch.
  if (answered !== null && known(answered)) return rows;
  const below = turn.parent_id === null ? -1 : rows.findIndex((row) => row.message.id === turn.parent_id);
  if (below < 0 && turn.parent_id !== null) return rows;
  return [...rows.slice(0, below + 1), ...pendingRows(turn)];
}

/**
 * What the list shows: the path, with the replies that are being read in their messages' places, or below what they answer.
 * @param turns in order: those that settle, then the one that runs @param known whether the server's messages have an id
 * @param keys row keys kept from before a message had its id.
 */
export function listRows(path: readonly PathStep[], turns: readonly LiveTurn[], known: (id: string) => boolean, keys: Readonly<Record<string, string>>): MessageRow[] {
  const rows = path.map(({ message, ...step }, index): MessageRow => {
    const live = turns.find((turn) => turn.reply.message_id === message.id) ?? null;
    const next = path[index + 1]?.message.id;
    const keptKey = keys[message.id] ?? (message.role === 'user' && next !== undefined && keys[next] !== undefined ? `${keys[next]}:sent` : message.id);
    return { key: keptKey, message: live === null ? message : overlay(message, live), ...step, turn: live, pending: false };
  });
  return turns.reduce((shown, turn) => placePending(shown, turn, known), rows);
}

/** The newest shown message that the server knows by its id: what is sent now answers it. */
export function findLastId(rows: readonly MessageRow[]): string | null {
  return rows.findLast(({ message, pending, turn }) => !pending || turn?.reply.message_id === message.id)?.message.id ?? null;
}

function isSame(a: MessageRow | undefined, b: MessageRow): a is MessageRow {
  return a?.key === b.key && a.message === b.message && a.sibling_ids === b.sibling_ids && a.position === b.position && a.turn === b.turn && a.pending === b.pending;
}

/** The new rows, with the old objects where nothing changed: a token draws one message anew and not a thousand. */
export function reuseRows(before: readonly MessageRow[], after: readonly MessageRow[]): MessageRow[] {
  return after.map((row, index) => {
    const old = before[index];
    return isSame(old, row) ? old : row;
  });
}
