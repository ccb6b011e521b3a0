import type { Egress } from '../egress/fetch.ts';
import type { Answer } from './answer.ts';
import { readFailure } from './failure.ts';
import { ProviderError, type FinishReason, type Provider, type ProviderMessage, type ProviderRequest } from './provider.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import { asList, asRecord, asText, parseJson } from './shape.ts';
import { readTokens } from './usage.ts';
import { createWireProvider, type Wire } from './wire.ts';

type Part = Record<string, unknown>;

// Models that think and can show it; others refuse the setting.
const thinkingModels = /^gemini-(?:2\.5|[3-9])[\w.-]*?(?:flash|pro)(?!.*(?:image|tts|audio|live|embedding))/;

function readModelName(model: string): string {
  return model.replace(/^models\//, '');
}

/** A tool's answer goes by the function's name here, which only the call that asked for it knows. */
function findCallName(messages: ProviderMessage[], tool_call_id: string | undefined): string {
  for (const message of messages) for (const call of message.tool_calls ?? []) if (call.id === tool_call_id) return call.name;
  return tool_call_id ?? '';
}

function writeParts(message: ProviderMessage, messages: ProviderMessage[]): Part[] {
  if (message.role === 'tool') return [{ functionResponse: { name: findCallName(messages, message.tool_call_id), response: { result: message.text } } }];
  const text: Part[] = message.text === '' ? [] : [{ text: message.text }];
  const calls = (message.tool_calls ?? []).map((call) => ({ functionCall: { name: call.name, args: asRecord(parseJson(call.arguments)) ?? {} } }));
  return [...text, ...calls];
}

function writeBody(request: ProviderRequest): Record<string, unknown> {
  const { messages } = request;
  const model = readModelName(request.model);
  const { temperature, max_output_tokens } = request.parameters;
  const system = messages.filter((message) => message.role === 'system').map((message) => message.text).join('\n\n');
  const spoken = messages.filter((message) => message.role !== 'system');
  const contents = spoken.map((message) => ({ role: message.role === 'assistant' ? 'model' : 'user', parts: writeParts(message, messages) }));
  return {
    contents: contents.filter((content) => content.parts.length > 0),
    ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
    generationConfig: {
      ...(temperature !== undefined && { temperature }),
      ...(max_output_tokens !== undefined && { maxOutputTokens: max_output_tokens }),
      ...(thinkingModels.test(model) && { thinkingConfig: { includeThoughts: true } }),
    },
  };
}

const filtered = ['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE', 'IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION', 'MODEL_ARMOR'];
const broken = new Set(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'MALFORMED_RESPONSE', 'MISSING_THOUGHT_SIGNATURE']);
const finishReasons: Record<string, FinishReason> = { MAX_TOKENS: 'length', ...Object.fromEntries(filtered.map((reason) => [reason, 'content_filter' as const])) };

function readFinish(reason: unknown, answer: Answer): void {
  if (typeof reason !== 'string' || reason === '' || reason === 'FINISH_REASON_UNSPECIFIED') return;
  if (broken.has(reason)) throw new ProviderError('invalid_response');
  answer.finish(finishReasons[reason] ?? 'stop');
}

function readPart(value: unknown, answer: Answer): void {
  const part = asRecord(value);
  if (!part) return;
  answer.addText(part['thought'] === true ? 'reasoning' : 'text', part['text']);
  const call = asRecord(part['functionCall']);
  if (!call) return;
  // Calls come whole and mostly without an id.
  answer.addToolCall(`#${answer.toolCalls}`, { id: call['id'], name: call['name'], arguments: JSON.stringify(asRecord(call['args']) ?? {}) });
}

function readUsage(value: unknown, answer: Answer): void {
  const usage = asRecord(value);
  if (!usage) return;
  const input = readTokens(usage['promptTokenCount']);
  const spoken = readTokens(usage['candidatesTokenCount']);
  const thought = readTokens(usage['thoughtsTokenCount']);
  const tools = readTokens(usage['toolUsePromptTokenCount']) ?? 0;
  if (input !== null) answer.usage.input_tokens = input + tools;
  // A field that would be 0 is left out; a total equal to the input says the same.
  const nothing = input !== null && readTokens(usage['totalTokenCount']) === input;
  if (spoken !== null || thought !== null || nothing) answer.usage.output_tokens = (spoken ?? 0) + (thought ?? 0);
  answer.usage.cached_tokens = readTokens(usage['cachedContentTokenCount']) ?? answer.usage.cached_tokens;
  answer.usage.reasoning_tokens = thought ?? answer.usage.reasoning_tokens;
}

function readResponse(value: unknown, answer: Answer): void {
  const body = asRecord(Array.isArray(value) ? value[0] : value);
  if (!body) throw new ProviderError('invalid_response');
  if (body['error'] !== undefined && body['error'] !== null) throw readFailure(null, {}, body);
  readUsage(body['usageMetadata'], answer);
  const blocked = asText(asRecord(body['promptFeedback'])?.['blockReason']);
  if (blocked !== '' && blocked !== 'BLOCK_REASON_UNSPECIFIED') {
    answer.recognized = true;
    answer.finish('content_filter');
  }
  if (!Array.isArray(body['candidates'])) return;
  answer.recognized = true;
  const candidate = asRecord(asList(body['candidates']).find((entry) => (asRecord(entry)?.['index'] ?? 0) === 0));
  for (const part of asList(asRecord(candidate?.['content'])?.['parts'])) readPart(part, answer);
  readFinish(candidate?.['finishReason'], answer);
}

function readEvent(event: ServerSentEvent, answer: Answer): void {
  const body = parseJson(event.data);
  if (body === undefined && event.event !== '' && event.event !== 'message') return;
  readResponse(body, answer);
}

function readModels(body: unknown): string[] | null {
  const list = asRecord(body)?.['models'];
  if (!Array.isArray(list)) return null;
  const chatting = list.map(asRecord).filter((model) => asList(model?.['supportedGenerationMethods'] ?? ['generateContent']).includes('generateContent'));
  return chatting.map((model) => readModelName(asText(model?.['name'])));
}

/** Google's Gemini API (ai.google.dev/api/generate-content), where a `finishReason` is the end marker. Errors: `ProviderError`. */
export function createGoogleProvider(egress: Egress): Provider {
  const wire: Wire = {
    headers: {},
    // Never in the URL: addresses are logged on the way.
    authenticate: (secret) => ({ 'x-goog-api-key': secret }),
    chatPath: (model, streamed) => `/models/${encodeURIComponent(readModelName(model))}:${streamed ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    chatBody: writeBody,
    readStream: (answer) => (event) => readEvent(event, answer),
    endsWithMarker: false,
    readWhole: readResponse,
    modelsPath: '/models?pageSize=1000',
    readModels,
  };
  return createWireProvider(egress, wire);
}
