import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { openBrowser, REFRESH_COOKIE, type Browser } from '../../../../test/browser.ts';
import { linkIn, startMailServer, type MailServer } from '../../../../test/mail-server.ts';

let mail: MailServer;
let app: TestApp;
let person: TestPerson;
let browser: Browser;
beforeAll(async () => {
  mail = await startMailServer();
  app = await createTestApp({}, { LYSS_SMTP_URL: mail.url, LYSS_TRUST_PROXY: '1' });
});
let networks = 0;
const elsewhere = () => ({ 'x-forwarded-for': `10.9.${++networks}.1` });
beforeEach(async () => {
  person = await app.signInAs('end_user');
  browser = openBrowser(app);
  await browser.signIn(person);
});
afterAll(async () => {
  await app.close();
  await mail.close();
});

const NEW = 'another-quiet-lake-9';
const change = (current_password: unknown = PASSWORD, password: unknown = NEW) => browser.call('PUT', '/api/v1/auth/password', { body: { current_password, password } });
const login = (password: string) => app.call('POST', '/api/v1/auth/login', { body: { email: person.email, workspace: person.workspace, password }, headers: elsewhere() });
const me = (of: Browser) => of.call('GET', '/api/v1/auth/me');

describe('a change of one’s own password', () => {
  it('ends every other session and keeps this one, with new tokens', async () => {
    const other = openBrowser(app);
    await other.signIn(person);
    const before = new Map(browser.cookies);
    const answer = await change();
    expect(answer).toMatchObject({ status: 200, body: { data: { user: { id: person.user_id }, expires_in: 600 } } });
    for (const [name, value] of before) expect(browser.cookies.get(name)).not.toBe(value);
    expect((await me(browser)).status).toBe(200);
    expect((await browser.call('POST', '/api/v1/auth/refresh')).status).toBe(200);
    expect((await me(other)).status).toBe(401);
    expect(await other.call('POST', '/api/v1/auth/refresh')).toMatchObject({ status: 401, body: { error: { code: '2003', details: { reason: 'password_changed' }, message: expect.stringContaining('password was changed') } } });
    expect([(await login(PASSWORD)).status, (await login(NEW)).status]).toEqual([401, 200]);
  });

  it('ends the script’s access at once, and lets the one that changed it refresh', async () => {
    const script = (body: object) => app.call('PUT', '/api/v1/auth/password', { as: person, body });
    const answer = await script({ current_password: PASSWORD, password: NEW });
    expect(answer).toMatchObject({ status: 200, body: { data: { expires_in: 0 } } });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await app.call('GET', '/api/v1/auth/me', { as: person })).status).toBe(401);
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: person.refresh_token });
    expect((await app.call('POST', '/api/v1/auth/token', { body: form })).status).toBe(200);
    expect((await me(browser)).status).toBe(401);
  });

  it('in two tabs leaves both signed in: the second finds the successor that the first got', async () => {
    const first = browser.cookies.get(REFRESH_COOKIE);
    await change();
    const tab = await app.call('POST', '/api/v1/auth/refresh', { headers: { cookie: `${REFRESH_COOKIE}=${first}` } });
    expect(tab.status).toBe(200);
    expect(tab.headers.getSetCookie()[1]).toContain(`${REFRESH_COOKIE}=${browser.cookies.get(REFRESH_COOKIE)};`);
    expect((await browser.call('POST', '/api/v1/auth/refresh')).status).toBe(200);
  });

  it('goes on with another refresh token where the cookie was rotated meanwhile, or is not there', async () => {
    const old = browser.cookies.get(REFRESH_COOKIE) ?? '';
    await browser.call('POST', '/api/v1/auth/refresh');
    browser.cookies.set(REFRESH_COOKIE, old);
    expect((await change()).status).toBe(200);
    expect((await browser.call('POST', '/api/v1/auth/refresh')).status).toBe(200);
    browser.cookies.delete(REFRESH_COOKIE);
    expect((await change(NEW, 'a third quiet lake 11')).status).toBe(200);
    expect((await browser.call('POST', '/api/v1/auth/refresh')).status).toBe(200);
  });

  it('stands in the trail without the passwords, and is told by letter, in the person’s language', async () => {
    await browser.call('PATCH', '/api/v1/auth/me', { body: { preferences: { locale: 'zh-CN' } } });
    await change();
    expect(await app.findAudit(person.tenant_id, 'users.password_chosen')).toMatchObject({ outcome: 'success', resource_id: person.user_id, details: { purpose: 'own_change', sessions_ended: 2 } });
    await expect.poll(() => mail.received.findLast(({ to }) => to.includes(person.email))?.subject).toBe('你的 Lyss 密码已修改');
    const letter = await mail.findTo(person.email);
    expect(linkIn(letter).href).toBe('http://localhost:3000/forgotten-password');
    for (const text of [letter.raw, ...app.lines]) for (const secret of [PASSWORD, NEW]) expect(text).not.toContain(secret);
  });

  it('ends older links', async () => {
    await app.call('POST', '/api/v1/auth/password-reset', { body: { email: person.email, workspace: person.workspace }, headers: elsewhere() });
    const letter = await vi.waitUntil(() => mail.received.findLast((sent) => sent.to.includes(person.email) && linkIn(sent).pathname.startsWith('/password-reset/')), { timeout: 10_000 });
    const token = linkIn(letter).pathname.split('/').at(-1);
    const read = () => app.call('GET', `/api/v1/auth/password-reset/${token}`);
    expect((await read()).status).toBe(200);
    await change();
    expect((await read()).status).toBe(401);
  });
});

describe('a refused change', () => {
  it('by a wrong current password says so at its field, leaves an entry, and changes nothing', async () => {
    const refused = await change('not my password at all');
    expect(refused).toMatchObject({ status: 401, body: { error: { code: '2006', details: { issues: [{ path: 'current_password', code: 'password_incorrect', message: 'This is not your current password.' }] } } } });
    expect(await app.findAudit(person.tenant_id, 'users.password_chosen')).toMatchObject({ outcome: 'refused', details: { reason: 'password_incorrect' } });
    expect((await me(browser)).status).toBe(200);
    expect((await login(PASSWORD)).status).toBe(200);
  });

  it.each([['short', 'password_too_short'], ['passwordpassword', 'password_common'], ['the-person-at-the-lake', 'password_contains_name'], ['first-among-the-lakes', 'password_contains_name']])('to %s says why at its field', async (password, code) => {
    expect(await change(PASSWORD, password)).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'password', code }] } } } });
  });

  it.each([null, [], {}, 15, ''])('with %j for a password is 400', async (password) => {
    for (const answer of [await change(PASSWORD, password), await change(password)]) expect(answer.status).toBe(400);
  });

  it('after ten tries is put off, and the person stays signed in and may sign in elsewhere', async () => {
    for (let turn = 0; turn < 10; turn++) expect((await change('not my password at all')).status).toBe(401);
    const locked = await change();
    expect(locked).toMatchObject({ status: 423, body: { error: { code: '2005', details: { reason: 'password_attempts' } } } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await me(browser)).status).toBe(200);
    expect((await login(PASSWORD)).status).toBe(200);
  });

  it('is not what strangers can bring about who lock the account’s sign-in', async () => {
    for (let turn = 0; turn < 11; turn++) await login('a wrong guess of a stranger');
    expect((await login(PASSWORD)).status).toBe(423);
    expect((await change()).status).toBe(200);
  });

  it('by an API key, or by nobody, never comes so far', async () => {
    const made = await app.call('POST', '/api/v1/api-keys', { as: person, body: { name: 'Script', scopes: ['chat.use'] } });
    const body = { current_password: PASSWORD, password: NEW };
    expect((await app.call('PUT', '/api/v1/auth/password', { body, headers: { authorization: `Bearer ${made.body.data.key ?? made.body.data.secret}` } })).status).toBe(403);
    expect((await app.call('PUT', '/api/v1/auth/password', { body })).status).toBe(401);
  });
});

it('ten changes at once end in one password, and in no 5xx', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, turn) => change(PASSWORD, `another quiet lake ${turn}`)));
  const done = answers.flatMap(({ status }, turn) => (status === 200 ? [turn] : []));
  expect(done).toHaveLength(1);
  for (const { status } of answers) expect([200, 401]).toContain(status);
  expect((await login(`another quiet lake ${done[0]}`)).status).toBe(200);
});
