import { apiError, listEndpoints, type Endpoint } from '@lyss/api-types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../test/contract-cases.ts';
import { createContractScene, type ContractScene } from '../../test/contract-scene.ts';
import type { Answer } from '../../test/app.ts';
import { buildOpenapi } from './openapi.ts';

let scene: ContractScene;
beforeAll(async () => {
  scene = await createContractScene();
});
afterAll(() => scene.close());

const PATH = '/api/v1/chat/conversations';
const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = PATH) => scene.app.call('POST', path, { as: scene.app.owner, body, headers });
const refused = (status: number, code: string) => ({ status, body: { success: false, error: { code } } });
// Far above what any of them takes; what is refused in a hurry must not wait for anything.
const AT_ONCE_MS = 5_000;

async function soon(call: Promise<Answer>): Promise<Answer> {
  const started = performance.now();
  const answer = await call;
  expect(performance.now() - started).toBeLessThan(AT_ONCE_MS);
  if (answer.status >= 400) apiError.parse(answer.body);
  return answer;
}

describe('bodies that are not what they should be', () => {
  const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
  const strange: [string, string | Uint8Array, object][] = [
    ['an array for an object', '[]', refused(400, '1001')],
    ['null', 'null', refused(400, '1001')],
    ['a string', '"title"', refused(400, '1001')],
    ['a number', '1e309', refused(400, '1001')],
    ['nothing but space', '   ', refused(400, '1003')],
    ['half a body', '{"title":', refused(400, '1003')],
    ['two bodies', '{}{}', refused(400, '1003')],
    ['a comment', '{/* */}', refused(400, '1003')],
    ['a byte order mark', '\ufeff{}', refused(400, '1003')],
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), refused(400, '1003')],
    ['an overlong UTF-8 form', new Uint8Array([0x22, 0xc0, 0xaf, 0x22]), refused(400, '1003')],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), refused(400, '1003')],
    ['arrays ten thousand deep', nested(10_000, '[', ']'), refused(400, '1003')],
    ['objects ten thousand deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, refused(400, '1003')],
    ['33 levels', nested(33, '[', ']'), refused(400, '1003')],
    ['32 levels', nested(32, '[', ']'), refused(400, '1001')],
    ['a key that stands twice', '{"title":"a","title":"b"}', refused(400, '1003')],
    ['a key that stands twice in two spellings', '{"title":"a","\\u0074itle":"b"}', refused(400, '1003')],
    ['__proto__', '{"__proto__":{"title":"x"}}', refused(400, '1003')],
    ['__proto__ in escapes, deep inside', '{"title":{"a":[{"\\u005f_proto__":1}]}}', refused(400, '1003')],
    ['constructor', '{"constructor":{"prototype":{"title":"x"}}}', refused(400, '1001')],
    ['NUL in a text', '{"system_prompt":"a\\u0000b"}', refused(400, '1003')],
    ['half a surrogate pair', '{"system_prompt":"a\\ud800b"}', refused(400, '1003')],
    ['a direction sign in a title', '{"title":"a\\u202eb"}', refused(400, '1001')],
    ['a title of 201 letters', JSON.stringify({ title: 'x'.repeat(201) }), refused(400, '1001')],
    ['a number for a title', '{"title":1}', refused(400, '1001')],
    ['an array for a title', '{"title":["x"]}', refused(400, '1001')],
  ];

  it.each(strange)('%s', async (_name, body, expected) => {
    expect(await soon(post(body))).toMatchObject(expected);
  });

  it('leave the database as it was', async () => {
    const before = await scene.dump(scene.app.owner.tenant_id);
    for (const [, body] of strange) await post(body);
    expect(await scene.dump(scene.app.owner.tenant_id)).toBe(before);
  });

  it('with a hundred thousand unknown fields are refused in a short answer', async () => {
    const postFields = (count: number) => soon(post(`{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join()}}`));
    expect(await postFields(90_000)).toMatchObject(refused(400, '1003'));
    const answer = await postFields(19_000);
    expect(answer).toMatchObject(refused(400, '1001'));
    expect(JSON.stringify(answer.body).length).toBeLessThan(50_000);
  });

  it('with one name of half a megabyte are too', async () => {
    const answer = await soon(post(`{"${'k'.repeat(500_000)}":1}`));
    expect(answer).toMatchObject(refused(400, '1001'));
    expect(JSON.stringify(answer.body).length).toBeLessThan(5_000);
  });

  it('take what is strange and allowed: every script, emoji, an escaped pair', async () => {
    const title = 'العربية עברית 中文 \u{1f469}\u200d\u{1f4bb}';
    expect((await post(JSON.stringify({ title }))).body.data.title).toBe(title);
    expect((await post('{"title":"\\ud83d\\ude00"}')).body.data.title).toBe('\u{1f600}');
  });

  it('of a form and of a query are held to the same', async () => {
    const form = (text: string) => scene.app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams(text) });
    for (const text of ['grant_type=password&grant_type=refresh_token', 'grant_type[]=password', '', 'grant_type=implicit', 'grant_type=password&username=a%00@b.example&password=x']) {
      expect(await form(text)).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^invalid_request$/) } });
    }
    const list = (query: string) => soon(scene.app.call('GET', `/api/v1/admin/users?${query}`, { as: scene.app.owner }));
    for (const query of ['page_size=10&page_size=20', 'search=a%00b', 'page_size=0', 'page_size=101', 'page_size=1e9', 'page=0', 'page=101', 'sort_by=password_hash', 'sort_by=id;drop', 'sort_order=up', 'cursor=', 'cursor=x', 'include_total=1', '__proto__=1']) {
      expect(await list(query), query).toMatchObject(refused(400, '1001'));
    }
    const thousand = await list(Array.from({ length: 1_000 }, (_, n) => `p${n}=1`).join('&'));
    expect(thousand).toMatchObject(refused(400, '1001'));
    expect(JSON.stringify(thousand.body).length).toBeLessThan(50_000);
  });
});

describe('content types', () => {
  const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json5', 'application/jsonp', 'text/json', 'application/xml', '', 'json', 'application/json, text/plain'];

  it.each(types)('%j is 415 for a JSON route', async (type) => {
    expect(await soon(post('{"title":"x"}', { 'content-type': type }))).toMatchObject(refused(415, '1003'));
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', ' application/json ;charset=utf-16'])('%j is JSON', async (type) => {
    expect((await post('{"title":"x"}', { 'content-type': type })).status).toBe(201);
  });

  it('JSON is 415 for the form route', async () => {
    expect((await scene.app.call('POST', '/api/v1/auth/token', { body: { grant_type: 'password' } })).status).toBe(415);
  });
});

describe('sizes', () => {
  const limits = listEndpoints().filter(([, { method }]) => method !== 'GET');

  it.each(limits)('%s refuses a byte over its limit', async (id, endpoint) => {
    const { as, params } = await cases[id as keyof typeof cases](scene);
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? '');
    const answer = await scene.app.call(endpoint.method, path, { as, body: new Uint8Array(endpoint.body_limit + 1).fill(0x20) });
    expect(answer.status).toBe(413);
    if (endpoint.kind !== 'oauth') expect(answer.body.error).toMatchObject({ code: '1004', details: { limit_bytes: endpoint.body_limit } });
  });

  it('are 16 KiB for signing in, 8 MiB for chat, 1 MiB for the rest', () => {
    const limitOf = (id: string) => limits.find(([name]) => name === id)?.[1].body_limit;
    expect([limitOf('auth.login'), limitOf('chat.startReply'), limitOf('users.create')]).toEqual([16 * 1024, 8 * 1024 * 1024, 1024 * 1024]);
  });
});

describe('whatever fits or does not fit the contract', () => {
  // Not String(): an object with a field called toString has no primitive value.
  const writeField = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value) ?? '');
  const documents = buildOpenapi('0') as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
  const statusesOf = ({ path, method }: Endpoint) => Object.keys(documents.paths[path]?.[method.toLowerCase()]?.responses ?? {}).map(Number);
  const writes = listEndpoints().filter(([, { method }]) => method !== 'GET');
  const spice = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>('', 'x'.repeat(300), '\u202e', '\u0000', '\ud800', -1, 1e308, 2 ** 53, [], {}, null, true, ['end_user'], 'javascript:alert(1)', 'http://169.254.169.254/', "'; drop table users; --"),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );

  it.each(writes)('%s answers a documented status in the contract’s form', async (id, endpoint) => {
    const sent = await cases[id as keyof typeof cases](scene);
    const happy = sent.body instanceof URLSearchParams ? Object.fromEntries(sent.body) : ((sent.body ?? {}) as Record<string, unknown>);
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => sent.params?.[name] ?? '');
    const documented = statusesOf(endpoint);
    const changed = fc.record(Object.fromEntries([...Object.keys(happy), 'extra'].map((key) => [key, fc.oneof({ weight: 2, arbitrary: fc.constant(happy[key]) }, spice)])), { requiredKeys: [] });
    const property = fc.asyncProperty(fc.oneof(changed, spice), async (body) => {
      const form = endpoint.kind === 'oauth' && body !== null && typeof body === 'object';
      const answer = await scene.app.call(endpoint.method, path, { as: sent.as, body: form ? new URLSearchParams(Object.entries(body).map(([key, value]): [string, string] => [key, writeField(value)])) : JSON.stringify(body) });
      expect(documented, JSON.stringify(answer.body)).toContain(answer.status);
      if (endpoint.kind !== 'oauth' && answer.status >= 400) apiError.parse(answer.body);
    });
    // The seed is printed by fast-check with a counterexample, so that it can be run again.
    await fc.assert(property, { numRuns: 25 });
  });

  it('and the process answers as before', async () => {
    expect((await scene.app.call('GET', '/health/ready')).status).toBe(200);
    expect(scene.app.lines.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});
