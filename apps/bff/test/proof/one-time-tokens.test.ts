import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, ORIGIN, PASSWORD, type TestApp } from '../app.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../browser.ts';
import { listenOn, type ListeningApp } from '../socket.ts';

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

/** What looks across tenants for a token: nothing that is none may come so far. */
const watched = () => vi.spyOn(app.context.tenancy, 'lookUp');
let looks: ReturnType<typeof watched>;
beforeEach(() => {
  looks = watched();
});
afterEach(() => looks.mockRestore());
/** What was looked for; jobs list what waits for them each second, whoever asks for what meanwhile. */
const lookedFor = () => looks.mock.calls.map(([text]) => text).filter((text) => !/\blist_\w+\(|audit_partition/.test(text));

const send = async (method: string, path: string, body?: string | URLSearchParams, headers: Record<string, string> = {}) => {
  const type = body instanceof URLSearchParams ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await fetch(`${server.url}${path}`, { method, headers: { origin: ORIGIN, ...(body === undefined ? {} : { 'content-type': type }), ...headers }, ...(body === undefined ? {} : { body: body.toString() }) });
  return { status: response.status, text: await response.text() };
};

const TOKEN = 'A'.repeat(43);
const inPaths = ['null', 'undefined', '%20', '%00', '[]', '{}', '[object Object]', 'true', '0', `${TOKEN}A`, TOKEN.slice(1), `${TOKEN}=`, `${TOKEN.slice(1)}!`, `${TOKEN}%0a`, `${TOKEN},${TOKEN}`, '%', '..%2f', "' or 1=1 --"];
const inBodies = ['null', '""', '[]', '{}', `["${TOKEN}"]`, `{"token":"${TOKEN}"}`, 'true', '0', '1e999', `"${TOKEN.slice(1)}"`, `"${TOKEN}A"`, `"${TOKEN}\\n"`, `" ${TOKEN}"`, '"null"'];
const routes: [string, string, string][] = [
  ['GET', '/api/v1/auth/invitations/', ''],
  ['POST', '/api/v1/auth/invitations/', JSON.stringify({ password: PASSWORD })],
  ['GET', '/api/v1/auth/password-reset/', ''],
  ['PUT', '/api/v1/auth/password-reset/', JSON.stringify({ password: PASSWORD })],
];

describe('a one-time token that is none is refused before anything looks for it', () => {
  it.each(routes)('in the path of %s %s…', async (method, path, body) => {
    for (const token of ['', ...inPaths]) {
      const answer = await send(method, path + (token.includes('%') ? token : encodeURIComponent(token)), body === '' ? undefined : body);
      // Without a token it is another address.
      expect(token === '' ? [404] : [400, 404], token).toContain(answer.status);
    }
    expect(lookedFor()).toEqual([]);
    // One of the right form is looked for: the watch does watch.
    expect((await send(method, path + TOKEN, body === '' ? undefined : body)).status).toBe(401);
    expect(lookedFor()).not.toEqual([]);
  });

  it('in the body of the set-up', async () => {
    const rest = JSON.stringify({ email: 'x@example.com', password: PASSWORD, name: 'X', tenant_name: 'X', workspace: 'xxx', locale: 'en-US' }).slice(1);
    for (const token of inBodies) expect((await send('POST', '/api/v1/setup', `{"token":${token},${rest}`)).status, token).toBe(400);
    expect((await send('POST', '/api/v1/setup', `{${rest}`)).status).toBe(400);
    expect(lookedFor()).toEqual([]);
  });

  it('in the form of a script’s refresh', async () => {
    const forms = [
      'grant_type=refresh_token', 'grant_type=refresh_token&refresh_token=', ...['null', 'undefined', '[]', '{}', 'true', '0', TOKEN.slice(1)].map((token) => `grant_type=refresh_token&refresh_token=${token}`),
      `grant_type=refresh_token&refresh_token[]=${TOKEN}`, `grant_type=refresh_token&refresh_token[a]=${TOKEN}`, `grant_type=refresh_token&refresh_token=${TOKEN}&refresh_token=${TOKEN}`, `grant_type=&refresh_token=${TOKEN}`,
    ];
    for (const form of forms) {
      const answer = await send('POST', '/api/v1/auth/token', new URLSearchParams(form));
      expect([answer.status, JSON.parse(answer.text).error], form).toEqual([400, 'invalid_request']);
    }
    expect(lookedFor()).toEqual([]);
  });

  it('in either cookie: nothing is nobody, and anything else is a dead token', async () => {
    for (const value of ['', 'null', 'undefined', '[]', '{}', 'true', '0', '"', `"${TOKEN}"`, TOKEN.slice(1)]) {
      expect((await send('GET', '/api/v1/auth/me', undefined, { cookie: `${ACCESS_COOKIE}=${value}` })).status, value).toBe(401);
      const refreshed = await send('POST', '/api/v1/auth/refresh', undefined, { cookie: `${REFRESH_COOKIE}=${value}` });
      expect(refreshed.status === 401 || JSON.parse(refreshed.text).data.authenticated === false, value).toBe(true);
    }
    expect(lookedFor().filter((text) => !text.includes('find_refresh_token'))).toEqual([]);
  });
});
