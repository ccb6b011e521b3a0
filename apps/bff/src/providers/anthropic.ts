import type { Egress } from '../egress/fetch.ts';
import type { Answer } from './answer.ts';
import { readFailure } from './failure.ts';
import { ProviderError, type FinishReason, type Provider, type ProviderMessage, type ProviderRequest } from './provider.ts';
import type { ServerSentEvent } from './server-sent-events.ts';
import { asList, asRecord, asText, parseJson } from './shape.ts';
import { readTokens } from './usage.ts';
import { createWireProvider, type Wire } from './wire.ts';

// The wire demands a limit; Claude 3 takes no more than the first, every later model at least the second.
const oldestModelsLimit = 4096;
const defaultLimit = 8192;

type Block = Record<string, unknown>;

function writeBlocks(message: ProviderMessage): Block[] {
  if (message.role === 'tool') return [{ type: 'tool_result', tool_use_id: message.tool_call_id ?? '', content: message.text }];
  // Empty text blocks are refused.
  const text: Block[] = message.text === '' ? [] : [{ type: 'text', text: message.text }];
  const calls = (message.tool_calls ?? []).map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: asRecord(parseJson(call.arguments)) ?? {} }));
  return [...text, ...calls];
}

function writeBody(request: ProviderRequest, streamed: boolean): Record<string, unknown> {
  const { temperature, max_output_tokens } = request.parameters;
  const system = request.messages.filter((message) => message.role === 'system').map((message) => message.text).join('\n\n');
  const spoken = request.messages.filter((message) => message.role !== 'system').map((message) => ({ role: message.role === 'assistant' ? 'assistant' : 'user', content: writeBlocks(message) }));
  return {
    model: request.model,
    max_tokens: max_output_tokens ?? (request.model.startsWith('claude-3-') ? oldestModelsLimit : defaultLimit),
    ...(system !== '' && { system }),
    messages: spoken.filter((message) => message.content.length > 0),
    // This wire's scale ends at 1, OpenAI's at 2.
    ...(temperature !== undefined && { temperature: Math.min(temperature, 1) }),
    stream: streamed,
  };
}

const finishReasons: Record<string, FinishReason> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

function readFinish(reason: unknown, answer: Answer): void {
  if (typeof reason === 'string' && reason !== '') answer.finish(finishReasons[reason] ?? 'stop');
}

/** Input is told in three parts that add up; the last figure of each stands, since `message_delta` counts cumulatively. */
function createUsageReader(answer: Answer): (value: unknown) => void {
  const parts = { fresh: null as number | null, written: 0, read: 0 };
  return (value) => {
    const usage = asRecord(value);
    if (!usage) return;
    parts.fresh = readTokens(usage['input_tokens']) ?? parts.fresh;
    parts.written = readTokens(usage['cache_creation_input_tokens']) ?? parts.written;
    parts.read = readTokens(usage['cache_read_input_tokens']) ?? parts.read;
    answer.usage.input_tokens = parts.fresh === null ? null : parts.fresh + parts.written + parts.read;
    answer.usage.cached_tokens = parts.read;
    answer.usage.output_tokens = readTokens(usage['output_tokens']) ?? answer.usage.output_tokens;
  };
}

function startBlock(key: string, value: unknown, answer: Answer): void {
  const block = asRecord(value);
  if (block?.['type'] === 'text') answer.addText('text', block['text']);
  if (block?.['type'] === 'thinking') answer.addText('reasoning', block['thinking']);
  if (block?.['type'] !== 'tool_use') return;
  const input = asRecord(block['input']);
  // Whole in an answer that isn't streamed; in a stream it is empty here and its text follows in pieces.
  const whole = input && Object.keys(input).length > 0 ? { arguments: JSON.stringify(input) } : {};
  answer.addToolCall(key, { id: block['id'], name: block['name'], ...whole });
}

function continueBlock(key: string, value: unknown, answer: Answer): void {
  const delta = asRecord(value);
  if (delta?.['type'] === 'text_delta') answer.addText('text', delta['text']);
  if (delta?.['type'] === 'thinking_delta') answer.addText('reasoning', delta['thinking']);
  if (delta?.['type'] === 'input_json_delta' && answer.findToolCall(key)) answer.addToolCall(key, { arguments: delta['partial_json'] });
}

function readStream(answer: Answer): (event: ServerSentEvent) => void {
  const readUsage = createUsageReader(answer);
  return (event) => {
    const body = asRecord(parseJson(event.data));
    if (!body) throw new ProviderError('invalid_response');
    const key = String(body['index']);
    switch (body['type']) {
      case 'message_start':
        answer.recognized = true;
        readUsage(asRecord(body['message'])?.['usage']);
        break;
      case 'content_block_start':
        startBlock(key, body['content_block'], answer);
        break;
      case 'content_block_delta':
        continueBlock(key, body['delta'], answer);
        break;
      case 'message_delta':
        readUsage(body['usage']);
        readFinish(asRecord(body['delta'])?.['stop_reason'], answer);
        break;
      case 'message_stop':
        answer.ended = true;
        break;
      case 'error':
        throw readFailure(null, {}, body);
      default: // ping, and whatever is added later: the wire's own rule is to ignore it
    }
  };
}

function readWhole(value: unknown, answer: Answer): void {
  const body = asRecord(value);
  if (!body || !Array.isArray(body['content'])) throw new ProviderError('invalid_response');
  answer.recognized = true;
  for (const [index, block] of asList(body['content']).entries()) startBlock(String(index), block, answer);
  createUsageReader(answer)(body['usage']);
  readFinish(body['stop_reason'], answer);
}

/** Anthropic's Messages API, version 2023-06-01 (platform.claude.com/docs/en/api/messages). Errors: `ProviderError`. */
export function createAnthropicProvider(egress: Egress): Provider {
  const wire: Wire = {
    headers: { 'anthropic-version': '2023-06-01' },
    authenticate: (secret) => ({ 'x-api-key': secret }),
    chatPath: () => '/messages',
    chatBody: writeBody,
    readStream,
    endsWithMarker: true,
    readWhole,
    modelsPath: '/models?limit=1000',
    readModels(body) {
      const list = asRecord(body)?.['data'];
      return Array.isArray(list) ? list.map((model) => asText(asRecord(model)?.['id'])) : null;
    },
  };
  return createWireProvider(egress, wire);
}
