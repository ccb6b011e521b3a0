import type { IncomingMessage, ServerResponse } from 'node:http';
import { startServer, type TestServer } from '../../egress/test-server.ts';

export const SUPPLIER_KEY = 'sk-canary-of-the-supplier-0123456789';
const usage = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };

/** What a call was answered with, and how long its caller stayed. */
export interface Asking {
  path: string;
  raw: string;
  // Tests read bodies of every shape; each asserts what it reads.
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever the client sent: each test looks at what it meant by it
  body: any;
  request_id: string | undefined;
  closed_at: number | null;
}
type Answer = (asking: Asking, response: ServerResponse) => void | Promise<void>;

export interface TestSupplier extends TestServer {
  asked: Asking[];
  /** How a model answers; others say `Hello there.` in three pieces. */
  answers: Map<string, Answer>;
}

export const sendJson = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));

export const beginStream = (response: ServerResponse) => void response.writeHead(200, { 'content-type': 'text/event-stream' });

export const writeChunk = (choices: object[], more: object = {}) => `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'x', choices, ...more })}\n\n`;
export const writeDelta = (content: string, finish_reason: string | null = null) => writeChunk([{ index: 0, delta: { content }, finish_reason }]);

function answerPlainly({ path, body }: Asking, response: ServerResponse): void {
  if (path === '/v1/models') return sendJson(response, 200, { object: 'list', data: [{ id: 'gpt-4.1' }] });
  if (path === '/v1/embeddings') {
    const floats = [0.25, -0.5];
    const embedding = body.encoding_format === 'base64' ? Buffer.from(new Float32Array(floats).buffer).toString('base64') : floats;
    return sendJson(response, 200, { object: 'list', model: body.model, data: [{ object: 'embedding', index: 0, embedding }], usage: { prompt_tokens: 4, total_tokens: 4 } });
  }
  const tool_calls = body.tools ? [{ index: 0, id: 'call_1', type: 'function', function: { name: body.tools[0].function.name, arguments: '{"city":"Oslo"}' } }] : undefined;
  const content = tool_calls ? null : body.response_format ? '{"answer":42}' : 'Hello there.';
  const finish_reason = tool_calls ? 'tool_calls' : 'stop';
  if (!body.stream) return sendJson(response, 200, { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: body.model, choices: [{ index: 0, message: { role: 'assistant', content, ...(tool_calls ? { tool_calls } : {}) }, finish_reason }], usage });
  beginStream(response);
  const pieces = tool_calls ? [writeChunk([{ index: 0, delta: { role: 'assistant', tool_calls }, finish_reason: null }])] : ['Hello', ' there', '.'].map((piece) => writeDelta(piece));
  const last = body.stream_options?.include_usage ? writeChunk([], { usage }) : '';
  response.end(`${pieces.join('')}${writeChunk([{ index: 0, delta: {}, finish_reason }])}${last}data: [DONE]\n\n`);
}

/** A supplier on loopback that speaks OpenAI's wire and remembers what it was asked. */
export async function startSupplier(): Promise<TestSupplier> {
  const asked: Asking[] = [];
  const answers = new Map<string, Answer>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    let raw = '';
    for await (const chunk of request) raw += String(chunk);
    const asking: Asking = { path: request.url ?? '', raw, body: raw === '' ? {} : JSON.parse(raw), request_id: request.headers['x-request-id']?.toString(), closed_at: null };
    asked.push(asking);
    response.once('close', () => (asking.closed_at = performance.now()));
    await (answers.get(asking.body.model) ?? answerPlainly)(asking, response);
  };
  const server = await startServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  return Object.assign(server, { asked, answers });
}
