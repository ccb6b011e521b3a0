import { setTimeout as sleep } from 'node:timers/promises';
import type { Egress, EgressRequest, EgressResponse } from '../egress/fetch.ts';
import { readConversation, type DemoConversation } from './demo/conversation.ts';
import { speak, type Speech } from './demo/speech.ts';
import { ProviderError } from './provider.ts';
import { asRecord, asText, parseJson } from './shape.ts';
import { estimateTokens } from './tokens.ts';

export const demoBaseUrl = 'https://demo.lyss.internal/v1';
export const demoModels = ['lyss-demo', 'lyss-demo-reasoner'] as const;

type Wait = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

const waitForReal: Wait = async (ms, signal) => {
  await sleep(ms, undefined, signal ? { signal } : {});
};

// Silence long enough to be seen, short of the half minute that a real supplier is given.
const silenceMs = 3000;
// Timers are coarse: faster paces send several pieces a tick.
const tickMs = 20;

const failures: Record<string, { code: string; type: string }> = {
  401: { code: 'invalid_api_key', type: 'invalid_request_error' },
  403: { code: 'permission_denied', type: 'permission_error' },
  404: { code: 'model_not_found', type: 'invalid_request_error' },
  429: { code: 'rate_limit_exceeded', type: 'rate_limit_error' },
  500: { code: 'internal_error', type: 'server_error' },
};

const nowInSeconds = () => Math.floor(Date.now() / 1_000);
const encoder = new TextEncoder();

const readBody = ({ body = '' }: EgressRequest) => (typeof body === 'string' ? body : Buffer.from(body).toString());

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield encoder.encode(text);
}

function respond(status: number, body: unknown, headers: Record<string, string> = {}): EgressResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: once(JSON.stringify(body)) };
}

function fail(status: string): EgressResponse {
  const error = { message: 'The demo supplier fails as it was asked to.', param: null, ...failures[status] };
  return respond(Number(status), { error }, status === '429' ? { 'retry-after': '5' } : {});
}

function countUsage(conversation: DemoConversation, speech: Speech) {
  const prompt_tokens = conversation.messages.reduce((sum, message) => sum + 4 + estimateTokens(message.text), 0);
  const reasoning_tokens = estimateTokens(speech.reasoning.join(''));
  const completion_tokens = estimateTokens(speech.pieces.join('') + (speech.tool ? speech.tool.name + speech.tool.arguments : '')) + reasoning_tokens;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens, completion_tokens_details: { reasoning_tokens } };
}

function writeToolCall(speech: Speech): object {
  const { tool } = speech;
  return tool ? { tool_calls: [{ index: 0, id: tool.id, type: 'function', function: { name: tool.name, arguments: tool.arguments } }] } : {};
}

function writeWhole(conversation: DemoConversation, speech: Speech, model: string): EgressResponse {
  const message = { role: 'assistant', content: speech.pieces.join(''), ...(speech.reasoning.length > 0 && { reasoning_content: speech.reasoning.join('') }), ...writeToolCall(speech) };
  const body = { id: 'chatcmpl-demo', object: 'chat.completion', created: nowInSeconds(), model, choices: [{ index: 0, message, finish_reason: speech.finish }], usage: countUsage(conversation, speech) };
  return respond(200, body);
}

async function* writeStream(conversation: DemoConversation, speech: Speech, model: string, pause: () => Promise<void>, perTick: number): AsyncGenerator<Uint8Array> {
  const write = (choices: object[], usage: object | null): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-demo', object: 'chat.completion.chunk', created: nowInSeconds(), model, choices, usage })}\n\n`;
  const say = (delta: object, finish_reason: string | null = null): string => write([{ index: 0, delta, finish_reason }], null);
  yield encoder.encode(say({ role: 'assistant', content: '' }));
  const deltas = [...speech.reasoning.map((piece) => ({ reasoning_content: piece })), ...speech.pieces.map((piece) => ({ content: piece }))];
  for (let index = 0; index < deltas.length; index += perTick) {
    await pause();
    yield encoder.encode(deltas.slice(index, index + perTick).map((delta) => say(delta)).join(''));
  }
  if (speech.tool) yield encoder.encode(say(writeToolCall(speech)));
  if (!speech.ends) return;
  yield encoder.encode(say({}, speech.finish) + write([], countUsage(conversation, speech)) + 'data: [DONE]\n\n');
}

async function answerChat(request: EgressRequest, body: Record<string, unknown>, wait: Wait): Promise<EgressResponse> {
  const conversation = readConversation(body);
  const model = asText(body['model']);
  if (!demoModels.some((known) => known === model)) return fail('404');
  const limit = body['max_tokens'];
  const speech = speak(conversation, model, typeof limit === 'number' ? limit : null);
  const isTitle = speech.pieces_per_second > 1000;
  const { error } = isTitle ? { error: null } : conversation.markers;
  if (error === 'timeout') {
    await wait(request.limits?.headers_ms ?? silenceMs, request.signal);
    throw new ProviderError('timeout');
  }
  if (error !== null) return fail(error);
  const perTick = Math.max(1, Math.round((speech.pieces_per_second * tickMs) / 1000));
  const pauseMs = (1000 * perTick) / speech.pieces_per_second;
  if (body['stream'] === true) {
    return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: writeStream(conversation, speech, model, () => wait(pauseMs, request.signal), perTick) };
  }
  if (conversation.markers.slow && !isTitle) await wait((1000 * speech.pieces.length) / speech.pieces_per_second, request.signal);
  if (!speech.ends) throw new ProviderError('connection_failed');
  return writeWhole(conversation, speech, model);
}

/**
 * The demo supplier: an `Egress` without a socket that answers in OpenAI's wire, so the reader, the abort and the error
 * code of a real supplier run behind it. `wait` is for tests; the text depends on the conversation alone.
 */
export function createDemoEgress(wait: Wait = waitForReal): Egress {
  return {
    async fetch(request) {
      request.signal?.throwIfAborted();
      const path = new URL(request.url).pathname;
      if (path === '/v1/models' && request.method !== 'POST') return respond(200, { object: 'list', data: demoModels.map((id) => ({ id, object: 'model' })) });
      const body = asRecord(parseJson(readBody(request)));
      if (path !== '/v1/chat/completions' || request.method !== 'POST' || !body) return respond(404, { error: { message: 'Unknown path', type: 'not_found' } });
      return answerChat(request, body, wait);
    },
    async close() {},
  };
}
