import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { openBrowser, type Browser } from '../../../../test/browser.ts';

let app: TestApp;
let superuser: Client;
let person: TestPerson;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
beforeEach(async () => {
  person = await app.signInAs('end_user');
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0';
const call = (method: string, path = '', as = person) => app.call(method, `/api/v1/auth/sessions${path}`, { as });
interface Listed {
  id: string;
  is_current: boolean;
  carrier: string;
  device: object;
  network: string;
}
const list = async (as = person): Promise<Listed[]> => (await call('GET', '', as)).body.data.items;
const me = async (of: Browser | TestPerson) => ('call' in of ? of.call('GET', '/api/v1/auth/me') : app.call('GET', '/api/v1/auth/me', { as: of }));
const missing = { status: 404, body: { error: { code: '3007' } } };

async function openAt(user_agent = FIREFOX, address = '203.0.113.77', of = person): Promise<Browser> {
  const browser = openBrowser(app);
  const body = { email: of.email, password: PASSWORD, workspace: of.workspace };
  await browser.call('POST', '/api/v1/auth/login', { body, headers: { 'user-agent': user_agent, 'x-forwarded-for': address } });
  return browser;
}
async function idOf(browser: Browser): Promise<string> {
  const { items } = (await browser.call('GET', '/api/v1/auth/sessions')).body.data;
  return items.find(({ is_current }: Listed) => is_current).id;
}

describe('my sessions', () => {
  it('are told by device and network, newest use first, and which is this one', async () => {
    const browser = await openAt();
    await openAt('curl/8.9.1', '2001:db8:1:2:3:4:5:6');
    const { items, pagination } = (await browser.call('GET', '/api/v1/auth/sessions')).body.data;
    expect(pagination).toMatchObject({ has_next: false });
    // Accepting the invitation, the script's own, and the two of here.
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({ device: { client: 'curl', system: null }, network: '2001:db8:1:2::/64', is_current: false });
    expect(items[1]).toMatchObject({ device: { client: 'Firefox', system: 'Windows' }, network: '203.0.113.0/24', carrier: 'cookie', is_current: true });
    expect(items.map(({ carrier }: Listed) => carrier)).toContain('bearer');
    expect(Object.keys(items[0]).toSorted()).toEqual(['carrier', 'created_at', 'device', 'expires_at', 'id', 'is_current', 'last_used_at', 'network']);
  });

  it('are paged', async () => {
    await openAt();
    const first = (await call('GET', '?page_size=2')).body.data;
    const rest = (await call('GET', `?page_size=2&cursor=${first.pagination.next_cursor}`)).body.data;
    expect([...first.items, ...rest.items].map(({ id }: Listed) => id).toSorted()).toEqual((await list()).map(({ id }) => id).toSorted());
  });

  it('that ended, ran out or idled out are not listed', async () => {
    const [ended, idle, late] = [await idOf(await openAt()), await idOf(await openAt()), await idOf(await openAt())];
    await call('DELETE', `/${ended}`);
    await superuser.query(`update refresh_tokens set idle_expires_at = now() - interval '1 second' where session_id = $1`, [idle]);
    await superuser.query(`update sessions set expires_at = now() - interval '1 second' where id = $1`, [late]);
    const ids = (await list()).map(({ id }) => id);
    for (const id of [ended, idle, late]) expect(ids).not.toContain(id);
    const { sessions_count } = (await app.call('GET', `/api/v1/admin/users/${person.user_id}`, { as: app.owner })).body.data;
    expect(sessions_count).toBe(ids.length);
  });
});

describe('ending', () => {
  it('one ends it and no other, says why to whoever holds it, and leaves an entry', async () => {
    const [browser, other] = [await openAt(), await openAt()];
    const id = await idOf(browser);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect((await me(browser)).status).toBe(401);
    const refreshed = await browser.call('POST', '/api/v1/auth/refresh');
    expect(refreshed).toMatchObject({ status: 401, body: { error: { code: '2003', details: { reason: 'session_ended' } } } });
    expect([(await me(other)).status, (await me(person)).status]).toEqual([200, 200]);
    expect(await app.findAudit(person.tenant_id, 'auth.session_ended')).toMatchObject({ outcome: 'success', resource_id: id });
    expect(await call('DELETE', `/${id}`)).toMatchObject(missing);
  });

  it('this very one clears its cookies', async () => {
    const browser = await openAt();
    const answer = await browser.call('DELETE', `/api/v1/auth/sessions/${await idOf(browser)}`);
    expect(answer.status).toBe(204);
    expect([...browser.cookies]).toEqual([]);
  });

  it('all others keeps this one', async () => {
    const [here, there] = [await openAt(), await openAt()];
    expect((await here.call('DELETE', '/api/v1/auth/sessions')).status).toBe(204);
    expect([(await me(here)).status, (await me(there)).status, (await me(person)).status]).toEqual([200, 401, 401]);
    expect((await here.call('GET', '/api/v1/auth/sessions')).body.data.items).toHaveLength(1);
    expect(await app.findAudit(person.tenant_id, 'auth.sessions_ended')).toMatchObject({ details: { sessions: 3 } });
  });

  it('a colleague’s, another tenant’s or nobody’s is the same 404, and an admin’s word makes no difference', async () => {
    const colleague = await app.signInAs('end_user');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const [own] = await list(colleague);
    const [foreign] = await list(stranger);
    for (const as of [person, app.owner]) {
      for (const id of [own?.id, foreign?.id, crypto.randomUUID()]) expect(await call('DELETE', `/${id}`, as)).toMatchObject(missing);
    }
    expect([(await me(colleague)).status, (await me(stranger)).status]).toEqual([200, 200]);
  });
});

describe('an admin', () => {
  const endAll = (id: string, as: TestPerson) => app.call('DELETE', `/api/v1/admin/users/${id}/sessions`, { as });

  it('signs a person out everywhere, and leaves an entry', async () => {
    const browser = await openAt();
    const admin = await app.signInAs('tenant_admin');
    expect((await endAll(person.user_id, admin)).status).toBe(204);
    await expect.poll(async () => (await me(browser)).status).toBe(401);
    await expect.poll(async () => (await me(person)).status).toBe(401);
    expect(await app.findAudit(person.tenant_id, 'users.sessions_ended')).toMatchObject({ resource_id: person.user_id, details: { sessions: 3 } });
    const again = await openAt();
    expect((await me(again)).status).toBe(200);
  });

  it('not whoever may do more, nor somebody of another tenant; a member nobody', async () => {
    const admin = await app.signInAs('tenant_admin');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect(await endAll(app.owner.user_id, admin)).toMatchObject({ status: 403, body: { error: { code: '2004', details: { reason: 'beyond_own_permissions' } } } });
    expect(await endAll(stranger.user_id, admin)).toMatchObject({ status: 404, body: { error: { code: '3003' } } });
    expect((await endAll(admin.user_id, person)).status).toBe(403);
    for (const alive of [app.owner, stranger, admin]) expect((await me(alive)).status).toBe(200);
  });
});

describe('a dead session tells whoever holds it why', () => {
  const refresh = (browser: Browser) => browser.call('POST', '/api/v1/auth/refresh');
  const owner = (method: string, path: string, body?: object) => app.call(method, path, { as: app.owner, ...(body ? { body } : {}) });
  const reasons: [string, string, (of: TestPerson) => Promise<unknown>][] = [
    ['disabled', 'user_disabled', (of) => owner('PATCH', `/api/v1/admin/users/${of.user_id}`, { status: 'disabled' })],
    ['signed out by an admin', 'session_ended', (of) => owner('DELETE', `/api/v1/admin/users/${of.user_id}/sessions`)],
    ['reset by an admin', 'password_reset', (of) => owner('POST', `/api/v1/admin/users/${of.user_id}/reset-password`)],
    ['run out', 'session_ended', (of) => superuser.query(`update sessions set expires_at = now() - interval '1 second' where user_id = $1`, [of.user_id])],
    ['idle', 'session_ended', (of) => superuser.query(`update refresh_tokens set idle_expires_at = now() - interval '1 second' where session_id in (select id from sessions where user_id = $1)`, [of.user_id])],
  ];
  it.each(reasons)('%s: %s', async (_name, reason, end) => {
    const browser = await openAt();
    await end(person);
    const answer = await refresh(browser);
    expect(answer).toMatchObject({ status: 401, body: { error: { code: '2003', details: { reason } } } });
    expect([...browser.cookies]).toEqual([]);
  });

  it('a suspended tenant: tenant_suspended', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const browser = await openAt(FIREFOX, '203.0.113.1', stranger);
    await owner('PATCH', `/api/v1/admin/tenants/${stranger.tenant_id}`, { state: 'suspended' });
    expect((await refresh(browser)).body.error.details).toEqual({ reason: 'tenant_suspended' });
  });

  it('but says nothing to a token that is none, or that came by the other way', async () => {
    for (const token of ['A'.repeat(43), person.refresh_token]) {
      const answer = await app.call('POST', '/api/v1/auth/refresh', { headers: { cookie: `__Host-lyss_rt=${token}` } });
      expect(answer.body.error).not.toHaveProperty('details');
    }
  });
});
