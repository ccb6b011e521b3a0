import { describe, expect, it } from 'vitest';
import { createAnthropicProvider } from './anthropic.ts';
import { createGoogleProvider } from './google.ts';
import type { Egress, EgressRequest } from '../egress/fetch.ts';
import type { Provider, ProviderRequest } from './provider.ts';
import { ask, assemble, collect, createMemoryEgress, replayInMemory } from './samples/replay.ts';

const conversation: ProviderRequest['messages'] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Weather?' },
  { role: 'assistant', text: '', tool_calls: [{ id: 'a', name: 'weather', arguments: '{"city":"Paris"}' }] },
  { role: 'tool', text: 'sunny', tool_call_id: 'a' },
  { role: 'assistant', text: '' },
];

async function send(create: (egress: Egress) => Provider, request: Partial<ProviderRequest>, base_url: string) {
  const sent: EgressRequest[] = [];
  const memory = createMemoryEgress([]);
  const provider = create({ ...memory, fetch: (one) => (sent.push(one), memory.fetch(one)) });
  const connection = { base_url, credential: { id: 'c', revealFor: async () => 'k' } };
  await collect(provider.stream(connection, { ...ask(), messages: conversation, ...request }));
  await provider.complete(connection, { ...ask(), ...request }).catch(() => null);
  return sent.map((one) => ({ url: one.url, headers: { ...one.headers, ...one.credential?.headers('k') }, body: JSON.parse(String(one.body ?? 'null')) as Record<string, unknown> }));
}

describe('Anthropic’s wire', () => {
  it('sends what the Messages API takes', async () => {
    const [streamed, whole] = await send(createAnthropicProvider, { parameters: { temperature: 1.6 } }, 'https://api.anthropic.com/v1');
    expect(streamed).toMatchObject({ url: 'https://api.anthropic.com/v1/messages', headers: { 'x-api-key': 'k', 'anthropic-version': '2023-06-01' } });
    expect(streamed?.body).toEqual({
      model: 'sample-model',
      max_tokens: 8192,
      system: 'Be brief.',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Paris' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'sunny' }] },
      ],
      temperature: 1,
      stream: true,
    });
    expect(whole?.body).toMatchObject({ stream: false });
    const [old] = await send(createAnthropicProvider, { model: 'claude-3-haiku-20240307' }, 'https://api.anthropic.com/v1');
    expect(old?.body).toMatchObject({ max_tokens: 4096 });
  });

  it('is not complete without message_stop, though a reason came', async () => {
    const events = ['{"type":"message_start","message":{}}', '{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"a"}}', '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}'];
    const bytes = Buffer.from(events.map((event) => `data: ${event}\n\n`).join(''));
    expect(await replayInMemory({ wire: 'anthropic' }, [bytes])).toMatchObject({ error: { kind: 'connection_failed' }, events: [{ type: 'text', delta: 'a' }] });
  });

  it('ignores blocks and deltas it does not know, and arguments for no call', async () => {
    const events = [
      '{"type":"message_start","message":{"usage":null}}',
      '{"type":"vibe_check"}',
      '{"type":"content_block_start","index":0,"content_block":{"type":"hologram"}}',
      '{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{"}}',
      '{"type":"content_block_delta","index":0,"delta":null}',
      '{"type":"message_stop"}',
      '{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"late"}}',
    ];
    const { events: read, error } = await replayInMemory({ wire: 'anthropic' }, [Buffer.from(events.map((event) => `data:${event}\r\n\r\n`).join(''))]);
    expect({ ...assemble(read), error }).toMatchObject({ text: '', tool_calls: [], finish: ['stop'], error: null });
  });
});

describe('Google’s wire', () => {
  it('sends what generateContent takes, the key in a header', async () => {
    const [streamed, whole] = await send(createGoogleProvider, { model: 'models/gemini-3-flash-preview', parameters: { max_output_tokens: 5 } }, 'https://generativelanguage.googleapis.com/v1beta');
    expect(streamed).toMatchObject({ url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:streamGenerateContent?alt=sse', headers: { 'x-goog-api-key': 'k' } });
    expect(whole?.url).toBe('https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:generateContent');
    expect(streamed?.body).toEqual({
      contents: [
        { role: 'user', parts: [{ text: 'Weather?' }] },
        { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Paris' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { result: 'sunny' } } }] },
      ],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      generationConfig: { maxOutputTokens: 5, thinkingConfig: { includeThoughts: true } },
    });
  });

  it.each(['../../secrets', '..', 'a/b?key=1#x', '%2e%2e/x'])('keeps a model’s name %j in its place', async (model) => {
    const [sent] = await send(createGoogleProvider, { model, parameters: { temperature: 0 } }, 'https://g.example/v1beta');
    const url = new URL(sent?.url ?? '');
    expect(url.pathname).toMatch(/^\/v1beta\/models\/[^/]+:streamGenerateContent$/);
    expect(url.search).toBe('?alt=sse');
    expect(sent?.body['generationConfig']).toEqual({ temperature: 0 });
  });

  it.each([
    ['SAFETY', { finish: ['content_filter'], error: null }],
    ['MAX_TOKENS', { finish: ['length'], error: null }],
    ['STOP', { finish: ['stop'], error: null }],
    ['SOMETHING_NEW', { finish: ['stop'], error: null }],
    ['MALFORMED_FUNCTION_CALL', { finish: [], error: { kind: 'invalid_response' } }],
    ['FINISH_REASON_UNSPECIFIED', { finish: [], error: { kind: 'connection_failed' } }],
  ])('ends by %s', async (finishReason, outcome) => {
    const bytes = Buffer.from(`data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason }] })}\r\n\r\n`);
    const { events, error } = await replayInMemory({ wire: 'google' }, [bytes]);
    expect({ ...assemble(events), error }).toMatchObject({ text: 'a', ...outcome });
  });
});

describe('lists of models', () => {
  const list = (create: (egress: Egress) => Provider, body: unknown) =>
    create(createMemoryEgress([Buffer.from(JSON.stringify(body))], 'application/json')).listModels({ base_url: 'https://s.example/v1', credential: null }, { signal: new AbortController().signal, request_id: 'r' });

  it('reads each wire’s own, without what does not chat', async () => {
    expect(await list(createAnthropicProvider, { data: [{ id: 'claude-x' }, { id: 'claude-x' }], has_more: false })).toEqual(['claude-x']);
    const models = [{ name: 'models/gemini-x', supportedGenerationMethods: ['generateContent'] }, { name: 'models/embed', supportedGenerationMethods: ['embedContent'] }];
    expect(await list(createGoogleProvider, { models })).toEqual(['gemini-x']);
  });

  it('takes nothing strange from it', async () => {
    const strange = [{ id: 'ok' }, { id: '' }, { id: 'x'.repeat(201) }, { id: 'a\nb' }, { id: 7 }, null, 'text', { id: '\ud800' }];
    expect(await list(createAnthropicProvider, { data: strange })).toEqual(['ok']);
    expect(await list(createAnthropicProvider, { data: Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` })) })).toHaveLength(2000);
    await expect(list(createAnthropicProvider, { models: 'no' })).rejects.toMatchObject({ kind: 'invalid_response' });
    await expect(list(createGoogleProvider, [])).rejects.toMatchObject({ kind: 'invalid_response' });
  });
});
