import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type TestApp, type TestPerson } from '../../../../test/app.ts';
import { startMailServer, type MailServer } from '../../../../test/mail-server.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

interface Line {
  email: string;
  name: string;
  outcome: string;
  user_id: string | null;
  invitation: { url: string } | null;
}
const fresh = () => `${crypto.randomUUID()}@example.com`;
const post = (path: string, body: object, as: TestPerson = app.owner, headers: Record<string, string> = {}) => app.call('POST', `/api/v1/admin/users/invitations${path}`, { as, body, headers });
const invite = (people: object[], more: object = {}, as: TestPerson = app.owner) => post('', { people, ...more }, as);
const outcomes = (lines: Line[]) => lines.map(({ outcome }) => outcome);
const list = async (query: string, as: TestPerson = app.owner) => (await app.call('GET', `/api/v1/admin/users?page_size=100&${query}`, { as })).body.data.items;
const accept = (url: string | undefined) => app.call('POST', `/api/v1/auth/invitations/${url?.split('/').at(-1)}`, { body: { password: PASSWORD } });
const entriesOf = async (id: string) => (await app.call('GET', `/api/v1/admin/audit-logs?resource_type=user&resource_id=${id}`, { as: app.owner })).body.data.items;
const someone = async (as: TestPerson = app.owner, more: object = {}): Promise<{ id: string; url: string }> => {
  const [line] = (await invite([{ email: fresh() }], more, as)).body.data.lines;
  return { id: line.user_id, url: line.invitation.url };
};

describe('many at once', () => {
  it('are judged line by line: nothing is done by a preview, and nothing where every line must be sound', async () => {
    const [good, taken] = [fresh(), fresh()];
    await invite([{ email: taken }]);
    const people = [{ email: ` ${good} `, name: 'Ada' }, { email: 'ada@', name: 'Ada' }, { email: good.toUpperCase() }, { email: taken.toUpperCase(), name: 'Taken' }, { email: fresh(), name: 'A\nB' }];
    const expected = ['ready', 'email_invalid', 'repeated', 'already_here', 'name_invalid'];
    expect(outcomes((await invite(people, { mode: 'preview' })).body.data.lines)).toEqual(expected);
    const refused = await invite(people);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'lines_not_sound' } } } });
    expect(refused.body.error.details.lines.map(({ index, outcome }: { index: number; outcome: string }) => [index, outcome])).toEqual([[1, 'email_invalid'], [2, 'repeated'], [3, 'already_here'], [4, 'name_invalid']]);
    expect(await list(`search=${good}`)).toEqual([]);
    const done = await invite(people, { mode: 'sound' });
    expect(outcomes(done.body.data.lines)).toEqual(['invited', ...expected.slice(1)]);
    expect(done.body.data.lines[0]).toMatchObject({ email: good, name: 'Ada' });
    expect((await list(`search=${good}`)).map(({ name }: Line) => name)).toEqual(['Ada']);
  });

  it('get a link each that opens their account, an entry each, their roles, and a name where none was given', async () => {
    const role = (await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: 'Readers', permissions: ['audit.read'] } })).body.data;
    const people = Array.from({ length: 12 }, (_, index) => ({ email: `ina.vited-${index}@example.com` }));
    const { lines, delivery } = (await invite(people, { roles: ['end_user'], custom_role_ids: [role.id], locale: 'zh-CN' })).body.data;
    expect([delivery, lines.length]).toEqual(['by_hand', 12]);
    const rows = await list('search=ina.vited-');
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row).toMatchObject({ status: 'invited', locale: 'zh-CN', roles: ['end_user'], custom_roles: [{ name: 'Readers' }], invitation: { delivery: 'by_hand', failure: null } });
    expect(lines[3].name).toBe('ina.vited-3');
    expect(Math.round((Date.parse(rows[0].invitation.expires_at) - Date.now()) / 3_600_000)).toBe(72);
    for (const { user_id } of lines as Line[]) expect((await entriesOf(user_id ?? '')).map(({ action, details }: { action: string; details: object }) => [action, details])).toEqual([['users.created', { after: { email: expect.any(String), name: expect.any(String), roles: ['end_user'], custom_roles: [role.id] } }]]);
    expect((await accept(lines[5].invitation.url)).body.data.user).toMatchObject({ email: 'ina.vited-5@example.com', custom_roles: [{ name: 'Readers' }] });
  });

  it('of five hundred are done in one call, and of one more in none', async () => {
    const people = Array.from({ length: 500 }, () => ({ email: fresh() }));
    const { lines } = (await invite(people, { custom_role_ids: [] })).body.data;
    expect(new Set(outcomes(lines))).toEqual(new Set(['invited']));
    expect(lines.map(({ email }: Line) => email)).toEqual(people.map(({ email }) => email));
    expect((await invite([...people, { email: fresh() }])).status).toBe(400);
  });

  it('make each person once, however many send the same list at the same time', async () => {
    const people = Array.from({ length: 20 }, () => ({ email: fresh() }));
    const backwards = people.toReversed();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => invite(index % 2 ? backwards : people, { mode: 'sound' })));
    for (const { status } of answers) expect([200, 503]).toContain(status);
    const made = answers.flatMap(({ status, body }) => (status === 200 ? (body.data.lines as Line[]) : [])).filter(({ outcome }) => outcome === 'invited');
    expect(made.map(({ email }) => email).toSorted()).toEqual(people.map(({ email }) => email).toSorted());
  });

  it('with one key are invited once; the links are not shown again', async () => {
    const [body, headers] = [{ people: [{ email: fresh() }] }, { 'idempotency-key': crypto.randomUUID() }];
    expect((await post('', body, app.owner, headers)).status).toBe(200);
    expect(await post('', body, app.owner, headers)).toMatchObject({ status: 409, body: { error: { details: { reason: 'shown_once' } } } });
    expect(await post('', { people: [{ email: fresh() }] }, app.owner, headers)).toMatchObject({ status: 409, body: { error: { details: { reason: 'idempotency_other_body' } } } });
  });

  it('get no role beyond the inviter’s own, none that isn’t there, and not none', async () => {
    const admin = await app.signInAs('tenant_admin');
    expect(await invite([{ email: fresh() }], { roles: ['super_admin'] }, admin)).toMatchObject({ status: 403, body: { error: { code: '2004', details: { reason: 'beyond_own_permissions' } } } });
    expect((await invite([{ email: fresh() }], { custom_role_ids: [crypto.randomUUID()] }, admin)).status).toBe(400);
    expect((await invite([{ email: fresh() }], { roles: [] }, admin)).status).toBe(400);
  });

  it('beyond the plan’s seats are told so, line by line, and those that fit are let in, in their order', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    const limit = (seats: number) => app.call('PATCH', `/api/v1/admin/tenants/${admin.tenant_id}`, { as: app.owner, body: { limits: { seats } } });
    await limit(3);
    const [first, second, third] = [{ email: fresh() }, { email: fresh() }, { email: fresh() }];
    // A line that is not sound takes no seat.
    const people = [{ email: 'nobody' }, first, { email: first.email }, second, third];
    const expected = ['email_invalid', 'ready', 'repeated', 'ready', 'no_seat'];
    expect(outcomes((await invite(people, { mode: 'preview' }, admin)).body.data.lines)).toEqual(expected);
    const refused = await invite([first, second, third], {}, admin);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: '3006', details: { reason: 'lines_not_sound', lines: [{ index: 2, email: third.email, outcome: 'no_seat' }] } } } });
    expect(await list('', admin)).toHaveLength(1);
    const done = await invite(people, { mode: 'sound' }, admin);
    expect(outcomes(done.body.data.lines)).toEqual(expected.map((outcome) => (outcome === 'ready' ? 'invited' : outcome)));
    expect(done.body.data.lines[4]).toMatchObject({ email: third.email, user_id: null, invitation: null });
    await limit(4);
    expect(outcomes((await invite([third], {}, admin)).body.data.lines)).toEqual(['invited']);
    // More people than seats, since the operator lowered them: nobody more.
    await limit(2);
    expect(outcomes((await invite([{ email: fresh() }], { mode: 'preview' }, admin)).body.data.lines)).toEqual(['no_seat']);
  });

  it('fill exactly the seats that are left, however many lists come at once, and no list is refused as a whole', async () => {
    const admin = await app.signInAs('tenant_admin', { tenant: 'new' });
    await app.call('PATCH', `/api/v1/admin/tenants/${admin.tenant_id}`, { as: app.owner, body: { limits: { seats: 11 } } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite(Array.from({ length: 4 }, () => ({ email: fresh() })), { mode: 'sound' }, admin)));
    for (const { status } of answers) expect([200, 503]).toContain(status);
    const told = answers.flatMap(({ status, body }) => (status === 200 ? outcomes(body.data.lines) : []));
    const invited = told.filter((outcome) => outcome === 'invited').length;
    expect(invited).toBe(Math.min(10, told.length));
    expect(told.filter((outcome) => outcome === 'no_seat')).toHaveLength(told.length - invited);
    expect(await list('', admin)).toHaveLength(1 + invited);
  });

  it('say nothing of another tenant’s people', async () => {
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    expect(outcomes((await invite([{ email: app.owner.email }], { mode: 'preview' }, stranger)).body.data.lines)).toEqual(['ready']);
  });
});

describe('an invitation that is open', () => {
  it('is sent again: a new link, the old one dead, an entry', async () => {
    const { id, url } = await someone();
    const [person] = (await post('/resend', { user_ids: [id] })).body.data.people;
    expect(person).toMatchObject({ user_id: id, outcome: 'done', invitation: { url: expect.stringContaining('/invitation/') } });
    expect((await accept(url)).status).toBe(401);
    // The link that was tried in vain leaves an entry too, behind its answer.
    expect((await entriesOf(id)).find(({ action }: { action: string }) => action === 'users.invitation_resent')).toMatchObject({ actor: { user_id: app.owner.user_id } });
    expect((await accept(person.invitation.url)).status).toBe(200);
  });

  it('shows when it has ended, and is found by that', async () => {
    const { id } = await someone();
    const ids = async (status: string) => (await list(`status=${status}`)).map((row: { id: string }) => row.id);
    expect(await ids('expired')).not.toContain(id);
    await app.context.tenancy.withTenant(app.owner.tenant_id, (db) => db.updateTable('user_tokens').set({ expires_at: new Date(Date.now() - 1_000) }).where('user_id', '=', id).execute());
    expect(await ids('expired')).toContain(id);
    expect(await ids('invited')).toContain(id);
    expect((await post('/resend', { user_ids: [id] })).body.data.people[0].outcome).toBe('done');
    expect(await ids('expired')).not.toContain(id);
  });

  it('is taken back: the link is dead, the person gone, the address free, and the entry tells who it was', async () => {
    const { id, url } = await someone();
    const { email } = (await app.call('GET', `/api/v1/admin/users/${id}`, { as: app.owner })).body.data;
    expect((await post('/revoke', { user_ids: [id] })).body.data.people).toEqual([{ user_id: id, outcome: 'done' }]);
    expect((await accept(url)).status).toBe(401);
    expect((await app.call('GET', `/api/v1/admin/users/${id}`, { as: app.owner })).status).toBe(404);
    expect((await entriesOf(id)).find(({ action }: { action: string }) => action === 'users.invitation_revoked')).toMatchObject({ details: { before: { email, status: 'invited', roles: ['end_user'] }, removed: true } });
    expect(outcomes((await invite([{ email }])).body.data.lines)).toEqual(['invited']);
  });

  it('of somebody who was here before is only shut: what they own stays', async () => {
    const person = await app.signInAs('end_user');
    const made = await app.call('POST', '/api/v1/chat/conversations', { as: person, body: { title: 'Mine' } });
    expect(made.status).toBe(201);
    const change = (body: object) => app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body });
    await app.call('POST', `/api/v1/admin/users/${person.user_id}/reset-password`, { as: app.owner });
    await change({ status: 'disabled' });
    expect((await change({ status: 'active' })).body.data.status).toBe('invited');
    expect((await post('/revoke', { user_ids: [person.user_id] })).body.data.people[0].outcome).toBe('done');
    expect((await app.call('GET', `/api/v1/admin/users/${person.user_id}`, { as: app.owner })).body.data.status).toBe('disabled');
    const kept = await app.context.tenancy.withTenant(person.tenant_id, (db) => db.selectFrom('conversations').select('id').where('user_id', '=', person.user_id).execute());
    expect(kept).toEqual([{ id: made.body.data.id }]);
  });

  it('of others is left alone, and each one hears why; a foreign person is as unknown as nobody', async () => {
    const admin = await app.signInAs('tenant_admin');
    const active = await app.signInAs('end_user');
    const stranger = await app.signInAs('tenant_admin', { tenant: 'new' });
    const above = await someone(app.owner, { roles: ['super_admin'] });
    const theirs = await someone(stranger);
    const user_ids = [active.user_id, above.id, theirs.id, crypto.randomUUID()];
    for (const path of ['/resend', '/revoke']) expect((await post(path, { user_ids }, admin)).body.data.people.map(({ outcome }: Line) => outcome)).toEqual(['not_invited', 'beyond', 'not_found', 'not_found']);
    expect((await accept(above.url)).status).toBe(200);
    expect((await accept(theirs.url)).status).toBe(200);
    expect((await app.call('GET', '/api/v1/auth/me', { as: active })).status).toBe(200);
  });

  it('that is accepted and taken back at the same time is one of the two', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, url } = await someone();
      const [accepted, revoked] = await Promise.all([accept(url), post('/revoke', { user_ids: [id] })]);
      const there = (await app.call('GET', `/api/v1/admin/users/${id}`, { as: app.owner })).status;
      expect([accepted.status, revoked.body.data.people[0].outcome, there]).toEqual(accepted.status === 200 ? [200, 'not_invited', 200] : [401, 'done', 404]);
    }
  });
});

describe('with a mail server', () => {
  let mail: MailServer;
  let posting: TestApp;
  beforeAll(async () => {
    mail = await startMailServer();
    posting = await createTestApp({}, { LYSS_SMTP_URL: mail.url, LYSS_MAIL_FROM: 'Lyss <lyss@example.com>' });
  });
  afterAll(async () => {
    await posting.close();
    await mail.close();
  });

  it('sends each one a letter in the background, and the list tells which have left', async () => {
    const people = Array.from({ length: 30 }, () => ({ email: fresh() }));
    const made = await posting.call('POST', '/api/v1/admin/users/invitations', { as: posting.owner, body: { people } });
    expect(made.body.data.delivery).toBe('sent_soon');
    const states = async () => (await posting.call('GET', '/api/v1/admin/users?status=invited&page_size=100', { as: posting.owner })).body.data.items.map((row: { invitation: { delivery: string } }) => row.invitation.delivery);
    await expect.poll(async () => new Set(await states()), { timeout: 15_000 }).toEqual(new Set(['sent']));
    for (const { email } of people) expect(mail.received.filter(({ to }) => to.includes(email))).toHaveLength(1);
    const before = mail.received.length;
    await posting.call('POST', '/api/v1/admin/users/invitations', { as: posting.owner, body: { people, mode: 'preview' } });
    await posting.call('POST', '/api/v1/admin/users/invitations', { as: posting.owner, body: { people } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(mail.received.length).toBe(before);
  });
});
