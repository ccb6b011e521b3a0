import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../../test/app.ts';
import { AppError } from '../errors.ts';
import { answerOnce, type IdempotencyStore, type IdempotentCall } from './idempotency.ts';

let app: TestApp;
let superuser: Client;
let other: TestPerson;
beforeAll(async () => {
  app = await createTestApp();
  superuser = new Client({ connectionString: app.database.superuser_url });
  await superuser.connect();
  other = await app.signInAs('tenant_admin');
});
afterAll(async () => {
  await superuser.end();
  await app.close();
});

const CONVERSATIONS = '/api/v1/chat/conversations';
const post = (key: string, body: unknown, { as = app.owner, path = CONVERSATIONS } = {}) => app.call('POST', path, { as, body, headers: { 'idempotency-key': key } });
const count = async () => (await superuser.query(`select count(*)::int as n from conversations`)).rows[0].n as number;
const clash = (reason: string) => ({ status: 409, body: { error: { code: '3005', details: { reason } } } });

const done = (resource_type: string, resource_id: string) => ({ status: 409, body: { error: { code: '3005', details: { reason: 'idempotency_done', resource_type, resource_id } } } });
/** As after a crash between the work's commit and the answer's; with a request id of nobody's, as after one before the commit. */
const cutOff = (key: string, request_id: string | null = null) =>
  superuser.query(`update idempotency_keys set status = null, body = null, renewed_at = now() - interval '31 seconds', request_id = coalesce($2, request_id) where key = $1`, [key, request_id]);
const passSeconds = (seconds: number) => superuser.query(`update idempotency_keys set renewed_at = renewed_at - make_interval(secs => $1)`, [seconds]);

/** The bytes of an answer, which parsing would hide. */
async function bytes(key: string, body: unknown) {
  const headers = { authorization: `Bearer ${app.owner.access_token}`, 'content-type': 'application/json', 'idempotency-key': key };
  const response = await app.app.request(`${ORIGIN}${CONVERSATIONS}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, type: response.headers.get('content-type'), replayed: response.headers.get('idempotency-replayed'), text: await response.text() };
}

describe('an Idempotency-Key', () => {
  it('with the same body replays the first answer byte for byte and does nothing again', async () => {
    const first = await bytes('once', { title: 'Once' });
    expect(first).toMatchObject({ status: 201, replayed: null });
    const made = await count();
    const second = await bytes('once', { title: 'Once' });
    expect(second).toEqual({ ...first, replayed: 'true' });
    expect(await count()).toBe(made);
  });

  it('with another body, or on another route, is 409', async () => {
    await post('body', { title: 'One' });
    expect(await post('body', { title: 'Two' })).toMatchObject(clash('idempotency_other_body'));
    expect(await post('body', { title: 'One' }, { path: '/api/v1/admin/users' })).toMatchObject({ status: 400 });
    expect(await post('body', { email: 'a@b.example', name: 'A' }, { path: '/api/v1/admin/users' })).toMatchObject(clash('idempotency_other_body'));
  });

  it('whose first call still runs is 409 with Retry-After', async () => {
    await post('runs', { title: 'Runs' });
    await superuser.query(`update idempotency_keys set status = null, body = null where key = 'runs'`);
    const answer = await post('runs', { title: 'Runs' });
    expect(answer).toMatchObject(clash('idempotency_running'));
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('whose first call was cut off after its work was committed does nothing again, and says what was made', async () => {
    const first = await post('committed', { title: 'Committed' });
    const made = await count();
    await cutOff('committed');
    const answers = [await post('committed', { title: 'Committed' }), await post('committed', { title: 'Committed' })];
    for (const answer of answers) expect(answer).toMatchObject(done('conversation', first.body.data.id));
    expect(await count()).toBe(made);
  });

  it('whose first call was cut off before anything was committed is done by one of those who come back, once', async () => {
    await post('lost', { title: 'Lost' });
    await cutOff('lost', 'of-nobody');
    const made = await count();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('lost', { title: 'Lost' })));
    // Whoever comes after the one that did it is told to wait, or gets its answer again.
    expect(answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'))).toHaveLength(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(await count()).toBe(made + 1);
    expect((await post('lost', { title: 'Lost' })).headers.get('idempotency-replayed')).toBe('true');
  });

  it('is not taken for done because of another call that had the same request id', async () => {
    await post('batch', { title: 'Batch' });
    await cutOff('batch', 'batch-7');
    await app.call('PATCH', '/api/v1/auth/me', { as: app.owner, body: { name: 'Olive' }, headers: { 'x-request-id': 'batch-7' } });
    const made = await count();
    expect((await post('batch', { title: 'Batch' })).status).toBe(201);
    expect(await count()).toBe(made + 1);
  });

  it('of an operator’s call is known by the platform’s audit, and not by another’s call with the same request id', async () => {
    const tenant = { name: 'Cut', workspace: 'cut-off', locale: 'en-US', currency: 'USD', time_zone: 'UTC', admin: { email: 'cut@example.com', name: 'Cut' } };
    const path = '/api/v1/admin/tenants';
    const first = await post('tenant', tenant, { path });
    expect(first.status).toBe(201);
    await cutOff('tenant');
    expect(await post('tenant', tenant, { path })).toMatchObject(done('tenant', first.body.data.tenant.id));
    await superuser.query(`update platform_audit_entries set actor_user_id = $1`, [other.user_id]);
    expect(await post('tenant', tenant, { path })).toMatchObject(clash('workspace_taken'));
  });

  it('whose first call failed after its work was done does nothing again', async () => {
    // What the database makes of it breaks the answer's schema, so the answer fails when all is committed.
    await superuser.query(`create function spoil() returns trigger language plpgsql as 'begin new.version := 0; return new; end'`);
    await superuser.query(`create trigger spoil before insert on conversations for each row execute function spoil()`);
    const made = await count();
    const first = await post('spoilt', { title: 'Spoilt' });
    await superuser.query(`drop trigger spoil on conversations`);
    expect([first.status, await count()]).toEqual([500, made + 1]);
    expect(await post('spoilt', { title: 'Spoilt' })).toMatchObject(clash('idempotency_running'));
    await passSeconds(6);
    expect(await post('spoilt', { title: 'Spoilt' })).toMatchObject(clash('idempotency_done'));
    expect(await count()).toBe(made + 1);
    await superuser.query(`delete from conversations where title = 'Spoilt'`);
  });

  it('whose first call failed with nothing done is free again six seconds later, when no connection can still commit', async () => {
    await superuser.query(`create function refuse() returns trigger language plpgsql as 'begin raise exception ''away''; end'`);
    await superuser.query(`create trigger refuse before insert on conversations for each row execute function refuse()`);
    expect((await post('failed', { title: 'Failed' })).status).toBe(500);
    await superuser.query(`drop trigger refuse on conversations`);
    expect(await post('failed', { title: 'Failed' })).toMatchObject(clash('idempotency_running'));
    await passSeconds(6);
    expect(await post('failed', { title: 'Failed' })).toMatchObject({ status: 201, body: { data: { title: 'Failed' } } });
  });

  it('that cannot be kept keeps nobody from the answer, and does nothing again', async () => {
    await superuser.query(`create trigger refuse before update on idempotency_keys for each row execute function refuse()`);
    const made = await count();
    const first = await post('unkept', { title: 'Unkept' });
    await superuser.query(`drop trigger refuse on idempotency_keys`);
    expect(first).toMatchObject({ status: 201, body: { data: { title: 'Unkept' } } });
    await passSeconds(30);
    expect(await post('unkept', { title: 'Unkept' })).toMatchObject(done('conversation', first.body.data.id));
    expect(await count()).toBe(made + 1);
  });

  it('is another key after a day, and is tidied away', async () => {
    await superuser.query(`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'runs'`);
    const anew = await post('runs', { title: 'Another day' });
    expect(anew).toMatchObject({ status: 201, body: { data: { title: 'Another day' } } });
    expect(anew.headers.get('idempotency-replayed')).toBeNull();
    await superuser.query(`update idempotency_keys set created_at = now() - interval '25 hours' where user_id = $1`, [app.owner.user_id]);
    await post('tidy', { title: 'Tidy' });
    const left = await superuser.query<{ key: string }>(`select key from idempotency_keys where user_id = $1`, [app.owner.user_id]);
    expect(left.rows).toEqual([{ key: 'tidy' }]);
  });

  it('of twenty calls at once does the work once', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('crowd', { title: 'Crowd' })));
    expect(await count()).toBe(before + 1);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => body.data.id)).size).toBe(1);
    for (const { status, body } of answers) if (status !== 201) expect({ status, body }).toMatchObject(clash('idempotency_running'));
  });

  it('belongs to one person: another’s same key is another key', async () => {
    const mine = await post('shared', { title: 'Shared' });
    const theirs = await post('shared', { title: 'Shared' }, { as: other });
    expect(theirs.headers.get('idempotency-replayed')).toBeNull();
    expect(theirs.body.data.id).not.toBe(mine.body.data.id);
  });

  it('never replays what is shown once: the second call hears that it was given', async () => {
    const body = { email: 'shown-once@example.com', name: 'Once' };
    const first = await post('secret', body, { path: '/api/v1/admin/users' });
    expect(first.status).toBe(201);
    const second = await post('secret', body, { path: '/api/v1/admin/users' });
    expect(second).toMatchObject(clash('shown_once'));
    const token = String(first.body.data.invitation.url).split('/').at(-1) ?? '';
    const stored = await superuser.query<{ row: string }>(`select to_jsonb(k)::text || coalesce(convert_from(body, 'UTF8'), '') as row from idempotency_keys k`);
    for (const { row } of stored.rows) expect(row).not.toContain(token);
  });

  it('of a call that was refused can be used again', async () => {
    expect((await post('refused', { email: 'not-an-address' }, { path: '/api/v1/admin/users' })).status).toBe(400);
    expect((await post('refused', { email: 'retry@example.com', name: 'R' }, { path: '/api/v1/admin/users' })).status).toBe(201);
    expect((await post('taken', { email: 'retry@example.com', name: 'R' }, { path: '/api/v1/admin/users' })).status).toBe(409);
    expect(await post('taken', { email: 'retry@example.com', name: 'R' }, { path: '/api/v1/admin/users' })).toMatchObject({ body: { error: { code: '3002' } } });
  });

  it.each(['', ' ', 'a b', 'x'.repeat(256), 'tab\there', 'ü'])('%j is no key', async (key) => {
    const answer = await post(key, { title: 'x' });
    // Leading and trailing space is not part of a header, so a key of space alone is an empty one.
    expect(answer).toMatchObject({ status: 400, body: { error: { code: '1001', details: { issues: [{ path: 'Idempotency-Key' }] } } } });
  });

  it('is no business of anything but POST', async () => {
    const change = (name: string) => app.call('PATCH', '/api/v1/auth/me', { as: app.owner, body: { name }, headers: { 'idempotency-key': 'patch' } });
    expect((await change('One')).body.data.name).toBe('One');
    expect((await change('Two')).body.data.name).toBe('Two');
  });

  it('on a stream starts one reply, and gives the second caller the same stream', async () => {
    const models = await app.call('GET', '/api/v1/models', { as: app.owner });
    const { body } = await app.call('POST', CONVERSATIONS, { as: app.owner, body: {} });
    const path = `${CONVERSATIONS}/${body.data.id}/replies`;
    const send = () => post('reply', { content: 'demo:echo', model: models.body.data.items[0].name }, { path });
    const [first, second] = [await send(), await send()];
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('content-location')).toBe(first.headers.get('content-location'));
    expect(second.body).toBe(first.body);
    expect((await app.call('GET', `${CONVERSATIONS}/${body.data.id}/messages`, { as: app.owner })).body.data.items).toHaveLength(2);
  });
});

it.each(['TOKEN_INVALID', 'DATABASE_ERROR'] as const)('a key that can’t be let go of hides nothing of what the work itself failed with: %s', async (name) => {
  const away = () => Promise.reject(new AppError('SERVICE_UNAVAILABLE'));
  const store: IdempotencyStore = { begin: async () => ({ state: 'new' }), renew: away, finish: away, forget: away, abandon: away };
  const failure = new AppError(name);
  // The store alone looks at the call.
  const answered = answerOnce(store, {} as IdempotentCall, true, () => Promise.reject(failure), () => Promise.reject(failure));
  await expect(answered).rejects.toBe(failure);
});
