import { apiError } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { listenOn, type ListeningApp } from '../../test/socket.ts';

let app: TestApp;
let server: ListeningApp;
beforeAll(async () => {
  app = await createTestApp();
  server = await listenOn(app);
});
afterAll(async () => {
  await server.close();
  await app.close();
});

const bearer = () => `Authorization: Bearer ${app.owner.access_token}\r\n`;
const statusIn = (text: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
const whole = /\r\n\r\n[^]*\}$/;
const create = (headers: string, body: string) => `POST /api/v1/chat/conversations HTTP/1.1\r\nHost: localhost\r\n${bearer()}Content-Type: application/json\r\nConnection: close\r\n${headers}\r\n${body}`;
const get = (target: string, headers = '') => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;
const countConversations = async () => (await app.call('GET', '/api/v1/chat/conversations?include_total=true', { as: app.owner })).body.data.pagination.total_items as number;

/** The app answers the next request as ever. */
async function isAlive(): Promise<void> {
  expect(statusIn(await server.exchange(get('/health/live'), whole))).toBe(200);
  // Taken out, so that one test's failure is not the next one's.
  expect(app.lines.splice(0).filter((line) => line.includes('request failed'))).toEqual([]);
}

describe('broken HTTP', () => {
  const broken: [string, () => string, number[]][] = [
    ['both Content-Length and Transfer-Encoding', () => create('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n{}'), [400]],
    ['two lengths', () => create('Content-Length: 2\r\nContent-Length: 3\r\n', '{} '), [400]],
    ['a negative length', () => create('Content-Length: -1\r\n', ''), [400]],
    ['a length of letters', () => create('Content-Length: ten\r\n', ''), [400]],
    ['chunks whose size is no number', () => create('Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n0\r\n\r\n'), [400]],
    ['chunks longer than they say', () => create('Transfer-Encoding: chunked\r\n', '1\r\n{}\r\n0\r\n\r\n'), [400]],
    ['an unknown coding', () => create('Transfer-Encoding: gzip\r\n', '{}'), [400, 501]],
    ['a space before a colon', () => get('/health/live', 'X-A : b\r\n'), [400]],
    ['a folded header', () => get('/health/live', 'X-A: b\r\n  c\r\n'), [400]],
    ['a header with a bare line feed', () => get('/health/live', 'X-A: b\nX-B: c\r\n'), [200, 400]],
    ['NUL in a header', () => get('/health/live', 'X-A: b\0c\r\n'), [400]],
    ['no Host', () => 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['two Hosts', () => get('/health/live', 'Host: other\r\n'), [200, 400]],
    ['a Host that is none', () => 'GET /api/v1/setup HTTP/1.1\r\nHost: a b/c?d\r\nConnection: close\r\n\r\n', [400]],
    ['a Host of another site', () => 'GET /api/v1/setup HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', [200]],
    ['a target with spaces', () => get('/api/v1 /setup'), [400]],
    ['an absolute target', () => get('http://evil.example/api/v1/setup'), [200, 400, 404]],
    ['an asterisk', () => 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', [400, 404]],
    ['CONNECT', () => 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n', [0, 400, 404]],
    ['TRACE', () => 'TRACE /api/v1/setup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', [400, 404, 405, 500]],
    ['a method nobody knows', () => 'BREW /api/v1/setup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', [400]],
    ['17 KB of headers', () => get('/health/live', `X-A: ${'a'.repeat(17_000)}\r\n`), [431]],
    ['a TLS greeting', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
  ];

  it.each(broken)('%s', async (_name, bytes, expected) => {
    const before = await countConversations();
    const status = statusIn(await server.exchange(bytes()));
    expect(expected).toContain(status);
    expect(await countConversations()).toBe(before);
    await isAlive();
  });

  it('HTTP/1.0 is answered and closed', async () => {
    expect(statusIn(await server.exchange('GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n'))).toBe(200);
    expect(statusIn(await server.exchange('GET /health/live HTTP/1.0\r\n\r\n'))).toBe(400);
  });

  it('a body that is cut off changes nothing and leaves no failure behind', async () => {
    const before = await countConversations();
    for (const headers of ['Content-Length: 50\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const cut = server.exchange(create(headers, headers.includes('chunked') ? '5\r\n{"tit' : '{"title":'), /^never$/);
      await Promise.race([cut, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    expect(await countConversations()).toBe(before);
    await isAlive();
  });

  it('pipelined requests are answered in order', async () => {
    const live = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const missing = 'GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const text = await server.exchange(`${live}${missing}${live.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`);
    expect(text.match(/HTTP\/1\.1 (\d{3})/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('what is announced too long is refused before it is sent', async () => {
    const text = await server.exchange(create('Content-Length: 999999999\r\n', ''), whole);
    expect(statusIn(text)).toBe(413);
  });

  it('what comes too long in chunks is refused in the middle', async () => {
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    const text = await server.exchange(create('Transfer-Encoding: chunked\r\n', chunk.repeat(20)), whole);
    expect(statusIn(text)).toBe(413);
    await isAlive();
  });
});

describe('methods', () => {
  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s overrides nothing', async (name) => {
    const { body } = await app.call('POST', '/api/v1/chat/conversations', { as: app.owner, body: {} });
    const path = `/api/v1/chat/conversations/${body.data.id}`;
    expect((await app.call('GET', path, { as: app.owner, headers: { [name]: 'DELETE' } })).status).toBe(200);
    expect((await app.call('POST', `${path}?_method=DELETE`, { as: app.owner, headers: { [name]: 'DELETE' } })).status).toBe(404);
    expect((await app.call('GET', path, { as: app.owner })).status).toBe(200);
  });

  it('HEAD is GET without a body, and writes nothing', async () => {
    const text = await server.exchange(`HEAD /api/v1/auth/me HTTP/1.1\r\nHost: localhost\r\n${bearer()}Connection: close\r\n\r\n`);
    expect(statusIn(text)).toBe(200);
    expect(text).toMatch(/\r\n\r\n$/);
    expect((await app.call('HEAD', '/api/v1/auth/logout', { as: app.owner })).status).toBe(404);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s on a path that has none is 404 in the envelope', async (method) => {
    const answer = await app.call(method, '/api/v1/setup');
    expect(answer.status).toBe(404);
    apiError.parse(answer.body);
  });
});

describe('paths', () => {
  const odd = ['/api/v1/setup/', '//api/v1/setup', '/api//v1/setup', '/api/v1//setup', '/API/V1/SETUP', '/api/v1/setup%00', '/api/v1/setup;x=1', '/api/v1/%73etup', '/api/v1/admin/../setup', '/api/v1/./setup', '/api/v1/%2e%2e/v1/setup', '/api/v1/auth/me/..%2f..%2fsetup', '/api/v1/%', '/api/v1/%ff', '/api/v1/admin/users/%2e%2e', '/api/v1/admin/users/a%2fb', '/api/v1/docs/constructor', '/api/v1/docs/__proto__', '/api/v1/docs/../../../../package.json', '/api/v1/docs/..%2f..%2fpackage.json'];

  it.each(odd)('%s is a page, the same route or a 404, never another person’s', async (target) => {
    const text = await server.exchange(get(target), whole);
    expect([200, 400, 401, 404]).toContain(statusIn(text));
    expect(text).not.toContain('"workspaces"');
    if (!target.includes('setup')) expect(text).not.toContain('"dependencies"');
    await isAlive();
  });

  const climbs = ['/../../../package.json', '/..%2f..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/assets/../../../package.json', '/assets/..%2f..%2f..%2f..%2fetc/passwd', '/assets/%2e%2e%2f%2e%2e%2fpackage.json', '/..\\..\\package.json', '/..%5c..%5cpackage.json', '//etc/passwd', '/%2fetc%2fpasswd', '/assets/....//....//package.json', '/.git/config', '/.env', '/assets/%00', '/index.html%00.js', '/file:///etc/passwd', '/assets'];

  it.each(climbs)('%s gives no file from outside the console', async (target) => {
    const text = await server.exchange(get(target));
    expect([200, 400, 404, 503]).toContain(statusIn(text));
    expect(text).not.toMatch(/root:|"workspaces"|"devDependencies"|\[core\]/);
    if (statusIn(text) === 200) expect(text.toLowerCase()).toContain('<!doctype html>');
    await isAlive();
  });
});

describe('what may not be reached here', () => {
  it('metrics are not on this port', async () => {
    for (const target of ['/metrics', '/api/v1/metrics', '/metrics/']) expect(await server.exchange(get(target))).not.toMatch(/process_cpu|lyss_http/);
  });

  it('the gateway’s paths answer no console page for a JSON client', async () => {
    const answer = await app.call('POST', '/v1/chat/completions', { body: {} });
    expect(answer.status).toBe(404);
    apiError.parse(answer.body);
  });
});
