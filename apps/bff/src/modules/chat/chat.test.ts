import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { openEvents, parseEvents, textOf, type ReadEvent } from '../../../test/read-stream.ts';

let app: TestApp;
let member: TestPerson;
let stranger: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  [member, stranger] = [await app.signInAs('end_user'), await app.signInAs('tenant_admin', { tenant: 'new' })];
});
afterAll(() => app.close());

const base = '/api/v1/chat';
const newConversation = async (as = member) => String((await app.call('POST', `${base}/conversations`, { as, body: {} })).body.data.id);
const reply = async (id: string, body: object, as = member): Promise<ReadEvent[]> => {
  const answer = await app.call('POST', `${base}/conversations/${id}/replies`, { as, body: { model: 'lyss-demo', ...body } });
  if (typeof answer.body !== 'string') throw new Error(JSON.stringify(answer.body));
  return parseEvents(answer.body);
};
const messages = async (id: string, as = member) => (await app.call('GET', `${base}/conversations/${id}/messages`, { as })).body.data.items;

describe('conversations', () => {
  it('are seen, changed and removed by their own person alone', async () => {
    const id = await newConversation();
    for (const other of [stranger, app.owner]) {
      for (const [method, path, body] of [
        ['GET', `/conversations/${id}`, undefined],
        ['PATCH', `/conversations/${id}`, { title: 'x' }],
        ['DELETE', `/conversations/${id}`, undefined],
        ['GET', `/conversations/${id}/messages`, undefined],
        ['POST', `/conversations/${id}/replies`, { content: 'x', model: 'lyss-demo' }],
      ] as const) {
        const answer = await app.call(method, `${base}${path}`, { as: other, body });
        expect([answer.status, answer.body.error.code], `${method} ${path}`).toEqual([404, '3007']);
      }
    }
    expect((await app.call('GET', `${base}/conversations/${id}`, { as: member })).body.data.title).toBeNull();
  });

  it('change with If-Match, and a stale version is 412', async () => {
    const id = await newConversation();
    const first = await app.call('PATCH', `${base}/conversations/${id}`, { as: member, body: { title: 'Named', pinned: true }, headers: { 'if-match': '"1"' } });
    expect(first.body.data).toMatchObject({ title: 'Named', pinned: true, version: 2 });
    const stale = await app.call('PATCH', `${base}/conversations/${id}`, { as: member, body: { title: 'Late' }, headers: { 'if-match': '"1"' } });
    expect([stale.status, stale.body.error.code]).toEqual([412, '3005']);
    expect(await app.findAudit(member.tenant_id, 'conversations.updated')).toMatchObject({ resource_id: id, details: { fields: ['title', 'pinned'] } });
  });

  it('are gone with their messages, even while a reply runs', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:slow', model: 'lyss-demo' });
    await stream.next();
    expect((await app.call('DELETE', `${base}/conversations/${id}`, { as: member })).status).toBe(204);
    expect((await app.call('GET', `${base}/conversations/${id}`, { as: member })).status).toBe(404);
    await stream.leave();
  });
});

describe('a reply', () => {
  it('streams numbered events from start to end, and its message holds what was streamed', async () => {
    const id = await newConversation();
    const events = await reply(id, { content: 'demo:reasoning demo:echo hello there' });
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect([events[0]?.event, events.at(-1)?.event]).toEqual(['start', 'end']);
    const [question, answer] = await messages(id);
    expect(question.content).toEqual([{ type: 'text', text: 'demo:reasoning demo:echo hello there' }]);
    expect(answer).toMatchObject({ parent_id: question.id, role: 'assistant', status: 'complete', finish_reason: 'stop', supplier: 'demo', error: null });
    const part = answer.content.find((found: { type: string }) => found.type === 'text');
    expect(part.text).toBe(textOf(events));
    expect(answer.usage.output_tokens).toBeGreaterThan(0);
    const { duration_ms, time_to_first_token_ms } = events.at(-1)?.data ?? {};
    expect(answer).toMatchObject({ duration_ms, time_to_first_token_ms });
    expect(time_to_first_token_ms).toBeLessThanOrEqual(duration_ms);
    expect(question).toMatchObject({ duration_ms: null, time_to_first_token_ms: null });
  });

  it('is named, and its title becomes the conversation’s', async () => {
    const id = await newConversation();
    await reply(id, { content: 'demo:echo the weather in Hangzhou' });
    await expect.poll(async () => (await app.call('GET', `${base}/conversations/${id}`, { as: member })).body.data.title, { timeout: 10_000 }).toMatch(/\S/);
  });

  it('branches: an edit is a sibling, and regenerating answers the same question beside the old answer', async () => {
    const id = await newConversation();
    await reply(id, { content: 'demo:echo one' });
    const [question, answer] = await messages(id);
    await reply(id, { content: 'demo:echo two', parent_id: null });
    await reply(id, { regenerate: answer.id });
    const all = await messages(id);
    expect(all.filter((found: { parent_id: string | null }) => found.parent_id === null)).toHaveLength(2);
    expect(all.filter((found: { parent_id: string | null }) => found.parent_id === question.id)).toHaveLength(2);
  });

  it('sends the path and not the other branches', async () => {
    const id = await newConversation();
    await reply(id, { content: 'demo:echo first' });
    await reply(id, { content: 'demo:echo second' });
    const all = await messages(id);
    expect(all.map((found: { parent_id: string | null }) => found.parent_id)).toEqual([null, all[0].id, all[1].id, all[2].id]);
  });

  it('goes on without its reader, and can be read again from any number', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:long=60', model: 'lyss-demo' });
    const first = await stream.next();
    const location = stream.response.headers.get('content-location') ?? '';
    await stream.leave();
    const whole = parseEvents((await app.call('GET', location, { as: member })).body);
    expect(whole[0]).toEqual(first?.[0]);
    expect(whole.at(-1)?.event).toBe('end');
    for (const last of [1, 5, whole.length - 1]) {
      const rest = parseEvents((await app.call('GET', location, { as: member, headers: { 'last-event-id': String(last) } })).body);
      expect(rest).toEqual(whole.slice(last));
    }
    expect((await app.call('GET', location, { as: stranger })).status).toBe(404);
  });

  it('takes no stream’s place for a HEAD', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:slow', model: 'lyss-demo' });
    const [start] = (await stream.next()) ?? [];
    const location = stream.response.headers.get('content-location') ?? '';
    const heads = await Promise.all(Array.from({ length: 24 }, () => app.call('HEAD', location, { as: member })));
    expect(new Set(heads.map(({ status }) => status))).toEqual(new Set([404]));
    await app.call('POST', `${base}/replies/${start?.data.reply_id}/stop`, { as: member });
    expect((await app.call('GET', location, { as: member })).status).toBe(200);
    await stream.leave();
  });

  it('is read alike by several readers at once', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:long=40', model: 'lyss-demo' });
    await stream.next();
    const location = stream.response.headers.get('content-location') ?? '';
    const readers = await Promise.all(Array.from({ length: 8 }, () => app.call('GET', location, { as: member })));
    await stream.leave();
    expect(new Set(readers.map(({ body }) => body)).size).toBe(1);
  });

  it('stops when told to, keeps the text so far, and a second stop changes nothing', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:slow', model: 'lyss-demo' });
    const [start] = (await stream.next()) ?? [];
    await stream.next();
    const stop = () => app.call('POST', `${base}/replies/${start?.data.reply_id}/stop`, { as: member });
    expect((await stop()).status).toBe(202);
    let last: ReadEvent | undefined;
    for (let events = await stream.next(); events; events = await stream.next()) last = events.at(-1);
    expect(last).toMatchObject({ event: 'end', data: { finish_reason: 'stopped' } });
    expect((await stop()).body.data).toEqual({ status: 'stopped' });
    const [, answer] = await messages(id);
    expect(answer).toMatchObject({ status: 'stopped', finish_reason: 'stopped', error: null, usage: { estimated: true } });
  });

  it('is one at a time in a conversation', async () => {
    const id = await newConversation();
    const stream = await openEvents(app, member, 'POST', `${base}/conversations/${id}/replies`, { content: 'demo:slow', model: 'lyss-demo' });
    const [start] = (await stream.next()) ?? [];
    const second = await app.call('POST', `${base}/conversations/${id}/replies`, { as: member, body: { content: 'x', model: 'lyss-demo' } });
    expect([second.status, second.body.error.details]).toEqual([409, { reason: 'reply_running', reply_id: start?.data.reply_id }]);
    await app.call('POST', `${base}/replies/${start?.data.reply_id}/stop`, { as: member });
    await stream.leave();
  });

  it('starts once for one Idempotency-Key', async () => {
    const id = await newConversation();
    const options = { as: member, body: { content: 'demo:echo once', model: 'lyss-demo' }, headers: { 'idempotency-key': 'send-1' } };
    const first = await app.call('POST', `${base}/conversations/${id}/replies`, options);
    const again = await app.call('POST', `${base}/conversations/${id}/replies`, options);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(parseEvents(again.body)).toEqual(parseEvents(first.body));
    expect(await messages(id)).toHaveLength(2);
  });
});

describe('a supplier’s failure', () => {
  it.each([
    ['demo:error=401', '4001', 'authentication_failed', 'failed'],
    ['demo:error=429', '4001', 'rate_limited', 'failed'],
    ['demo:error=500', '4001', 'server_error', 'failed'],
    ['demo:cut', '4005', 'connection_failed', 'interrupted'],
  ])('%s ends with %s %s', async (marker, code, kind, status) => {
    const id = await newConversation();
    const events = await reply(id, { content: marker });
    expect(events.find(({ event }) => event === 'error')?.data).toMatchObject({ code, details: { kind } });
    expect(events.at(-1)?.data.finish_reason).toBe('error');
    const [, answer] = await messages(id);
    expect(answer).toMatchObject({ status, error: { code, details: { kind } } });
  });

  it.each([
    ['zh-CN', '供应商在回答结束前断开了连接，请重试。'],
    ['en-US', 'The supplier broke off before the answer was finished. Try again.'],
  ])('that cut its answer short is not told as out of reach (%s)', async (language, message) => {
    const id = await newConversation();
    const body = { model: 'lyss-demo', content: 'demo:cut' };
    const answer = await app.call('POST', `${base}/conversations/${id}/replies`, { as: member, body, headers: { 'accept-language': language } });
    expect(parseEvents(answer.body).find(({ event }) => event === 'error')?.data).toMatchObject({ message, details: { kind: 'connection_failed', reason: 'cut_short' } });
  });

  it('is told as length where the answer was cut by its limit', async () => {
    const events = await reply(await newConversation(), { content: 'demo:length' });
    expect(events.at(-1)?.data.finish_reason).toBe('length');
  });

  it('writes nothing where the model is not there', async () => {
    const id = await newConversation();
    const answer = await app.call('POST', `${base}/conversations/${id}/replies`, { as: member, body: { content: 'x', model: 'nowhere' } });
    expect([answer.status, answer.body.error.code]).toEqual([404, '3007']);
    expect(await messages(id)).toEqual([]);
  });
});
