import { describe, expect, it } from 'vitest';
import { createDemoEgress, demoBaseUrl, demoModels } from './demo.ts';
import { createOpenAiProvider } from './openai.ts';
import type { ProviderMessage, ProviderRequest } from './provider.ts';
import { ask, assemble, collect } from './samples/replay.ts';

const connection = { base_url: demoBaseUrl, credential: null };

/** A demo whose waits cost no time but are added up. */
function createTimed() {
  let waited = 0;
  const provider = createOpenAiProvider(createDemoEgress(async (ms) => void (waited += ms)));
  return { provider, waited: () => waited };
}

function asRequest(said: string | ProviderMessage[], more: Partial<ProviderRequest> = {}): ProviderRequest {
  return { ...ask(), model: 'lyss-demo', messages: typeof said === 'string' ? [{ role: 'user', text: said }] : said, ...more };
}

async function say(said: string | ProviderMessage[], more: Partial<ProviderRequest> = {}) {
  const { provider, waited } = createTimed();
  const { events, error } = await collect(provider.stream(connection, asRequest(said, more)));
  return { ...assemble(events), events, error, waited: waited() };
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

describe('markers', () => {
  it.each([
    ['401', 'authentication_failed', 401],
    ['403', 'permission_denied', 403],
    ['404', 'model_not_found', 404],
    ['429', 'rate_limited', 429],
    ['500', 'server_error', 500],
    ['timeout', 'timeout', null],
  ])('demo:error=%s', async (marker, kind, status) => {
    const { error, events } = await say(`please demo:error=${marker}, thank you`);
    expect(error).toMatchObject({ kind, status, retry_after_ms: status === 429 ? 5000 : null });
    expect(events).toEqual([]);
    await expect(createTimed().provider.complete(connection, asRequest(`demo:error=${marker}`))).rejects.toMatchObject({ kind, status });
  });

  it('demo:slow speaks two words a second for a minute at least', async () => {
    const { waited, events, finish } = await say('demo:slow what is Lyss?');
    const words = events.filter((event) => event.type === 'text').length;
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(words / (waited / 1000)).toBeCloseTo(2, 1);
    expect(finish).toEqual(['stop']);
  });

  it.each([1, 7, 500, 5000])('demo:long=%i says as many words', async (count) => {
    const { text, finish } = await say(`demo:long=${count}`);
    expect(countWords(text)).toBe(count);
    expect(finish).toEqual(['stop']);
  });

  it('demo:long=0 says nothing, and nobody gets more than 50,000 words', async () => {
    expect((await say('demo:long=0')).text).toBe('');
    expect(countWords((await say('demo:long=999999999')).text)).toBe(50_000);
  });

  it.each(['demo:markdown', '请用中文 demo:markdown'])('%s shows all that Markdown can do', async (question) => {
    const { text } = await say(question);
    for (const part of [/^# /m, /^## /m, /^\| .+ \|$/m, /^1\. /m, /^ {3}- /m, /^- \[x\] /m, /^- \[ \] /m, /^> /m, /\]\(https:\/\//, /\$e\^/, /^\$\$$/m, /^```ts$/m, /\*\*/, /~~/]) expect(text).toMatch(part);
    expect(/[一-鿿]/.test(text)).toBe(question !== 'demo:markdown');
  });

  it('demo:code shows a program', async () => {
    expect((await say('demo:code')).text).toMatch(/```python\n[\s\S]+\n```/);
  });

  it('demo:reasoning thinks first, and so does the reasoner', async () => {
    for (const answer of [await say('demo:reasoning what is Lyss?'), await say('what is Lyss?', { model: 'lyss-demo-reasoner' })]) {
      expect(answer.reasoning).toContain('lyss');
      expect(answer.events.map((event) => event.type).indexOf('text')).toBeGreaterThan(answer.events.map((event) => event.type).lastIndexOf('reasoning'));
      expect(answer.usage).toMatchObject([{ reasoning_tokens: expect.any(Number), estimated: false }]);
    }
    expect((await say('what is Lyss?')).reasoning).toBe('');
  });

  it('demo:tool calls the tool once, and answers with what it said', async () => {
    const call = await say('demo:tool=get_weather in Paris');
    expect(call).toMatchObject({ text: '', tool_calls: [{ name: 'get_weather', arguments: { query: 'in Paris' } }], finish: ['tool_calls'] });
    const after = await say([{ role: 'user', text: 'demo:tool=get_weather' }, { role: 'assistant', text: '', tool_calls: [{ id: 'call_demo_1', name: 'get_weather', arguments: '{}' }] }, { role: 'tool', text: '21 °C', tool_call_id: 'call_demo_1' }]);
    expect(after).toMatchObject({ tool_calls: [], finish: ['stop'] });
    expect(after.text).toContain('21 °C');
  });

  it('demo:cut breaks off without an end', async () => {
    const { text, error, finish, usage } = await say('demo:cut what is Lyss?');
    expect(text.length).toBeGreaterThan(10);
    expect({ error, finish, usage }).toMatchObject({ error: { kind: 'connection_failed' }, finish: [], usage: [] });
    await expect(createTimed().provider.complete(connection, asRequest('demo:cut'))).rejects.toMatchObject({ kind: 'connection_failed' });
  });

  it('demo:empty and demo:length end as they say', async () => {
    expect(await say('demo:empty')).toMatchObject({ text: '', finish: ['stop'], error: null });
    const { text, finish } = await say('demo:length what is Lyss?');
    expect(finish).toEqual(['length']);
    expect(text.length).toBeGreaterThan(20);
  });

  it.each(['hello', '<script>alert(1)</script>', '  two  spaces\n\nand lines ', '你好🌍 mixed', '![x](javascript:alert(1))', 'demo:unknown demo:long=x xdemo:cut'])('demo:echo gives back %j', async (text) => {
    expect((await say(`demo:echo ${text}`)).text).toBe(text);
    expect((await say(`demo:echo\n${text}`)).text).toBe(text);
  });

  it('count only in the last thing the user said', async () => {
    const said: ProviderMessage[] = [{ role: 'system', text: 'demo:error=500' }, { role: 'user', text: 'demo:error=401' }, { role: 'assistant', text: 'demo:cut' }, { role: 'user', text: 'what is Lyss?' }];
    expect(await say(said)).toMatchObject({ error: null, finish: ['stop'] });
  });

  it('go together', async () => {
    const { text, reasoning, finish } = await say('demo:reasoning demo:long=30 demo:length');
    expect([countWords(text), reasoning !== '', finish]).toEqual([25, true, ['length']]);
  });
});

describe('answers', () => {
  it.each([
    ['What is Lyss?', /self-hosted AI platform/],
    ['How do I add a supplier?', /\*\*Suppliers\*\*/],
    ['how much money can my team spend, is there a budget', /reserved/i],
    ['What are workflows?', /typed/],
    ['Can I call it with the OpenAI SDK through the gateway?', /base_url/],
    ['Which roles are there and how do I invite people?', /tenant_admin/],
    ['Is my API key safe here? Is it encrypted?', /encrypted per tenant/],
    ['are you a real AI?', /demo supplier/],
    ['help', /request ID/],
    ['hello!', /welcome/i],
    ['Lyss 是什么？', /自托管 AI 平台/],
    ['怎么添加供应商？', /粘贴 API 密钥/],
    ['预算会不会超支？', /预留/],
    ['我的密钥安全吗', /按租户加密/],
    ['工作流是什么', /端口是有类型的/],
    ['你是真的大模型吗', /演示供应商/],
    ['你好', /欢迎/],
    ['How tall is Mount Everest?', /only the demo/],
    ['珠穆朗玛峰有多高', /只是 Lyss 自带的演示/],
  ])('%s', async (question, answer) => {
    const first = await say(question);
    expect(first.text).toMatch(answer);
    expect(first.text).toMatch(/demo|演示/);
    expect((await say(question)).text).toBe(first.text);
    expect(first).toMatchObject({ finish: ['stop'], usage: [{ estimated: false }] });
  });

  it('introduces itself once in a conversation', async () => {
    const later = await say([{ role: 'user', text: 'hi' }, { role: 'assistant', text: 'Hello' }, { role: 'user', text: 'What is Lyss?' }]);
    expect(later.text).toMatch(/^\*\*Lyss\*\*/);
  });

  it('says the same whether streamed or not', async () => {
    const whole = assemble(await createTimed().provider.complete(connection, asRequest('What is Lyss?')));
    expect({ ...whole, usage: [] }).toEqual({ text: (await say('What is Lyss?')).text, reasoning: '', tool_calls: [], usage: [], finish: ['stop'] });
  });

  it.each([
    ['Write a short title (at most 6 words) for this conversation. Answer with the title only.', 'How do I add a supplier to Lyss? I have a key from OpenAI.', 'How do I add a supplier to…'],
    ['Write a title', 'Tell me in three sentences what Lyss is', 'Tell me in three sentences what Lyss…'],
    ['请为对话生成标题', '请用三句话告诉我你们这个平台到底是做什么用的', '请用三句话告诉我你们这个平台到底是做…'],
    ['Give this conversation a title.', '# demo:slow **budgets** explained', 'Budgets explained'],
    ['请为以下对话起一个简短的标题，不超过 12 个字。', '怎么添加供应商？我有密钥。', '怎么添加供应商'],
    ['请为对话生成标题', 'demo:error=500', '演示对话'],
    ['Write a title', 'demo:markdown', 'Demo conversation'],
  ])('%s → %s', async (system, question, title) => {
    const answer = await say([{ role: 'system', text: system }, { role: 'user', text: question }, { role: 'assistant', text: 'Sure.' }]);
    expect(answer).toMatchObject({ text: title, error: null, finish: ['stop'] });
    expect(answer.waited).toBeLessThan(1000);
  });

  it('lists its models, knows no others, and no other paths', async () => {
    const { provider } = createTimed();
    expect(await provider.listModels(connection, ask())).toEqual([...demoModels]);
    expect((await say('hi', { model: 'gpt-5' })).error).toMatchObject({ kind: 'model_not_found' });
    await expect(provider.complete({ ...connection, base_url: 'https://demo.lyss.internal/v2' }, asRequest('hi'))).rejects.toMatchObject({ kind: 'endpoint_not_found' });
  });

  it('obeys the limit of a request', async () => {
    expect(await say('What is Lyss?', { parameters: { max_output_tokens: 3 } })).toMatchObject({ finish: ['length'] });
  });
});

describe('pace', () => {
  it('is that of a model: visible, and 30 to 60 pieces a second', async () => {
    const { events, waited } = await say('What is Lyss?');
    const perSecond = events.filter((event) => event.type === 'text').length / (waited / 1000);
    expect(perSecond).toBeGreaterThan(30);
    expect(perSecond).toBeLessThan(60);
  });

  it('ends at once when the call is stopped, in real time', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const provider = createOpenAiProvider(createDemoEgress());
    const started = performance.now();
    setTimeout(() => controller.abort(reason), 100);
    const { events, error } = await collect(provider.stream(connection, asRequest('demo:slow', { signal: controller.signal })));
    expect(error).toBe(reason);
    expect(events.some((event) => event.type === 'finish')).toBe(false);
    // Two words a second: a stop that waited for the next word would take half a second more each time.
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await collect(provider.stream(connection, asRequest('hi', { signal: controller.signal })))).error).toBe(reason);
  });
});
