import { QueryClient } from '@tanstack/react-query';
import type { Message, ReplyEvent } from '@lyss/api-types';
import { ok, serve, type Seen } from '../../../api/test-server.ts';
import { sampleConversation, sampleId, sampleMessage } from './samples.ts';

export const conversation_id = sampleId(9_000);
const reply_id = sampleId(500);
export const answer_id = sampleId(2);

const start: ReplyEvent = { event: 'start', data: { reply_id, conversation_id, message_id: answer_id, model: 'lyss-demo', supplier: 'demo', attempt: 1 } };
const end: ReplyEvent = { event: 'end', data: { finish_reason: 'stop', duration_ms: 900, time_to_first_token_ms: 80 } };
export const answerText = 'a whole answer';
const log: ReplyEvent[] = [start, ...[...answerText].map((delta): ReplyEvent => ({ event: 'text', data: { delta } })), end];

/** A stream of the log's events behind `after`; with `count` the connection ends (or breaks) after so many. */
export function streamLog(after: number, count = log.length, breaks = false): Response {
  const text = log
    .map((event, index) => `id: ${index + 1}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`)
    .slice(after, after + count)
    .join('');
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!sent) controller.enqueue(new TextEncoder().encode(text));
      else if (breaks) controller.error(new TypeError('network error'));
      else controller.close();
      sent = true;
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'content-location': `/api/v1/chat/replies/${reply_id}/events` } });
}

const paths = {
  create: 'POST /api/v1/chat/conversations',
  conversations: 'GET /api/v1/chat/conversations',
  conversation: `GET /api/v1/chat/conversations/${conversation_id}`,
  messages: `GET /api/v1/chat/conversations/${conversation_id}/messages`,
  start: `POST /api/v1/chat/conversations/${conversation_id}/replies`,
  follow: `GET /api/v1/chat/replies/${reply_id}/events`,
  stop: `POST /api/v1/chat/replies/${reply_id}/stop`,
};

interface Answers {
  create?: (seen: Seen) => Response | Promise<Response>;
  start: (seen: Seen, tries: number) => Response | Promise<Response>;
  follow?: (after: number, tries: number) => Response;
  /** The answer's status by the server's messages; asked at each fetch. */
  status?: () => Message['status'];
}

/** One conversation with one question behind fetch, and a client for it. */
export function serveReply({ create = () => ok(sampleConversation(9_000), 201), start: answerStart, follow = (after) => streamLog(after), status = () => 'complete' }: Answers) {
  let starts = 0;
  let follows = 0;
  const messages = () => [
    sampleMessage(1, null),
    sampleMessage(2, 1, { status: status(), reply_id, content: [{ type: 'text', text: answerText }], model: 'lyss-demo', supplier: 'demo' }),
  ];
  let held: Promise<void> = Promise.resolve();
  /** Keeps answers about messages back until the returned function is called. */
  const holdMessages = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    return resolve;
  };
  const calls = serve({
    [paths.create]: create,
    [paths.conversations]: () => ok({ items: [], pagination: { page_size: 50, next_cursor: null, has_next: false } }),
    [paths.start]: (seen) => answerStart(seen, (starts += 1)),
    [paths.follow]: (seen) => follow(Number(seen.headers.get('last-event-id') ?? 0), (follows += 1)),
    [paths.messages]: async () => {
      await held;
      return ok({ items: messages(), pagination: { page_size: 100, next_cursor: null, has_next: false } });
    },
    [paths.conversation]: () => ok(sampleConversation(9_000)),
    [paths.stop]: () => ok({ status: 'running' }, 202),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const sent = (path: keyof typeof paths) => calls.filter((seen) => `${seen.method} ${seen.path.split('?')[0]}` === paths[path]);
  return { client, sent, holdMessages };
}
