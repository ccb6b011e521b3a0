import type { ReplyEvent } from '@lyss/api-types';
import { ok, serve, type Seen } from '../../../api/test-server.ts';
import { sampleConversation, sampleId, sampleMessage } from './samples.ts';

export const conversation_id = sampleId(9_000);

interface Reply {
  id: string;
  answer_id: string;
  ended: boolean;
  controllers: ReadableStreamDefaultController<Uint8Array>[];
}

/** A server of one conversation whose answers wait until they are told. */
export interface ScriptedServer {
  /** The texts it has, in order; one that came twice with the same key is there once. */
  accepted: readonly string[];
  /** Takes the send that waits, and begins to answer. */
  accept(): void;
  /** Takes the send that waits; its answer is lost on the way. */
  lose(): void;
  /** The send that waits never arrives. */
  fail(): void;
  answer(response: Response): void;
  /** Ends the reply that runs. */
  end(): void;
  /** Answers what was asked about messages. */
  answerMessages(): void;
}

interface Waiting {
  seen: Seen;
  resolve: (response: Response) => void;
  reject: (cause: Error) => void;
}

function write(id: number, event: ReplyEvent): Uint8Array {
  return new TextEncoder().encode(`id: ${id}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`);
}

const ending: ReplyEvent = { event: 'end', data: { finish_reason: 'stop', duration_ms: 1, time_to_first_token_ms: null } };

function open(reply: Reply): Response {
  const start: ReplyEvent = { event: 'start', data: { reply_id: reply.id, conversation_id, message_id: reply.answer_id, model: 'lyss-demo', supplier: 'demo', attempt: 1 } };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(write(1, start));
      if (!reply.ended) {
        reply.controllers.push(controller);
        return;
      }
      controller.enqueue(write(2, ending));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'content-location': `/api/v1/chat/replies/${reply.id}/events` } });
}

function end(reply: Reply): void {
  reply.ended = true;
  for (const controller of reply.controllers.splice(0)) {
    try {
      controller.enqueue(write(2, ending));
      controller.close();
    } catch {
      // Nobody reads this connection any more.
    }
  }
}

/** Puts the server behind fetch. */
export function createScriptedServer(): ScriptedServer {
  const accepted: string[] = [];
  const byKey = new Map<string, Reply>();
  const replies: Reply[] = [];
  const starts: Waiting[] = [];
  const asked: Waiting[] = [];
  const wait = (queue: Waiting[]) => (seen: Seen) => new Promise<Response>((resolve, reject) => queue.push({ seen, resolve, reject }));
  const take = ({ seen }: Waiting): Reply => {
    const key = seen.headers.get('idempotency-key') ?? '';
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const reply = { id: sampleId(500 + replies.length), answer_id: sampleId(2 * replies.length + 2), ended: false, controllers: [] };
    accepted.push((seen.body as { content: string }).content);
    byKey.set(key, reply);
    replies.push(reply);
    return reply;
  };
  const messages = () => replies.flatMap((reply, index) => [sampleMessage(2 * index + 1, null), sampleMessage(2 * index + 2, 2 * index + 1, { reply_id: reply.id, status: reply.ended ? 'complete' : 'running' })]);
  const base = `/api/v1/chat/conversations/${conversation_id}`;
  const follows = Array.from({ length: 40 }, (_, index) => [`GET /api/v1/chat/replies/${sampleId(500 + index)}/events`, () => open(replies[index] as Reply)] as const);
  const stops = Array.from({ length: 40 }, (_, index) => [`POST /api/v1/chat/replies/${sampleId(500 + index)}/stop`, () => ok({ status: 'running' }, 202)] as const);
  serve({
    ...Object.fromEntries([...follows, ...stops]),
    [`POST ${base}/replies`]: wait(starts),
    [`GET ${base}/messages`]: wait(asked),
    [`GET ${base}`]: () => ok(sampleConversation(9_000)),
  });
  const next = (use: (waiting: Waiting) => void) => {
    const waiting = starts.shift();
    if (waiting !== undefined) use(waiting);
  };
  return {
    accepted,
    accept: () => next((waiting) => waiting.resolve(open(take(waiting)))),
    lose: () =>
      next((waiting) => {
        take(waiting);
        waiting.reject(new TypeError('network error'));
      }),
    fail: () => next(({ reject }) => reject(new TypeError('network error'))),
    answer: (response) => next(({ resolve }) => resolve(response)),
    end: () => replies.filter((reply) => !reply.ended).forEach(end),
    answerMessages: () => {
      for (const { resolve } of asked.splice(0)) resolve(ok({ items: messages(), pagination: { page_size: 100, next_cursor: null, has_next: false } }));
    },
  };
}
