import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { linkIn, startMailServer, type MailServer } from '../../../../test/mail-server.ts';

let mail: MailServer;
let app: TestApp;
let superuser: Client;
let person: TestPerson;
beforeAll(async () => {
  mail = await startMailServer();
  app = await createTestApp({}, { LYSS_SMTP_URL: mail.url, LYSS_MAIL_FROM: 'Lyss <lyss@example.com>', LYSS_TRUST_PROXY: '1' });
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
});
beforeEach(async () => {
  person = await app.signInAs('end_user');
});
afterAll(async () => {
  await superuser.end();
  await app.close();
  await mail.close();
});

let networks = 0;
/** Each test asks from a network of its own, so that none of them uses up another's attempts. */
const newNetwork = () => `10.${Math.floor(++networks / 250)}.${networks % 250}.7`;
const ask = (body: unknown, network = newNetwork()) => app.call('POST', '/api/v1/auth/password-reset', { body, headers: { 'x-forwarded-for': network } });
const path = (token: string) => `/api/v1/auth/password-reset/${token}`;
const reset = (token: string, password = NEW): Promise<Answer> => app.call('PUT', path(token), { body: { password } });
const login = (password: string) => app.call('POST', '/api/v1/auth/login', { body: { email: person.email, password }, headers: { 'x-forwarded-for': newNetwork() } });
const NEW = 'another-quiet-lake-9';
const dead = { status: 401, body: { error: { code: '2003' } } };
/** Those that were asked for; an admin's say something else. */
const resetLetters = () => mail.received.filter(({ to, text }) => to.includes(person.email) && /Somebody asked|有人在登录页/.test(text));
async function getToken(): Promise<string> {
  const before = resetLetters().length;
  await ask({ email: person.email });
  await expect.poll(() => resetLetters().length, { timeout: 10_000 }).toBe(before + 1);
  return linkIn(resetLetters().at(-1) as never).pathname.split('/').at(-1) ?? '';
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 900));

describe('a forgotten password', () => {
  it('brings a letter with a link that chooses a new one, once, and signs nobody in', async () => {
    expect(await ask({ email: person.email.toUpperCase() })).toMatchObject({ status: 202, body: { data: {} } });
    const letter = await mail.findTo(person.email);
    await expect.poll(() => resetLetters().length).toBe(1);
    expect(letter).toMatchObject({ from: 'lyss@example.com' });
    const token = await getToken();
    expect((await app.call('GET', path(token))).body.data).toEqual({ email: person.email, name: expect.stringMatching(/^Person/), tenant_name: 'First', workspace: 'first', purpose: 'password_reset', shortest_password: 15 });
    const done = await reset(token);
    expect([done.status, done.headers.getSetCookie()]).toEqual([204, []]);
    expect((await login(NEW)).status).toBe(200);
    expect((await login(PASSWORD)).status).toBe(401);
    expect(await app.findAudit(person.tenant_id, 'users.password_chosen')).toMatchObject({ outcome: 'success', resource_id: person.user_id, details: { purpose: 'password_reset' } });
    expect(await reset(token)).toMatchObject(dead);
    expect(await app.call('GET', path(token))).toMatchObject(dead);
    await expect.poll(() => app.findAudit(person.tenant_id, 'users.password_chosen')).toMatchObject({ outcome: 'refused', resource_id: person.user_id, details: { purpose: 'password_reset', reason: 'link_not_usable' } });
    await expect.poll(() => mail.received.findLast(({ to }) => to.includes(person.email))?.subject).toBe('Your Lyss password was changed');
  });

  it('ends every session, and every other link', async () => {
    const [first, second] = [await getToken(), await getToken()];
    await reset(second);
    expect(await reset(first)).toMatchObject(dead);
    await expect.poll(async () => (await app.call('GET', '/api/v1/auth/me', { as: person })).status).toBe(401);
  });

  it('ends no link that an admin made: whoever asks for another person’s changes nothing of theirs', async () => {
    const made = await app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner });
    const token = String(made.body.data.invitation.url).split('/').at(-1) ?? '';
    await getToken();
    expect((await app.call('GET', path(token))).status).toBe(200);
    const { link } = (await app.call('GET', `/api/v1/admin/users/${person.user_id}`, { as: app.owner })).body.data;
    expect(link).toMatchObject({ purpose: 'password_reset', expires_at: made.body.data.invitation.expires_at });
    expect((await reset(token)).status).toBe(204);
  });

  it('dies with a change of role, and after fifteen minutes', async () => {
    const token = await getToken();
    await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { roles: ['tenant_admin'] } });
    expect(await reset(token)).toMatchObject(dead);
    const late = await getToken();
    const { rows } = await superuser.query(`select extract(epoch from expires_at - created_at)::int as seconds from user_tokens where user_id = $1 and used_at is null`, [person.user_id]);
    expect(rows[0].seconds).toBeGreaterThanOrEqual(899);
    expect(rows[0].seconds).toBeLessThanOrEqual(901);
    await superuser.query(`update user_tokens set expires_at = now() - interval '1 second' where user_id = $1`, [person.user_id]);
    expect(await reset(late)).toMatchObject(dead);
  });

  it('of one address in two workspaces brings a letter for each, or for the one that is named', async () => {
    const workspace = `two-${crypto.randomUUID().slice(0, 8)}`;
    const made = await app.call('POST', '/api/v1/admin/tenants', { as: app.owner, body: { name: 'Second house', workspace, admin: { email: person.email, name: 'Same' } } });
    await app.call('POST', `/api/v1/auth/invitations/${String(made.body.data.invitation.url).split('/').at(-1)}`, { body: { password: PASSWORD } });
    await ask({ email: person.email });
    await expect.poll(() => resetLetters().length, { timeout: 10_000 }).toBe(2);
    expect(resetLetters().map(({ text }) => /(First|Second house)/.exec(text)?.[1]).toSorted()).toEqual(['First', 'Second house']);
    await ask({ email: person.email, workspace });
    await expect.poll(() => resetLetters().length, { timeout: 10_000 }).toBe(3);
    expect(resetLetters().at(-1)?.text).toContain('Second house');
  });

  it('leaves the disabled, the invited and the unknown without a letter', async () => {
    const invited = `${crypto.randomUUID()}@example.com`;
    await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email: invited, name: 'Invited' } });
    await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { status: 'disabled' } });
    for (const email of [invited, person.email, 'nobody@example.com']) expect((await ask({ email })).status).toBe(202);
    await settle();
    expect(mail.received.filter(({ text }) => text.includes('/password-reset/')).flatMap(({ to }) => to)).not.toEqual(expect.arrayContaining([invited]));
    expect(resetLetters()).toEqual([]);
  });
});

describe('fifty at once', () => {
  it('of one address bring three letters at most, and no 5xx; a network that asks too often hears so, whoever it asks for', async () => {
    const network = newNetwork();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask({ email: person.email }, network)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    expect(await ask({ email: 'nobody@example.com' }, network)).toMatchObject({ status: 429, body: { error: { code: '1005' } } });
    await expect.poll(() => resetLetters().length, { timeout: 10_000 }).toBe(3);
    await settle();
    expect(resetLetters().length).toBeLessThanOrEqual(3);
  });

  it('with one link change the password once', async () => {
    const token = await getToken();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, turn) => reset(token, `another quiet lake ${turn}`)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const { status } of answers) expect([204, 401, 503]).toContain(status);
  });
});

describe('whether an address is known', () => {
  it('shows in no answer and in no time', async () => {
    const strip = ({ status, headers, body }: Answer) => ({ status, headers: Object.fromEntries(headers), body: { ...body, timestamp: '', request_id: '' } });
    const known: number[] = [];
    const unknown: number[] = [];
    const timed = async (email: string, times: number[]) => {
      const network = newNetwork();
      const started = performance.now();
      const answer = await ask({ email }, network);
      times.push(performance.now() - started);
      answer.headers.delete('x-request-id');
      return strip(answer);
    };
    // Each of them is asked for once: an account that was asked for often is looked after no more.
    const people = Array.from({ length: 60 }, (_, at) => `known-${at}@example.com`);
    await superuser.query(
      `insert into users (tenant_id, id, email, name, roles, locale, status) select $1, gen_random_uuid(), email, 'Known', '{end_user}', 'en-US', 'active' from unnest($2::text[]) email`,
      [person.tenant_id, people],
    );
    for (const [at, email] of people.entries()) {
      const turns = [() => timed(email, known), () => timed(`nobody-${at}@example.com`, unknown)];
      const [one, other] = at % 2 ? [await turns[0]?.(), await turns[1]?.()] : [await turns[1]?.(), await turns[0]?.()];
      expect(one).toEqual(other);
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length / 2] ?? 0;
    // Looking somebody up and writing their link takes several times as long as the answer does: it would be seen.
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(Math.max(2, 0.5 * median(unknown)));
  });
});

describe('a token', () => {
  it.each(['null', 'undefined', '', '[]', '{}', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}%00`])('in the form %j is refused before it is looked up', async (token) => {
    for (const answer of [await app.call('GET', path(token)), await reset(token)]) expect([400, 404]).toContain(answer.status);
  });

  it.each([null, [], {}, 1, '', ['a@example.com']])('an address in the form %j is refused', async (email) => {
    expect((await ask({ email })).status).toBe(400);
  });

  it('with one letter changed is dead, and dies for no other purpose', async () => {
    const token = await getToken();
    for (const at of [0, 20, 42]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(await reset(token.slice(0, at) + other + token.slice(at + 1))).toMatchObject(dead);
    }
    expect(await app.call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: NEW } })).toMatchObject(dead);
    expect(await app.call('GET', `/api/v1/auth/invitations/${token}`)).toMatchObject(dead);
    const made = await app.call('POST', '/api/v1/admin/users', { as: app.owner, body: { email: `${crypto.randomUUID()}@example.com`, name: 'Invited' } });
    const invitation = String(made.body.data.invitation.url).split('/').at(-1) ?? '';
    expect(await reset(invitation)).toMatchObject(dead);
    expect(await app.call('GET', path(invitation))).toMatchObject(dead);
    expect((await reset(token)).status).toBe(204);
  });

  it('stands in no row, no log line and no audit entry', async () => {
    const token = await getToken();
    const { rows } = await superuser.query<{ row: string }>(`select to_jsonb(t)::text as row from user_tokens t union all select to_jsonb(a)::text from audit_entries a`);
    for (const text of [...rows.map(({ row }) => row), ...app.lines]) expect(text).not.toContain(token);
  });

  it('chooses no weak password, nor one with the person’s or the tenant’s name, and can be used after that', async () => {
    const token = await getToken();
    for (const [password, code] of [['short', 'password_too_short'], ['passwordpassword', 'password_common'], ['person-of-the-quiet-lake', 'password_contains_name'], ['the-first-quiet-lake', 'password_contains_name']]) {
      expect(await reset(token, password)).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'password', code }] } } } });
    }
    expect((await reset(token)).status).toBe(204);
  });
});

describe('without a mail server', () => {
  it('the answer is the same, nothing is made, and the trail says that somebody asked', async () => {
    const bare = await createTestApp();
    expect((await bare.call('GET', '/api/v1/setup')).body.data).toEqual({ needed: false, mail: false, passkeys: true });
    expect((await app.call('GET', '/api/v1/setup')).body.data).toEqual({ needed: false, mail: true, passkeys: true });
    expect((await bare.call('POST', '/api/v1/auth/password-reset', { body: { email: bare.owner.email } })).status).toBe(202);
    await expect.poll(() => bare.findAudit(bare.owner.tenant_id, 'users.password_reset_asked')).toMatchObject({ details: { delivery: 'no_mail_server' } });
    await bare.close();
  });
});
