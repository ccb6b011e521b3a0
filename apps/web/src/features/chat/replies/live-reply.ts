import type { ErrorBody, Message, Part, ReplyEvent, Usage } from '@lyss/api-types';

type FinishReason = NonNullable<Message['finish_reason']>;

/** A reply as far as its event log has been read. */
export interface LiveReply {
  reply_id: string | null;
  message_id: string | null;
  model: string | null;
  supplier: string | null;
  attempt: number;
  /** The newest event read; following again begins behind it. */
  last_id: number;
  parts: Part[];
  /** When the last reasoning part began, by this device's clock in ms; null while none is open. */
  reasoning_since: number | null;
  usage: Usage | null;
  error: ErrorBody | null;
  finish_reason: FinishReason | null;
  duration_ms: number | null;
  time_to_first_token_ms: number | null;
}

/** An event with its number in the stream and the moment it came, by this device's clock in ms. */
export type NumberedEvent = ReplyEvent & { id: number; at: number };

export const emptyReply: LiveReply = {
  reply_id: null,
  message_id: null,
  model: null,
  supplier: null,
  attempt: 0,
  last_id: 0,
  parts: [],
  reasoning_since: null,
  usage: null,
  error: null,
  finish_reason: null,
  duration_ms: null,
  time_to_first_token_ms: null,
};

function closeReasoning(reply: LiveReply, at: number): LiveReply {
  const last = reply.parts.at(-1);
  if (reply.reasoning_since === null || last?.type !== 'reasoning') return { ...reply, reasoning_since: null };
  const closed = { ...last, duration_ms: Math.max(0, Math.round(at - reply.reasoning_since)) };
  return { ...reply, parts: [...reply.parts.slice(0, -1), closed], reasoning_since: null };
}

function appendText(reply: LiveReply, delta: string, at: number): LiveReply {
  const open = closeReasoning(reply, at);
  const last = open.parts.at(-1);
  if (last?.type === 'text') return { ...open, parts: [...open.parts.slice(0, -1), { ...last, text: last.text + delta }] };
  return { ...open, parts: [...open.parts, { type: 'text', text: delta }] };
}

function appendReasoning(reply: LiveReply, delta: string, at: number): LiveReply {
  const last = reply.parts.at(-1);
  if (last?.type === 'reasoning') return { ...reply, parts: [...reply.parts.slice(0, -1), { ...last, text: last.text + delta }] };
  return { ...reply, parts: [...reply.parts, { type: 'reasoning', text: delta, duration_ms: 0 }], reasoning_since: at };
}

function begin(reply: LiveReply, start: Extract<ReplyEvent, { event: 'start' }>['data']): LiveReply {
  // Another attempt answers from the beginning: what a failed one had said is not part of it.
  const parts = start.attempt > reply.attempt ? [] : reply.parts;
  const { reply_id, message_id, model, supplier, attempt } = start;
  return { ...reply, reply_id, message_id, model, supplier, attempt, parts, reasoning_since: null, error: null };
}

function applyEvent(reply: LiveReply, event: NumberedEvent): LiveReply {
  switch (event.event) {
    case 'start':
      return begin(reply, event.data);
    case 'reasoning':
      return appendReasoning(reply, event.data.delta, event.at);
    case 'text':
      return appendText(reply, event.data.delta, event.at);
    case 'tool_call': {
      const open = closeReasoning(reply, event.at);
      return { ...open, parts: [...open.parts, { type: 'tool_call', ...event.data }] };
    }
    case 'tool_result':
      return { ...reply, parts: [...reply.parts, { type: 'tool_result', id: event.data.id, result: event.data.result }] };
    case 'usage':
      return { ...reply, usage: event.data };
    case 'error':
      return { ...closeReasoning(reply, event.at), error: event.data };
    case 'end':
      return { ...closeReasoning(reply, event.at), ...event.data };
    default:
      // A newer server may send more kinds; they are counted and not shown.
      return reply;
  }
}

/** One event on top of a reply. An event that was read before (by id) changes nothing, so a log may be read twice. */
export function reduceReply(reply: LiveReply, event: NumberedEvent): LiveReply {
  if (event.id <= reply.last_id) return reply;
  return { ...applyEvent(reply, event), last_id: event.id };
}

/** The status a reply's message has by its log; the server's own word replaces it after the end. */
export function statusOf(reply: LiveReply): Message['status'] {
  if (reply.finish_reason === null) return 'running';
  if (reply.finish_reason === 'stopped') return 'stopped';
  if (reply.finish_reason !== 'error') return 'complete';
  // With something said already it was cut off; without, it never began.
  return reply.parts.length > 0 || reply.error?.details?.['reason'] === 'interrupted' ? 'interrupted' : 'failed';
}
