import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok, person, refused, serve } from './test-server.ts';

/** A tab is its own copy of every module; storage, locks and the server are the browser's. */
async function openTab() {
  vi.resetModules();
  const client = await import('./client.ts');
  const { useSession } = await import('../session/session-store.ts');
  return { ...client, useSession };
}

function stubLocks() {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
}

/** A server whose access token is dead until somebody refreshes. */
function expiringServer(refresh: () => Response) {
  let alive = false;
  return serve({
    'GET /api/v1/auth/me': () => (alive ? ok(person()) : refused(401, '2002')),
    'GET /api/v1/models': () => (alive ? ok({ items: [] }) : refused(401, '2002')),
    'POST /api/v1/auth/refresh': async () => {
      await new Promise((resolve) => setTimeout(resolve, 15));
      alive = true;
      return refresh();
    },
  });
}
const renewed = () => ok({ authenticated: true, user: person(), expires_in: 600 });
const count = (calls: { path: string }[], path: string) => calls.filter((call) => call.path === path).length;

beforeEach(() => {
  localStorage.clear();
  stubLocks();
});
afterEach(() => vi.unstubAllGlobals());

describe('one refresh per browser', () => {
  it('refreshes once for many calls of two tabs at the same time, and every call gets its answer', async () => {
    const calls = expiringServer(renewed);
    const [one, two] = [await openTab(), await openTab()];
    const answers = await Promise.all([one.call('auth.me'), one.call('models.list'), two.call('auth.me'), two.call('models.list')]);
    expect(count(calls, '/api/v1/auth/refresh')).toBe(1);
    expect(answers.map((answer) => Object.keys(answer).length > 0)).toEqual([true, true, true, true]);
    expect(count(calls, '/api/v1/auth/me')).toBe(4);
  });

  it('tries again once only: a second 401 is the answer', async () => {
    const calls = serve({ 'GET /api/v1/auth/me': () => refused(401, '2002'), 'POST /api/v1/auth/refresh': renewed });
    const tab = await openTab();
    await expect(tab.call('auth.me')).rejects.toMatchObject({ code: '2002', status: 401 });
    expect(calls.map((call) => call.path)).toEqual(['/api/v1/auth/me', '/api/v1/auth/refresh', '/api/v1/auth/me']);
  });

  it('refreshes ahead where the token is known to have ended, so that no 401 shows in the console', async () => {
    const calls = expiringServer(renewed);
    localStorage.setItem('lyss.session.ends_at', String(Date.now() - 1));
    const tab = await openTab();
    await tab.call('auth.me');
    expect(calls.map((call) => call.path)).toEqual(['/api/v1/auth/refresh', '/api/v1/auth/me']);
  });

  it('signs out where the refresh is refused, and keeps the session where the server cannot say', async () => {
    serve({ 'GET /api/v1/auth/me': () => refused(401, '2002'), 'POST /api/v1/auth/refresh': () => refused(401, '2003') });
    const tab = await openTab();
    await expect(tab.call('auth.me')).rejects.toMatchObject({ status: 401 });
    expect(tab.useSession.getState().state).toBe('signed_out');

    serve({ 'GET /api/v1/auth/me': () => refused(401, '2002'), 'POST /api/v1/auth/refresh': () => refused(503, '5004') });
    const other = await openTab();
    await expect(other.call('auth.me')).rejects.toMatchObject({ code: '5004' });
    expect(other.useSession.getState().state).toBe('unknown');
  });

  it('leaves a wrong password to the form', async () => {
    const calls = serve({ 'POST /api/v1/auth/login': () => refused(401, '2006') });
    const tab = await openTab();
    await expect(tab.call('auth.login', { body: { email: 'a@b.cn', password: 'x' } })).rejects.toMatchObject({ code: '2006' });
    expect(calls).toHaveLength(1);
  });
});

describe('what is sent', () => {
  it('fills the path, leaves out empty filters, names version, key and language', async () => {
    document.documentElement.lang = 'en-US';
    const calls = serve({ 'PATCH /api/v1/admin/users/a%2Fb': () => ok({}), 'GET /api/v1/admin/users': () => ok({ items: [] }) });
    const tab = await openTab();
    await tab.call('users.update', { params: { id: 'a/b' }, body: { name: 'N' }, if_match: 7, idempotency_key: 'k' });
    await tab.call('users.list', { query: { search: '', page_size: 20 } });
    expect(calls[0]?.headers.get('if-match')).toBe('"7"');
    expect(calls[0]?.headers.get('idempotency-key')).toBe('k');
    expect(calls[0]?.headers.get('accept-language')).toBe('en-US');
    expect(calls[1]?.path).toBe('/api/v1/admin/users?page_size=20');
  });

  it('answers nothing for 204', async () => {
    serve({ 'POST /api/v1/auth/logout': () => new Response(null, { status: 204 }) });
    const tab = await openTab();
    expect(await tab.call('auth.logout')).toBeUndefined();
  });
});

describe('failures', () => {
  it('carries code, details, issues, request id and how long to wait', async () => {
    const issues = [{ path: 'email', code: 'invalid', message: '邮箱不对' }];
    serve({ 'POST /api/v1/auth/login': () => refused(429, '1005', { issues }, { 'retry-after': '30' }) });
    const tab = await openTab();
    const failure = await tab.call('auth.login', { body: { email: '', password: '' } }).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(tab.ApiFailure);
    expect(failure).toMatchObject({ code: '1005', status: 429, request_id: 'r-2', retry_after_s: 30, issues, message: 'refused 1005' });
  });

  it('tells a proxy’s page by its status, and no network as OFFLINE', async () => {
    serve({ 'GET /api/v1/models': () => new Response('<html>bad gateway</html>', { status: 502 }) });
    const tab = await openTab();
    await expect(tab.call('models.list')).rejects.toMatchObject({ status: 502, code: '4001' });
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(tab.call('models.list')).rejects.toMatchObject({ status: 0, code: 'OFFLINE' });
  });

  it('passes the caller’s own abort on as it is', async () => {
    vi.stubGlobal('fetch', (_url: string, init: RequestInit) => new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason))));
    const tab = await openTab();
    const control = new AbortController();
    const waiting = tab.call('models.list', { signal: control.signal });
    control.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
