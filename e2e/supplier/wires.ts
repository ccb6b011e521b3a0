import type { WireName } from './transcripts.ts';

/** What a request asks of the supplier, whichever wire it came by. */
export type Ask = { kind: 'models' } | { kind: 'chat'; model: string; streamed: boolean; said: string };

const google = /\/models\/(?<model>[^/:]+):(?<verb>streamGenerateContent|generateContent)/;

/** Reads path and body; null for what no supplier serves. */
export function readAsk(wire: WireName, method: string, path: string, body: string): Ask | null {
  if (method === 'GET' && /\/models(?:\?|$)/.test(path)) return { kind: 'models' };
  if (method !== 'POST') return null;
  if (wire === 'google') {
    const asked = google.exec(path)?.groups;
    return asked ? { kind: 'chat', model: decodeURIComponent(asked['model'] ?? ''), streamed: asked['verb'] === 'streamGenerateContent', said: '' } : null;
  }
  if (!path.includes(wire === 'anthropic' ? '/messages' : '/chat/completions')) return null;
  const { model, stream, messages } = JSON.parse(body) as { model: string; stream?: boolean; messages?: { content: unknown }[] };
  return { kind: 'chat', model, streamed: stream === true, said: String(messages?.at(-1)?.content ?? '') };
}

/** The list of models as each wire writes it. */
export function writeModels(wire: WireName, names: string[]): unknown {
  if (wire === 'google') return { models: names.map((name) => ({ name: `models/${name}`, supportedGenerationMethods: ['generateContent'] })) };
  if (wire === 'anthropic') return { data: names.map((id) => ({ type: 'model', id, display_name: id })), has_more: false };
  return { object: 'list', data: names.map((id) => ({ id, object: 'model', owned_by: 'e2e' })) };
}

/** A short whole answer: what the test of a credential and the title of a conversation get. */
export function writeWhole(wire: WireName, text: string): unknown {
  if (wire === 'google') {
    return { candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 }], usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1, totalTokenCount: 4 } };
  }
  if (wire === 'anthropic') return { id: 'msg_1', type: 'message', role: 'assistant', model: 'e2e', content: [{ type: 'text', text }], stop_reason: 'end_turn', usage: { input_tokens: 3, output_tokens: 1 } };
  return { id: 'c1', object: 'chat.completion', model: 'e2e', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } };
}

/** A refusal in the words of each wire; like some real ones it repeats the key. */
export function writeRefusal(wire: WireName, status: 401 | 429, key: string): unknown {
  const message = status === 401 ? `Incorrect API key provided: ${key}` : 'Too many requests';
  if (wire === 'google') return { error: { code: status, message, status: status === 401 ? 'UNAUTHENTICATED' : 'RESOURCE_EXHAUSTED' } };
  if (wire === 'anthropic') return { type: 'error', error: { type: status === 401 ? 'authentication_error' : 'rate_limit_error', message } };
  return { error: { message, type: 'invalid_request_error', code: status === 401 ? 'invalid_api_key' : 'rate_limit_exceeded' } };
}

/** One event of OpenAI's stream. */
export function writeDelta(content: string | null): string {
  const choice = content === null ? { index: 0, delta: {}, finish_reason: 'stop' } : { index: 0, delta: { content }, finish_reason: null };
  return `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', model: 'e2e', choices: [choice] })}\n\n`;
}
