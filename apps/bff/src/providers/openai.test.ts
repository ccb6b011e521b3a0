import { describe, expect, it } from 'vitest';
import { createOpenAiProvider, openAiDialect } from './openai.ts';
import type { ProviderRequest } from './provider.ts';
import { ask, assemble, collect, localConnection, replayInMemory, createMemoryEgress } from './samples/replay.ts';

function write(...payloads: (object | string)[]): Buffer {
  return Buffer.from(payloads.map((payload) => `data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}\n\n`).join(''));
}
const chunk = (delta: object, finish_reason: string | null = null, rest: object = {}) => ({ choices: [{ index: 0, delta, finish_reason }], ...rest });
const said = 'The quick brown fox jumps over the lazy dog, and then it does that again.';
const text = chunk({ content: said });
const stop = chunk({}, 'stop');
const done = '[DONE]';

async function read(...payloads: (object | string)[]) {
  const { events, error } = await replayInMemory({ wire: 'openai' }, [write(...payloads)]);
  return { ...assemble(events), error };
}

describe('usage', () => {
  const own = { input_tokens: 5, output_tokens: 17, estimated: true };
  it.each([
    ['missing', [stop], own],
    ['null', [{ ...stop, usage: null }], own],
    ['a string', [{ ...stop, usage: 'lots' }], own],
    ['strings inside', [stop, { choices: [], usage: { prompt_tokens: '11', completion_tokens: '17' } }], own],
    ['negative', [stop, { choices: [], usage: { prompt_tokens: -1, completion_tokens: -20 } }], own],
    ['1e30', [stop, { choices: [], usage: { prompt_tokens: 1e30, completion_tokens: 1e30 } }], own],
    ['fractions', [stop, { choices: [], usage: { prompt_tokens: 5.5, completion_tokens: 16.5 } }], own],
    ['far below what was counted', [stop, { choices: [], usage: { prompt_tokens: 0, completion_tokens: 1 } }], own],
    ['in the last chunk', [stop, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 18 } }], { input_tokens: 7, output_tokens: 18, estimated: false }],
    ['twice, the last counts', [chunk({}, null, { usage: { prompt_tokens: 6, completion_tokens: 12 } }), stop, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 18 } }], { input_tokens: 7, output_tokens: 18, estimated: false }],
    ['inside the choice, as Moonshot sends it', [{ choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: { prompt_tokens: 7, completion_tokens: 18, cached_tokens: 3 } }] }], { input_tokens: 7, cached_tokens: 3, estimated: false }],
    ['cached more than there was', [stop, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 18, prompt_tokens_details: { cached_tokens: 900 } } }], { cached_tokens: 7 }],
    ['without its reasoning, as xAI sends it', [stop, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 18, total_tokens: 65, completion_tokens_details: { reasoning_tokens: 40 } } }], { output_tokens: 58, reasoning_tokens: 40 }],
    ['with its reasoning inside', [stop, { choices: [], usage: { prompt_tokens: 7, completion_tokens: 58, total_tokens: 65, completion_tokens_details: { reasoning_tokens: 40 } } }], { output_tokens: 58, reasoning_tokens: 40 }],
  ])('%s', async (_, payloads, usage) => {
    const answer = await read(text, ...payloads, done);
    expect(answer.usage).toEqual([expect.objectContaining(usage)]);
    expect(answer.error).toBe(null);
  });
});

describe('tool calls', () => {
  const call = (fields: object, name?: string, json?: string) => ({ ...fields, function: { ...(name && { name }), ...(json !== undefined && { arguments: json }) } });
  const ended = [chunk({}, 'tool_calls'), done];
  it.each([
    ['in pieces without an index', [[call({ id: 'a' }, 'one', '{"x"')], [call({}, undefined, ':1}')], [call({ id: 'b' }, 'two', '{}')]], [{ name: 'one', arguments: { x: 1 } }, { name: 'two', arguments: {} }]],
    ['whole and all under index 0', [[call({ id: 'a', index: 0 }, 'one', '{}')], [call({ id: 'b', index: 0 }, 'two', '{}')]], [{ name: 'one', arguments: {} }, { name: 'two', arguments: {} }]],
    ['with an empty id in later pieces', [[call({ id: 'a', index: 0 }, 'one', '')], [call({ id: '', index: 0 }, undefined, '{"x":1}')]], [{ name: 'one', arguments: { x: 1 } }]],
    ['in one chunk', [[call({ id: 'a', index: 0 }, 'one', '{}'), call({ id: 'b', index: 1 }, 'two', '{}')]], [{ name: 'one', arguments: {} }, { name: 'two', arguments: {} }]],
    ['without arguments', [[call({ id: 'a', index: 0 }, 'one')]], [{ name: 'one', arguments: {} }]],
  ])('%s', async (_, pieces, tool_calls) => {
    const answer = await read(...pieces.map((piece) => chunk({ tool_calls: piece })), ...ended);
    expect(answer).toMatchObject({ tool_calls, finish: ['tool_calls'], error: null });
  });

  it('gives an id to a call that came without one, and says tool_calls where the supplier says stop', async () => {
    const { events } = await replayInMemory({ wire: 'openai' }, [write(chunk({ tool_calls: [call({}, 'one', '{}')] }), stop, done)]);
    expect(events.find((event) => event.type === 'tool_call')).toMatchObject({ id: 'call_1' });
    expect(events.at(-1)).toEqual({ type: 'finish', reason: 'tool_calls' });
  });

  it('drops a call that the length limit cut, and refuses one that is broken otherwise', async () => {
    const half = chunk({ tool_calls: [call({ id: 'a', index: 0 }, 'one', '{"x":')] });
    expect(await read(half, chunk({}, 'length'), done)).toMatchObject({ tool_calls: [], finish: ['length'], error: null });
    expect(await read(half, ...ended)).toMatchObject({ finish: [], error: { kind: 'invalid_response' } });
    expect(await read(chunk({ tool_calls: [call({ id: 'a' }, undefined, '{}')] }), ...ended)).toMatchObject({ error: { kind: 'invalid_response' } });
  });

  it('refuses arguments or calls without end', async () => {
    const long = Array.from({ length: 1100 }, () => chunk({ tool_calls: [call({ index: 0 }, 'one', 'x'.repeat(1000))] }));
    expect(await read(...long)).toMatchObject({ error: { kind: 'invalid_response' } });
    const many = Array.from({ length: 200 }, (_, index) => chunk({ tool_calls: [call({ index }, 'one', '{}')] }));
    expect(await read(...many)).toMatchObject({ error: { kind: 'invalid_response' } });
  });
});

describe('a stream', () => {
  it.each([
    ['[DONE] without a finish reason', [text, done], ['stop']],
    ['a finish reason without [DONE]', [text, stop], ['stop']],
    ['data after [DONE]', [text, stop, done, chunk({ content: 'more' }), '{broken'], ['stop']],
    ['two [DONE]s', [text, stop, done, done], ['stop']],
    ['length', [text, chunk({}, 'length'), done], ['length']],
    ['Mistral’s model_length', [text, chunk({}, 'model_length'), done], ['length']],
    ['a filter', [text, chunk({}, 'content_filter'), done], ['content_filter']],
    ['a reason nobody knows', [text, chunk({}, 'eos'), done], ['stop']],
    ['other choices beside the first', [{ choices: [{ index: 1, delta: { content: 'other' }, finish_reason: 'stop' }] }, text, stop, done], ['stop']],
    ['chunks without choices', [{ prompt_filter_results: [] }, text, { foo: 1 }, stop, done], ['stop']],
  ])('with %s', async (_, payloads, finish) => {
    expect(await read(...payloads)).toMatchObject({ text: said, finish, error: null });
  });

  it.each([
    ['neither end', [text], 'connection_failed'],
    ['nothing but [DONE]', [done], 'invalid_response'],
    ['another schema', [{ foo: 1 }, done], 'invalid_response'],
    ['broken JSON', [text, '{"choices":', stop], 'invalid_response'],
    ['a list for a chunk', [text, '[]', stop], 'invalid_response'],
    ['an error in the middle', [text, { error: { code: 429, message: 'slow down' } }], 'rate_limited'],
    ['an error for a reason', [text, chunk({}, 'error'), done], 'server_error'],
  ])('with %s is not complete', async (_, payloads, kind) => {
    const answer = await read(...payloads);
    expect(answer).toMatchObject({ finish: [], error: { kind } });
  });

  it('drops foreign events, and takes an event named error for one', async () => {
    const foreign = Buffer.concat([Buffer.from('event: heartbeat\ndata: not json\n\n'), write(text, stop, done)]);
    expect((await replayInMemory({ wire: 'openai' }, [foreign])).error).toBe(null);
    const failing = Buffer.concat([write(text), Buffer.from('event: error\ndata: {"code":"data_inspection_failed"}\n\n')]);
    expect((await replayInMemory({ wire: 'openai' }, [failing])).error).toMatchObject({ kind: 'content_filtered' });
  });

  it('reads Mistral’s parts and OpenRouter’s reasoning', async () => {
    const parts = chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }, { type: 'text', text: 'so' }] });
    expect(await read(parts, chunk({ reasoning: ' well' }), stop, done)).toMatchObject({ text: 'so', reasoning: 'hm well' });
  });

  it('gives text that can be stored: no NUL, no half characters, whole ones put together', async () => {
    const answer = await read('{"choices":[{"delta":{"content":"a\\u0000b\\ud83c"}}]}', '{"choices":[{"delta":{"content":"\\udf0d c\\udf0d d\\ud83c"}}]}', stop, done);
    expect(answer.text).toBe('a\ufffdb🌍 c\ufffd d\ufffd');
    const call = '{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\\"x\\":\\"a\\\\u0000b\\\\ud800\\"}"}}]}}]}';
    expect((await read(call, stop, done)).tool_calls).toEqual([{ name: 'f', arguments: { x: 'a\ufffdb\ufffd' } }]);
  });
});

describe('a request', () => {
  async function send(dialect = openAiDialect, streamed = true, request: Partial<ProviderRequest> = {}) {
    const sent: { url: string; body: unknown; secret: unknown }[] = [];
    const memory = createMemoryEgress([write(text, stop, done)]);
    const provider = createOpenAiProvider({ ...memory, fetch: (one) => (sent.push({ url: one.url, body: JSON.parse(String(one.body ?? 'null')), secret: one.credential?.headers('k') }), memory.fetch(one)) }, dialect);
    const connection = { ...localConnection, base_url: 'https://azure.example/openai/?api-version=v1', credential: { id: 'c', revealFor: async () => 'k' } };
    const all = { ...ask(), ...request };
    if (streamed) await collect(provider.stream(connection, all));
    else await provider.complete(connection, all).catch(() => null);
    return sent[0];
  }

  it('keeps the base’s path and query, and asks for usage only in streams', async () => {
    expect(await send()).toEqual({
      url: 'https://azure.example/openai/chat/completions?api-version=v1',
      body: { model: 'sample-model', messages: [{ role: 'user', content: 'Hello' }], stream: true, stream_options: { include_usage: true } },
      secret: { authorization: 'Bearer k' },
    });
    expect(await send(openAiDialect, false)).toMatchObject({ body: { stream: false } });
    expect((await send(openAiDialect, false))?.body).not.toHaveProperty('stream_options');
    expect((await send({ ...openAiDialect, include_usage: false }))?.body).not.toHaveProperty('stream_options');
  });

  it('names the limit as the supplier does, and writes tools back', async () => {
    const parameters = { temperature: 0.5, max_output_tokens: 9 };
    expect(await send(openAiDialect, true, { parameters })).toMatchObject({ body: { temperature: 0.5, max_tokens: 9 } });
    expect(await send({ ...openAiDialect, max_tokens_field: 'max_completion_tokens' }, true, { parameters })).toMatchObject({ body: { max_completion_tokens: 9 } });
    const messages: ProviderRequest['messages'] = [{ role: 'assistant', text: '', tool_calls: [{ id: 'a', name: 'f', arguments: '{}' }] }, { role: 'tool', text: 'r', tool_call_id: 'a' }];
    expect(await send(openAiDialect, true, { messages })).toMatchObject({
      body: { messages: [{ role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'a', content: 'r' }] },
    });
  });
});
