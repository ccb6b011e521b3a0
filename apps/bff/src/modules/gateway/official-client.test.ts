import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGatewayScene, type GatewayScene } from './test-scene.ts';
import { sendJson, SUPPLIER_KEY } from './test-supplier.ts';

let scene: GatewayScene;
let client: OpenAI;
beforeAll(async () => {
  scene = await createGatewayScene(['gpt-4.1', 'text-embedding-3-small', 'failing-once', 'broken', 'limited']);
  client = scene.openClient();
});
afterAll(() => scene.close());

const hello = [{ role: 'user' as const, content: 'Say hello' }];
const lastAsked = () => scene.supplier.asked.at(-1)!;

describe('the official OpenAI client', () => {
  it('reads an answer, its request id and its tokens', async () => {
    const { data, request_id } = await client.chat.completions.create({ model: 'gpt-4.1', messages: hello }).withResponse();
    expect(data.choices[0]?.message.content).toBe('Hello there.');
    expect(data.usage).toMatchObject({ prompt_tokens: 9, completion_tokens: 3 });
    expect(request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(lastAsked()).toMatchObject({ path: '/v1/chat/completions', request_id, body: { model: 'gpt-4.1', messages: hello } });
  });

  it('reads a stream, and sees the chunk with the usage only where it asked for it', async () => {
    const read = async (more: object) => {
      const stream = await client.chat.completions.create({ model: 'gpt-4.1', messages: hello, stream: true, ...more });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      return { text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), usage: chunks.at(-1)?.usage };
    };
    expect(await read({})).toEqual({ text: 'Hello there.', usage: undefined });
    expect(lastAsked().body.stream_options).toEqual({ include_usage: true });
    expect(await read({ stream_options: { include_usage: true } })).toMatchObject({ text: 'Hello there.', usage: { total_tokens: 12 } });
  });

  it('calls tools, in one piece and in pieces, and gets JSON where it asks for it', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } }];
    const whole = await client.chat.completions.create({ model: 'gpt-4.1', messages: hello, tools });
    expect(whole.choices[0]?.message.tool_calls).toMatchObject([{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }]);
    const streamed = await client.chat.completions.stream({ model: 'gpt-4.1', messages: hello, tools }).finalChatCompletion();
    expect(streamed.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: [{ function: { name: 'weather' } }] } });
    const json = await client.chat.completions.create({ model: 'gpt-4.1', messages: hello, response_format: { type: 'json_object' } });
    expect(JSON.parse(json.choices[0]?.message.content ?? '')).toEqual({ answer: 42 });
  });

  it('sends what we know nothing of to the supplier, byte for byte', async () => {
    const body = '{ "futuristic" : {"model":"not this","n":[1, 2.50, "\\u4e2d\\"]"]}, "model":"gpt-4.1",\n"messages":[{"role":"user","content":"\\"model\\": \\"x\\""}] , "seed":7}';
    const answer = await scene.ask('/v1/chat/completions', { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(lastAsked().raw).toBe(body);
  });

  it('embeds, as floats and as base64', async () => {
    // The client itself asks for base64 where nothing is said, and makes floats of it.
    const floats = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'text' });
    expect(floats.data[0]?.embedding).toEqual([0.25, -0.5]);
    const plain = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'float' });
    expect(plain.data[0]?.embedding).toEqual([0.25, -0.5]);
    expect(scene.supplier.asked.slice(-2).map(({ body }) => body.encoding_format)).toEqual(['base64', 'float']);
  });

  it('lists the models that its key may call, and reads one', async () => {
    const names = (await client.models.list()).data.map(({ id }) => id);
    expect(names).toEqual(expect.arrayContaining(['gpt-4.1', 'text-embedding-3-small']));
    expect(await client.models.retrieve('gpt-4.1')).toEqual({ id: 'gpt-4.1', object: 'model', created: 0, owned_by: 'openai' });
    await expect(client.models.retrieve('nobody/has-it')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });

  it('aborts a stream: the supplier is let go within a second, and what came is charged', async () => {
    scene.supplier.answers.set('broken', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'One two three four five six.' }, finish_reason: null }] })}\n\n`);
    });
    const stream = await client.chat.completions.create({ model: 'broken', messages: hello, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    const left_at = performance.now();
    await expect.poll(() => lastAsked().closed_at, { timeout: 5_000 }).not.toBeNull();
    expect(lastAsked().closed_at! - left_at).toBeLessThan(1_000);
    await expect.poll(async () => (await scene.listRecords()).at(-1), { timeout: 5_000 }).toMatchObject({ model: 'broken', outcome: 'stopped', error_kind: 'client_gone', output_tokens: expect.toSatisfy((tokens: unknown) => Number(tokens) > 4), estimated: true });
    await expect.poll(() => scene.countReservations()).toBe(0);
  });

  it('is spared a failure that another try mends', async () => {
    let tries = 0;
    scene.supplier.answers.set('failing-once', (asking, response) => {
      if (++tries === 1) return sendJson(response, 500, { error: { message: 'oops' } });
      sendJson(response, 200, { choices: [{ index: 0, message: { role: 'assistant', content: 'Second' }, finish_reason: 'stop' }], usage: { prompt_tokens: 5, completion_tokens: 1 }, model: asking.body.model });
    });
    const { choices } = await client.chat.completions.create({ model: 'failing-once', messages: hello });
    expect([choices[0]?.message.content, tries]).toEqual(['Second', 2]);
    expect((await scene.listRecords()).at(-1)).toMatchObject({ outcome: 'complete', attempts: [{ error_kind: 'server_error', supplier_status: 500 }, { error_kind: null }] });
  });

  it('is answered 128 times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 128 }, () => client.chat.completions.create({ model: 'gpt-4.1', messages: hello })));
    expect(answers.every(({ choices }) => choices[0]?.message.content === 'Hello there.')).toBe(true);
    expect(await scene.countReservations()).toBe(0);
  });

  it('throws each of its own errors', async () => {
    const failing = async (as: OpenAI, more: object) => as.chat.completions.create({ model: 'gpt-4.1', messages: hello, ...more }).then(() => null, (error: unknown) => error);
    expect(await failing(scene.openClient('sk-wrong'), {})).toBeInstanceOf(OpenAI.AuthenticationError);
    expect(await failing(client, { messages: undefined })).toBeInstanceOf(OpenAI.BadRequestError);
    expect(await failing(client, { model: 'nobody-has-it' })).toBeInstanceOf(OpenAI.NotFoundError);
    const other = await scene.addPerson(['gpt-4.1'], { models: ['gpt-4o'] });
    expect(await failing(scene.openClient(other.key), {})).toBeInstanceOf(OpenAI.PermissionDeniedError);
    scene.supplier.answers.set('limited', (_, response) => sendJson(response, 429, { error: { message: `slow down ${SUPPLIER_KEY}`, code: 'rate_limit_exceeded' } }, { 'retry-after': '30' }));
    const limited = await failing(client, { model: 'limited' });
    expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
    expect((limited as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('30');
    scene.supplier.answers.set('broken', (_, response) => sendJson(response, 500, '<html>'));
    const broken = await failing(client, { model: 'broken' });
    expect(broken).toBeInstanceOf(OpenAI.InternalServerError);
    expect(JSON.stringify([limited, broken])).not.toContain('canary');
  });
});
