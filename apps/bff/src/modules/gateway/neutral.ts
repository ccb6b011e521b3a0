import { AppError } from '../../errors.ts';
import { parseJson } from '../../http/json-text.ts';
import type { ProviderMessage, ProviderRequest } from '../../providers/provider.ts';
import { asList, asRecord, asText } from '../../providers/shape.ts';
import { refuseField, type Asked } from './asked.ts';

type Neutral = Pick<ProviderRequest, 'messages' | 'parameters'>;

/** What is carried, and what says nothing that a model would hear. */
const carried = new Set(['model', 'messages', 'stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'temperature', 'n', 'user', 'metadata', 'store']);
const carriedOfMessage = new Set(['role', 'content', 'tool_calls', 'tool_call_id']);
const roles: Record<string, ProviderMessage['role']> = { system: 'system', developer: 'system', user: 'user', assistant: 'assistant', tool: 'tool' };

/** A request in the form that every supplier's wire is written from. Throws 1001 with the field that this form can't carry. */
export function readNeutral({ kind, bytes, max_tokens, answers }: Asked): Neutral {
  if (kind === 'embeddings') throw refuse('model');
  const body = asRecord(parseJson(bytes.toString('utf8'))) ?? {};
  for (const [name, value] of Object.entries(body)) if (value !== null && !carried.has(name)) throw refuse(name);
  if (answers > 1) throw refuse('n');
  const { temperature } = body;
  if (temperature !== undefined && temperature !== null && typeof temperature !== 'number') throw refuseField('temperature');
  return {
    messages: asList(body['messages']).map((message, at) => readMessage(asRecord(message), `messages.${at}`)),
    parameters: { ...(typeof temperature === 'number' ? { temperature } : {}), ...(max_tokens === null ? {} : { max_output_tokens: max_tokens }) },
  };
}

function refuse(path: string): AppError {
  return new AppError('INVALID_INPUT', { details: { reason: 'not_carried', issues: [{ path, code: 'not_carried', message: 'not_carried' }] } });
}

function readMessage(message: Record<string, unknown> | null, path: string): ProviderMessage {
  const role = roles[asText(message?.['role'])];
  if (!message || !role) throw refuseField(`${path}.role`);
  for (const [name, value] of Object.entries(message)) if (value !== null && !carriedOfMessage.has(name)) throw refuse(`${path}.${name}`);
  const calls = asList(message['tool_calls']).map((call) => readCall(asRecord(call)));
  const text = readContent(message['content'], `${path}.content`);
  return { role, text, ...(calls.length > 0 ? { tool_calls: calls } : {}), ...(role === 'tool' ? { tool_call_id: asText(message['tool_call_id']) } : {}) };
}

function readCall(call: Record<string, unknown> | null) {
  const called = asRecord(call?.['function']);
  return { id: asText(call?.['id']), name: asText(called?.['name']), arguments: asText(called?.['arguments']) };
}

function readContent(content: unknown, path: string): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) throw refuseField(path);
  const texts = content.map((value, at) => {
    const part = asRecord(value);
    if (part?.['type'] !== 'text') throw refuse(`${path}.${at}`);
    return asText(part['text']);
  });
  return texts.join('\n');
}
