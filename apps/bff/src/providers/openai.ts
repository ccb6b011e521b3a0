import type { Egress } from '../egress/fetch.ts';
import type { Answer } from './answer.ts';
import { readFailure } from './failure.ts';
import { ProviderError, type FinishReason, type Provider, type ProviderMessage, type ProviderRequest } from './provider.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import { asList, asRecord, asText, parseJson } from './shape.ts';
import { readTokens, type ReportedUsage } from './usage.ts';
import { createWireProvider, type Wire } from './wire.ts';

/** Where suppliers that speak OpenAI's wire differ in what they take. */
export interface OpenAiDialect {
  /** OpenAI's reasoning models refuse `max_tokens`; most others know nothing else. */
  max_tokens_field: 'max_tokens' | 'max_completion_tokens';
  /** Usage in the last chunk has to be asked for; Mistral and Zhipu send it anyway, and Mistral refuses unknown fields. */
  include_usage: boolean;
  authenticate(secret: string): Record<string, string>;
}

export const openAiDialect: OpenAiDialect = {
  max_tokens_field: 'max_tokens',
  include_usage: true,
  authenticate: (secret) => ({ authorization: `Bearer ${secret}` }),
};

function writeMessage(message: ProviderMessage): Record<string, unknown> {
  if (message.role === 'tool') return { role: 'tool', tool_call_id: message.tool_call_id ?? '', content: message.text };
  const calls = message.tool_calls ?? [];
  if (message.role !== 'assistant' || calls.length === 0) return { role: message.role, content: message.text };
  return {
    role: 'assistant',
    content: message.text === '' ? null : message.text,
    tool_calls: calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } })),
  };
}

function writeBody(request: ProviderRequest, streamed: boolean, dialect: OpenAiDialect): Record<string, unknown> {
  const { temperature, max_output_tokens } = request.parameters;
  return {
    model: request.model,
    messages: request.messages.map(writeMessage),
    ...(temperature !== undefined && { temperature }),
    ...(max_output_tokens !== undefined && { [dialect.max_tokens_field]: max_output_tokens }),
    stream: streamed,
    ...(streamed && dialect.include_usage && { stream_options: { include_usage: true } }),
  };
}

const finishReasons: Record<string, FinishReason> = {
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
  content_filter: 'content_filter',
  sensitive: 'content_filter',
};
// Reasons by which suppliers end an answer that broke on their side; such an answer is not complete.
export const brokenReasons: ReadonlySet<string> = new Set(['error', 'network_error', 'insufficient_system_resource', 'abort']);

function readFinish(reason: unknown, answer: Answer): void {
  if (typeof reason !== 'string' || reason === '') return;
  if (brokenReasons.has(reason)) throw new ProviderError('server_error');
  answer.finish(finishReasons[reason] ?? 'stop');
}

/** Content is a string, or Mistral's list of text and thinking parts. */
function readContent(content: unknown, answer: Answer): void {
  answer.addText('text', content);
  for (const part of asList(content).map(asRecord)) {
    if (part?.['type'] === 'text') answer.addText('text', part['text']);
    if (part?.['type'] === 'thinking') for (const thought of asList(part['thinking'])) answer.addText('reasoning', asRecord(thought)?.['text']);
  }
}

/** The key of the call a piece belongs to: its index; without one, a new id begins a call and anything else continues the last. */
function findCallKey(piece: Record<string, unknown>, answer: Answer): string {
  const id = asText(piece['id']);
  const last = `#${answer.toolCalls - 1}`;
  if (typeof piece['index'] !== 'number') {
    const begins = answer.toolCalls === 0 || (id !== '' && answer.findToolCall(last)?.id !== id);
    return begins ? `#${answer.toolCalls}` : last;
  }
  const key = `#${piece['index']}`;
  const known = answer.findToolCall(key);
  // Some servers number every parallel call 0; a second id under one index is a second call.
  return known && id !== '' && known.id !== '' && known.id !== id ? `#${piece['index']} ${id}` : key;
}

function readMessage(message: Record<string, unknown>, answer: Answer): void {
  answer.addText('reasoning', asText(message['reasoning_content']) || asText(message['reasoning']));
  readContent(message['content'], answer);
  if (asText(message['refusal']) !== '') {
    answer.addText('text', message['refusal']);
    answer.finish('content_filter');
  }
  for (const value of asList(message['tool_calls'])) {
    const piece = asRecord(value);
    const call = asRecord(piece?.['function']);
    if (!piece || !call) continue;
    answer.addToolCall(findCallKey(piece, answer), { id: piece['id'], name: call['name'], arguments: call['arguments'] });
  }
}

/** Adds what a `usage` of OpenAI's wire says, as far as it can be a count, to what was said before. */
export function readUsage(value: unknown, said: ReportedUsage): void {
  const usage = asRecord(value);
  if (!usage) return;
  const input = readTokens(usage['prompt_tokens']);
  const completion = readTokens(usage['completion_tokens']);
  const total = readTokens(usage['total_tokens']);
  const reasoning = readTokens(asRecord(usage['completion_tokens_details'])?.['reasoning_tokens']);
  const cached = readTokens(asRecord(usage['prompt_tokens_details'])?.['cached_tokens'] ?? usage['prompt_cache_hit_tokens'] ?? usage['cached_tokens']);
  // xAI leaves reasoning out of completion_tokens and bills it: its total says so.
  const apart = input !== null && completion !== null && total !== null && total === input + completion + (reasoning ?? 0);
  said.input_tokens = input ?? said.input_tokens;
  said.output_tokens = completion === null ? said.output_tokens : completion + (apart ? (reasoning ?? 0) : 0);
  said.cached_tokens = cached ?? said.cached_tokens;
  said.reasoning_tokens = reasoning ?? said.reasoning_tokens;
}

/** Throws where the body is an error; answers its first choice, or null for a chunk without any (usage, filter results). */
function readChoice(body: Record<string, unknown>, answer: Answer): Record<string, unknown> | null {
  if (body['error'] !== undefined && body['error'] !== null) throw readFailure(null, {}, body);
  if (!Array.isArray(body['choices'])) return null;
  answer.recognized = true;
  const choice = asRecord(asList(body['choices']).find((value) => (asRecord(value)?.['index'] ?? 0) === 0));
  readUsage(body['usage'] ?? choice?.['usage'], answer.usage);
  return choice;
}

function readEvent(event: ServerSentEvent, answer: Answer): void {
  if (event.data.trim() === '[DONE]') {
    answer.ended = true;
    return;
  }
  const body = asRecord(parseJson(event.data));
  if (event.event === 'error') throw readFailure(null, {}, body);
  if (!body) {
    if (event.event !== '' && event.event !== 'message') return;
    throw new ProviderError('invalid_response');
  }
  const choice = readChoice(body, answer);
  if (!choice) return;
  const delta = asRecord(choice['delta'] ?? choice['message']);
  if (delta) readMessage(delta, answer);
  readFinish(choice['finish_reason'], answer);
}

function readWhole(value: unknown, answer: Answer): void {
  const body = asRecord(value);
  const choice = body && readChoice(body, answer);
  const message = asRecord(choice?.['message']);
  if (!choice || !message) throw new ProviderError('invalid_response');
  readMessage(message, answer);
  readFinish(choice['finish_reason'], answer);
  // A whole body has its end by itself; servers that leave the reason out mean an ordinary one.
  if (!answer.finished) answer.finish('stop');
}

/** OpenAI's chat completions (platform.openai.com/docs/api-reference/chat), as many suppliers speak it. Errors: `ProviderError`. */
export function createOpenAiProvider(egress: Egress, dialect: OpenAiDialect = openAiDialect): Provider {
  const wire: Wire = {
    headers: {},
    authenticate: dialect.authenticate,
    chatPath: () => '/chat/completions',
    chatBody: (request, streamed) => writeBody(request, streamed, dialect),
    readStream: (answer) => (event) => readEvent(event, answer),
    endsWithMarker: false,
    readWhole,
    modelsPath: '/models',
    readModels(body) {
      const list = asRecord(body)?.['data'] ?? body;
      return Array.isArray(list) ? list.map((model) => asText(asRecord(model)?.['id'])) : null;
    },
  };
  return createWireProvider(egress, wire);
}
