import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { listenOn, type ListeningApp } from '../../../test/socket.ts';

const sample = (name: string) => readFileSync(new URL(`../../providers/samples/anthropic-${name}`, import.meta.url));
/** Anthropic's wire on loopback: what it was asked last, and the samples by the model's name. */
let asked: Record<string, unknown> = {};
const supplier = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  if (request.method === 'GET') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: [{ id: 'text' }] }));
  asked = JSON.parse(text) as typeof asked;
  const name = String(asked['model']);
  response.writeHead(200, { 'content-type': asked['stream'] ? 'text/event-stream' : 'application/json' }).end(sample(`${name}.${asked['stream'] ? 'sse' : 'json'}`));
});

let app: TestApp;
let server: ListeningApp;
let person: TestPerson;
let client: OpenAI;
let key: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => supplier.listen(0, '127.0.0.1', resolve));
  const { port } = supplier.address() as AddressInfo;
  app = await createTestApp({}, { LYSS_EGRESS_ALLOW: `127.0.0.1:${port}` });
  server = await listenOn(app);
  person = await app.signInAs('tenant_admin', { tenant: 'new' });
  const saved = await app.call('POST', '/api/v1/admin/suppliers', { as: person, body: { provider: 'anthropic', name: 'Scripted', base_url: `http://127.0.0.1:${port}/v1`, api_key: 'sk-ant-canary-0123456789', enabled: true, models: ['text', 'tool-calls', 'reasoning'] } });
  if (saved.status !== 201) throw new Error(JSON.stringify(saved.body));
  key = (await app.call('POST', '/api/v1/api-keys', { as: person, body: { name: 'Program', scopes: ['gateway.use'] } })).body.data.key;
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0 });
});
afterAll(async () => {
  await server.close();
  await app.close();
  await new Promise((resolve) => supplier.close(resolve));
});

const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'developer', content: 'Be brief' },
  { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
];

describe('a supplier of another wire, behind the official OpenAI client', () => {
  it.each(['text', 'tool-calls', 'reasoning'])('%s: the same whole and streamed', async (model) => {
    const whole = await client.chat.completions.create({ model, messages });
    const streamed = await client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } }).finalChatCompletion();
    expect(asked).toMatchObject({ model, system: 'Be brief', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] });
    for (const { choices, usage, object } of [whole, streamed]) {
      const [choice] = choices;
      expect(object).toBe('chat.completion');
      expect(choice?.finish_reason).toBe(model === 'tool-calls' ? 'tool_calls' : 'stop');
      expect(usage).toMatchObject({ prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) });
      const said = model === 'tool-calls' ? choice?.message.tool_calls?.[0]?.type : choice?.message.content;
      expect(said).toBeTruthy();
    }
  });

  it('says which field can’t be carried, before anything is held', async () => {
    const failing = (more: object) => client.chat.completions.create({ model: 'text', messages, ...more }).then(() => null, (error: unknown) => error);
    expect(await failing({ response_format: { type: 'json_object' } })).toMatchObject({ status: 400, param: 'response_format', code: 'invalid_value' });
    expect(await failing({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/x.png' } }] }] })).toMatchObject({ status: 400, param: 'messages.0.content.0' });
    expect(await failing({ n: 2 })).toMatchObject({ status: 400, param: 'n' });
  });

  it('tells its tenant’s limit of requests in every answer, and refuses beyond it', async () => {
    const limited = await app.call('PATCH', `/api/v1/admin/tenants/${person.tenant_id}`, { as: app.owner, body: { limits: { seats: null, api_keys: null, storage_bytes: null, requests_per_minute: 12 } } });
    expect(limited.status).toBe(200);
    const list = () => globalThis.fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
    await expect.poll(async () => (await list()).status, { timeout: 10_000 }).toBe(429);
    const refused = await list();
    expect(await refused.json()).toMatchObject({ error: { type: 'requests', code: 'rate_limit_exceeded' } });
    expect([refused.headers.get('x-ratelimit-limit-requests'), refused.headers.get('x-ratelimit-remaining-requests')]).toEqual(['12', '0']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
