import { apiError } from '@lyss/api-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, ORIGIN, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../test/app.ts';
import { openBrowser, type Browser } from '../../test/browser.ts';

let app: TestApp;
let secure: TestApp;
let browser: Browser;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  secure = await createTestApp({}, { LYSS_PUBLIC_URL: 'https://ai.example.com' });
  browser = openBrowser(app);
  member = await app.signInAs('end_user');
  await browser.signIn(member);
});
afterAll(async () => {
  await app.close();
  await secure.close();
});

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
};
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const places: [string, string, string, number][] = [
  ['an answer', 'GET', '/api/v1/setup', 200],
  ['a refusal', 'GET', '/api/v1/auth/me', 401],
  ['nothing there', 'GET', '/api/v1/nothing', 404],
  ['health', 'GET', '/health/live', 200],
  ['keys', 'GET', '/.well-known/jwks.json', 200],
  ['the contract', 'GET', '/api/v1/openapi.json', 200],
  ['a missing file', 'GET', '/assets/none.js', 404],
];

describe('security headers', () => {
  it.each(places)('%s carries all of them, and the API’s policy', async (_name, method, path, status) => {
    const answer = await app.call(method, path);
    expect(answer.status).toBe(status);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({ ...always, 'content-security-policy': API_POLICY });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
  });

  it('over plain http, off loopback, leave out what a browser would only complain of there', async () => {
    const plain = await createTestApp({}, { LYSS_PUBLIC_URL: 'http://ai.example.com', LYSS_ALLOW_HTTP: '1' });
    const { headers } = await plain.call('GET', '/api/v1/setup');
    await plain.close();
    expect(headers.get('cross-origin-opener-policy')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('over https hold a browser to it for a year', async () => {
    for (const [, method, path] of places) expect((await secure.call(method, path)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  });

  it('of what belongs to one person or failed say that nobody may keep it', async () => {
    for (const [method, path, as] of [['GET', '/api/v1/auth/me', app.owner], ['GET', '/api/v1/auth/me', undefined], ['GET', '/api/v1/nothing', undefined], ['GET', '/health/ready', undefined]] as const) {
      expect((await app.call(method, path, { as })).headers.get('cache-control'), path).toBe('no-store');
    }
  });

  it('of the API’s own page allow its scripts by nonce and no form', async () => {
    const answer = await app.call('GET', '/api/v1/docs');
    const nonce = /script nonce="([^"]+)"/.exec(answer.body)?.[1];
    expect(answer.headers.get('content-security-policy')).toContain(`script-src 'nonce-${nonce}'`);
    expect((await app.call('GET', '/api/v1/docs/swagger-ui-bundle.js')).headers.get('content-type')).toContain('javascript');
  });
});

describe('requests’ ids', () => {
  it.each(['a', 'A.b_c-9', 'x'.repeat(64)])('%s is taken over', async (id) => {
    const answer = await app.call('GET', '/api/v1/nothing', { headers: { 'x-request-id': id } });
    expect(answer.headers.get('x-request-id')).toBe(id);
    expect(answer.body.request_id).toBe(id);
    expect(app.lines.some((line) => JSON.parse(line).request_id === id)).toBe(true);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'a,b', '<script>', 'a/b', 'ü'])('%j is replaced', async (id) => {
    const answer = await app.call('GET', '/api/v1/nothing', { headers: { 'x-request-id': id } });
    expect(answer.body.request_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(answer.headers.get('x-request-id')).toBe(answer.body.request_id);
  });

  it('reach the audit', async () => {
    await app.call('PATCH', '/api/v1/auth/me', { as: app.owner, body: { name: 'Olive' }, headers: { 'x-request-id': 'follow-me' } });
    expect(await app.findAudit(app.owner.tenant_id, 'users.profile_changed')).toMatchObject({ request_id: 'follow-me' });
  });
});

describe('languages', () => {
  const ask = async (language: string | null): Promise<string> => {
    const answer = await app.app.request(`${ORIGIN}/api/v1/auth/me`, { headers: language === null ? {} : { 'accept-language': language } });
    return apiError.parse(await answer.json()).error.message;
  };

  it.each([null, '', 'zh', 'zh-TW', 'fr', '*', 'en;q=0, zh', 'en;q=0.5, zh;q=0.8', 'q=1', 'zh-CN,zh;q=0.9,en;q=0.8'])('%j is Chinese', async (language) => {
    expect(await ask(language)).toBe('请先登录。');
  });

  it.each(['en', 'en-GB', 'EN-us', 'fr, en;q=0.1', 'zh;q=0.5, en;q=0.8', 'en-US,en;q=0.9,zh;q=0.8'])('%j is English', async (language) => {
    expect(await ask(language)).toBe('Sign in first.');
  });

  it('is the language of each field’s fault too', async () => {
    const issue = async (language: string) => (await app.call('POST', '/api/v1/auth/login', { body: { email: 'x', password: 1 }, headers: { 'accept-language': language } })).body.error.details.issues;
    expect(await issue('en')).toMatchObject([{ path: 'email', code: 'invalid_email', message: expect.stringMatching(/^[\x20-\x7e’]+$/) }, { path: 'password', code: 'invalid_type' }]);
    expect((await issue('zh'))[0].message).toMatch(/\p{Script=Han}/u);
  });
});

describe('where a request comes from', () => {
  const change = (headers: Record<string, string>) => browser.call('PATCH', '/api/v1/auth/me', { body: { name: 'Olive' }, headers });
  const without = async (headers: Record<string, string>): Promise<Omit<Answer, 'bytes'>> => {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.app.request(`${ORIGIN}/api/v1/auth/me`, { method: 'PATCH', headers: { cookie, 'content-type': 'application/json', ...headers }, body: '{}' });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  it.each([ORIGIN, 'http://127.0.0.1:3000', 'http://[::1]:3000'])('%s is our own page', async (origin) => {
    expect((await change({ origin })).status).toBe(200);
  });

  it.each(['null', 'https://localhost:3000', 'http://localhost', 'http://localhost:3001', 'http://localhost:3000.evil.example', 'http://evil.example', `${ORIGIN}/`, `${ORIGIN}, http://evil.example`, 'HTTP://LOCALHOST:3000'])('%s is not', async (origin) => {
    expect(await change({ origin })).toMatchObject({ status: 403, body: { error: { code: '2004', details: { reason: 'origin' } } } });
  });

  it('with a cookie has to be said', async () => {
    expect((await without({})).status).toBe(403);
    expect((await without({ 'sec-fetch-site': 'same-origin' })).status).toBe(403);
  });

  it('without a cookie has not, unless a browser says it is another site’s', async () => {
    const login = (headers: Record<string, string>) => app.app.request(`${ORIGIN}/api/v1/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ email: member.email, password: PASSWORD }) });
    expect((await login({})).status).toBe(200);
    expect((await login({ 'sec-fetch-site': 'none' })).status).toBe(200);
    for (const site of ['cross-site', 'same-site']) expect((await login({ 'sec-fetch-site': site })).status).toBe(403);
  });

  it('is not asked of reads, which no other page can read: no answer carries CORS headers', async () => {
    const answer = await browser.call('GET', '/api/v1/auth/me', { headers: { origin: 'https://evil.example' } });
    expect(answer.status).toBe(200);
    for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control-/);
    const preflight = await app.call('OPTIONS', '/api/v1/auth/me', { headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' } });
    expect(preflight.status).toBe(404);
    for (const [name] of preflight.headers) expect(name).not.toMatch(/^access-control-/);
  });

  it('by https is exactly the public address', async () => {
    const person = await secure.signInAs('end_user');
    const login = (origin: string) => secure.call('POST', '/api/v1/auth/login', { body: { email: person.email, password: PASSWORD }, headers: { origin } });
    expect((await login('https://ai.example.com')).status).toBe(200);
    for (const origin of ['http://ai.example.com', 'http://localhost:3000', 'https://ai.example.com:8443']) expect((await login(origin)).status).toBe(403);
  });
});
