import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../test/app.ts';
import { ACCESS_COOKIE, openBrowser, REFRESH_COOKIE } from '../../../test/browser.ts';

vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

let app: TestApp;
let member: TestPerson;
beforeAll(async () => {
  app = await createTestApp({}, { LYSS_TRUST_PROXY: '1' });
  member = await app.signInAs('end_user');
});
afterAll(() => app.close());

let networks = 0;
/** Each test from a network of its own, so that one's failures are not another's throttle. */
const elsewhere = () => ({ 'x-forwarded-for': `10.${Math.floor(++networks / 250)}.${networks % 250}.1` });

const login = (body: object, headers: Record<string, string> = elsewhere()) => app.call('POST', '/api/v1/auth/login', { body, headers });
const withoutIds = ({ status, body }: { status: number; body: object }) => ({ status, body: { ...body, request_id: 0, timestamp: 0 } });

describe('a wrong password and an unknown address', () => {
  it('are one answer after the same work', async () => {
    const hashes = vi.mocked(verify);
    const attempts = [
      { email: member.email, password: 'not-the-password-at-all' },
      { email: 'nobody@example.com', password: PASSWORD },
      { email: member.email, password: PASSWORD, workspace: 'no-such-workspace' },
    ];
    const answers = [];
    for (const attempt of attempts) {
      hashes.mockClear();
      answers.push(withoutIds(await login(attempt)));
      expect(hashes).toHaveBeenCalledTimes(1);
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { error: { code: '2006' } } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('says the same in OAuth’s words to a script', async () => {
    const ask = (username: string, password: string) =>
      app.call('POST', '/api/v1/auth/token', { headers: elsewhere(), body: new URLSearchParams({ grant_type: 'password', username, password }) });
    const wrong = await ask(member.email, 'not-the-password-at-all');
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await ask('nobody@example.com', PASSWORD)).body).toEqual(wrong.body);
  });

  it('is recorded as refused in the person’s own tenant, without the password', async () => {
    await login({ email: member.email, password: 'canary-password-never-stored' });
    // Written behind the answer.
    const entry = await vi.waitFor(async () => {
      const newest = await app.findAudit(member.tenant_id, 'auth.signed_in');
      expect(newest).toMatchObject({ outcome: 'refused', resource_id: member.user_id, details: { reason: 'password_incorrect' } });
      return newest;
    }, { timeout: 20_000 });
    expect(JSON.stringify(entry)).not.toContain('canary');
  });

  it('is the same for somebody invited who never chose a password', async () => {
    await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email: 'invited@example.com', name: 'Invited' } });
    expect(await login({ email: 'invited@example.com', password: PASSWORD })).toMatchObject({ status: 401, body: { error: { code: '2006' } } });
  });
});

describe('a right password', () => {
  it('compares addresses without case and passwords by their form, not their keyboard', async () => {
    expect((await login({ email: member.email.toUpperCase(), password: PASSWORD })).status).toBe(200);
    const wide = [...PASSWORD].map((letter) => (/[a-z]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter)).join('');
    expect((await login({ email: member.email, password: wide })).status).toBe(200);
  });

  it('puts both tokens into cookies with exactly these attributes, and none into the body', async () => {
    const answer = await login({ email: member.email, password: PASSWORD });
    const [access = '', refresh = '', ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(access).toMatch(/^__Host-lyss_at=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=600$/);
    expect(refresh).toMatch(/^__Host-lyss_rt=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=604800$/);
    const values = [access, refresh].map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';')));
    for (const token of values) expect(JSON.stringify(answer.body)).not.toContain(token);
    expect(answer.body.data).toMatchObject({ expires_in: 600, user: { email: member.email, insecure_transport: false } });
  });

  it('gives an operator’s session 24 hours', async () => {
    const { email } = await app.signInAs('super_admin', { enrolled: false });
    const answer = await login({ email, password: PASSWORD });
    expect(answer.headers.getSetCookie()[1]).toContain('Max-Age=86400');
  });

  it('asks which workspace only after the password matched in several', async () => {
    const twin = { email: member.email, name: 'Twin' };
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'Twin tenant', workspace: 'twin', admin: twin } });
    const token = String(made.body.data.invitation.url).split('/').at(-1);
    expect((await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: PASSWORD } })).status).toBe(200);
    const which = await login({ email: member.email, password: PASSWORD });
    expect(which.status).toBe(409);
    expect(which.headers.getSetCookie()).toEqual([]);
    expect(which.body.error).toMatchObject({ code: '3005', details: { workspaces: [{ workspace: 'first', name: 'First' }, { workspace: 'twin', name: 'Twin tenant' }] } });
    const wrong = await login({ email: member.email, password: 'not-the-password-at-all' });
    expect(JSON.stringify(wrong.body)).not.toContain('twin');
    expect((await login({ email: member.email, password: PASSWORD, workspace: 'twin' })).body.data.user.tenant.workspace).toBe('twin');
  });
});

describe('several workspaces', () => {
  it('cost an address in none of them the same work, up to four; of more, everybody is told to name one', async () => {
    const hashes = vi.mocked(verify);
    const wrong = { password: 'not-the-password-at-all' };
    const ask = async (body: object) => {
      hashes.mockClear();
      const { status, body: answer } = await login({ ...wrong, ...body });
      return { status, error: answer.error, hashes: hashes.mock.calls.length };
    };
    const workspaces = Number((await app.context.tenancy.lookUp<{ n: number }>('select count_workspaces(100) as n', []))[0]?.n);
    const known = await ask({ email: member.email });
    expect(known).toMatchObject({ status: 401, hashes: workspaces, error: { code: '2006' } });
    expect(await ask({ email: 'nobody@several.example' })).toEqual(known);
    for (let more = workspaces; more < 5; more++) await app.signInAs('tenant_admin', { tenant: 'new' });
    const crowded = await ask({ email: member.email });
    expect(crowded).toMatchObject({ hashes: 4, error: { code: '2006', details: { reason: 'workspace_needed' } } });
    expect(await ask({ email: 'nobody@several.example' })).toEqual(crowded);
    expect(await ask({ email: member.email, workspace: 'first' })).toMatchObject({ hashes: 1 });
  });
});

describe('the throttle', () => {
  const ATTEMPTS = 10;

  it('locks an account after ten failures, from wherever, and says when to come back; who is signed in stays', async () => {
    const victim = await app.signInAs('end_user');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) expect((await login({ email: victim.email, password: 'wrong-wrong-wrong' })).status).toBe(401);
    const locked = await login({ email: victim.email, password: PASSWORD });
    expect(locked).toMatchObject({ status: 423, body: { error: { code: '2005' } } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
    const form = new URLSearchParams({ grant_type: 'password', username: victim.email.toUpperCase(), password: PASSWORD });
    expect((await app.call('POST', '/api/v1/auth/token', { body: form, headers: elsewhere() })).status).toBe(400);
    expect((await app.call('GET', '/api/v1/auth/me', { as: victim })).status).toBe(200);
    const refreshed = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: victim.refresh_token }) });
    expect(refreshed.status).toBe(200);
  });

  it('locks a network after thirty failures whoever they were about, and no other network', async () => {
    const here = elsewhere();
    for (let attempt = 0; attempt < 30; attempt++) {
      const neighbour = { 'x-forwarded-for': here['x-forwarded-for'].replace(/1$/, String((attempt % 250) + 1)) };
      expect((await login({ email: `nobody-${attempt}@example.com`, password: PASSWORD }, neighbour)).status).toBe(401);
    }
    const refused = await login({ email: member.email, password: PASSWORD, workspace: 'first' }, here);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: '1005' } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await login({ email: member.email, password: PASSWORD, workspace: 'first' })).status).toBe(200);
  });

  it('goes on counting guesses at an address in one workspace while it signs in rightly in another', async () => {
    const victim = await app.signInAs('end_user');
    const admin = { email: victim.email, name: 'Impostor' };
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'Rogue', workspace: 'rogue', admin } });
    const own = 'other-waters-run-quiet-9';
    await app.call('POST', `/api/v1/auth/invitations/${String(made.body.data.invitation.url).split('/').at(-1)}`, { body: { password: own } });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      expect((await login({ email: victim.email, password: `a-guess-at-it-${attempt}`, workspace: 'first' })).status).toBe(401);
      if (attempt < ATTEMPTS - 1) expect((await login({ email: victim.email, password: own, workspace: 'rogue' })).status).toBe(200);
    }
    expect((await login({ email: victim.email, password: PASSWORD, workspace: 'first' })).status).toBe(423);
    // Written behind the answers, each by itself: that of the last guess may come after it.
    const readReasons = async () => {
      const { body } = await app.call('GET', `/api/v1/admin/audit-logs?action=auth.signed_in&outcome=refused&resource_id=${victim.user_id}&page_size=100`, { as: app.owner });
      return body.data.items.map(({ details }: { details: { reason: string } }) => details.reason);
    };
    await expect.poll(readReasons).toContain('account_locked');
  });

  it('does not count what was right', async () => {
    const here = elsewhere();
    for (let attempt = 0; attempt < ATTEMPTS + 2; attempt++) expect((await login({ email: member.email, password: PASSWORD, workspace: 'first' }, here)).status).toBe(200);
  });

  it('turns a crowd away with 503 and Retry-After, never with 500', async () => {
    const crowd = await Promise.all(Array.from({ length: 60 }, (_, person) => login({ email: `nobody-${person}@crowd.example`, password: PASSWORD })));
    const statuses = new Set(crowd.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([401, 503]);
    for (const answer of crowd) if (answer.status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('carriers', () => {
  it('refuses a cookie and an Authorization header at once', async () => {
    const browser = openBrowser(app);
    await browser.signIn(member);
    const authorization = `Bearer ${member.access_token}`;
    expect(await browser.call('GET', '/api/v1/auth/me', { headers: { authorization } })).toMatchObject({ status: 400, body: { error: { code: '1001' } } });
    const refreshOnly = { authorization, cookie: `${REFRESH_COOKIE}=${browser.cookies.get(REFRESH_COOKIE)}` };
    expect((await app.call('POST', '/api/v1/auth/logout', { headers: refreshOnly })).status).toBe(400);
    expect((await browser.call('GET', '/api/v1/auth/me')).status).toBe(200);
  });

  it('takes a cookie that stands twice for none', async () => {
    const browser = openBrowser(app);
    await browser.signIn(member);
    const pair = `${ACCESS_COOKIE}=${browser.cookies.get(ACCESS_COOKIE)}`;
    expect((await app.call('GET', '/api/v1/auth/me', { headers: { cookie: `${pair}; ${pair}` } })).status).toBe(401);
    expect((await app.call('GET', '/api/v1/auth/me', { headers: { cookie: `x=1; ${pair}; y=2` } })).status).toBe(200);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'Bearer a b', `Bearer ${'a'.repeat(5000)}`, 'Bearer \u00e9'])('refuses the header %j as a bad token', async (authorization) => {
    expect(await app.call('GET', '/api/v1/auth/me', { headers: { authorization } })).toMatchObject({ status: 401, body: { error: { code: '2003' } } });
  });

  it('without https drops the prefix and Secure, and tells everybody', async () => {
    const plain = await createTestApp({}, { LYSS_PUBLIC_URL: 'http://lyss.example', LYSS_ALLOW_HTTP: '1' });
    const { email } = await plain.signInAs('end_user');
    const answer = await plain.call('POST', '/api/v1/auth/login', { body: { email, password: PASSWORD } });
    expect(answer.body.data.user.insecure_transport).toBe(true);
    for (const line of answer.headers.getSetCookie()) expect(line).toMatch(/^lyss_[ar]t=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    await plain.close();
  });
});

describe('a password that is replaced while a sign-in verifies the old one', () => {
  const replaceMeanwhile = async (person: TestPerson, change: () => Promise<unknown>) => {
    const real = await vi.importActual<typeof import('@node-rs/argon2')>('@node-rs/argon2');
    vi.mocked(verify).mockImplementationOnce(async (...given) => {
      const fits = await real.verify(...given);
      await change();
      return fits;
    });
    return login({ email: person.email, password: PASSWORD, workspace: person.workspace });
  };

  it('opens nothing any more', async () => {
    const person = await app.signInAs('end_user');
    const answer = await replaceMeanwhile(person, () => app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner }));
    expect(answer).toMatchObject({ status: 401, body: { error: { code: '2006' } } });
    const again = await login({ email: person.email, password: PASSWORD, workspace: person.workspace });
    expect(again.status, 'the old one is gone for good').toBe(401);
  });

  it('is looked at again where another sign-in only renewed its hash', async () => {
    const person = await app.signInAs('end_user');
    const { hash } = await vi.importActual<typeof import('@node-rs/argon2')>('@node-rs/argon2');
    const renewed = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    const renew = () => app.context.tenancy.withTenant(person.tenant_id, (db) => db.updateTable('users').set({ password_hash: renewed }).where('id', '=', person.user_id).execute());
    expect((await replaceMeanwhile(person, renew)).status).toBe(200);
  });

  it('lets nobody in who was disabled meanwhile', async () => {
    const person = await app.signInAs('end_user');
    const answer = await replaceMeanwhile(person, () => app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { status: 'disabled' } }));
    expect(answer).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'user_disabled' } } } });
  });
});
