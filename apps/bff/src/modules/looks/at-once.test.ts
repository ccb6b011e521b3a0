import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';

let app: TestApp;
let other: Client;
let watcher: Client;
let subject: TestPerson;
let looker: TestPerson;
let role_id: string;
beforeAll(async () => {
  app = await createTestApp();
  [other, watcher] = [new Client({ connectionString: app.database.superuser_url }), new Client({ connectionString: app.database.superuser_url })];
  await Promise.all([other.connect(), watcher.connect()]);
});
beforeEach(async () => {
  subject = await app.signInAs('end_user');
  const role = await app.call('POST', '/api/v1/admin/roles', { as: app.owner, body: { name: crypto.randomUUID(), permissions: ['users.read', 'users.look'] } });
  role_id = role.body.data.id;
  const person = await app.signInAs('end_user');
  await app.call('PATCH', `/api/v1/admin/users/${person.user_id}`, { as: app.owner, body: { custom_role_ids: [role_id] } });
  const tokens = await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'password', username: person.email, password: PASSWORD }) });
  looker = { ...person, access_token: tokens.body.access_token };
  // As every request before it would have: what may be done is known, and the change that comes is not.
  await app.call('GET', '/api/v1/auth/me', { as: looker });
});
afterEach(() => other.query('rollback'));
afterAll(async () => {
  await Promise.all([other.end(), watcher.end()]);
  await app.close();
});

const start = () => app.call('POST', `/api/v1/admin/users/${subject.user_id}/looks`, { as: looker, body: { reason: 'Ticket 4711: an answer is missing' } });
const isWaiting = async () => (await watcher.query(`select 1 from pg_stat_activity where datname = current_database() and application_name = 'lyss' and wait_event_type = 'Lock'`)).rows.length > 0;

/** Makes a change that is not committed yet, begins a request, and commits once that waits or is answered. */
async function meanwhile(change: string, values: unknown[], request: () => Promise<Answer>): Promise<Answer> {
  await other.query('begin');
  await other.query(`select set_config('app.tenant_id', $1, true)`, [looker.tenant_id]);
  await other.query(change, values);
  let is_answered = false;
  const answer = request().finally(() => (is_answered = true));
  await expect.poll(async () => is_answered || (await isWaiting()), { timeout: 3_000 }).toBe(true);
  await other.query('commit');
  return answer;
}

const changes: [string, string, () => unknown[], number][] = [
  ['what the looker’s role grants', `update roles set permissions = '{users.read}' where id = $1`, () => [role_id], 403],
  ['which roles the looker has', `with held as (select id from users where id = $1 for update) delete from user_roles where user_id in (select id from held)`, () => [looker.user_id], 403],
  ['whether the looker is active', `update users set status = 'disabled' where id = $1`, () => [looker.user_id], 401],
  ['the looker’s session', `update sessions set revoked_at = now(), revoke_reason = 'signed_out' where user_id = $1 and revoked_at is null`, () => [looker.user_id], 401],
  ['what the subject may do', `update users set roles = '{tenant_admin}' where id = $1`, () => [subject.user_id], 403],
];

describe('a change that commits in the same instant', () => {
  it.each(changes)('of %s lets no look begin', async (_what, change, values, status) => {
    const answer = await meanwhile(change, values(), start);
    expect(answer.status).toBe(status);
    expect((await watcher.query('select 1 from looks where looker_id = $1 and ended_at is null', [looker.user_id])).rows).toEqual([]);
  });

  it.each(changes)('of %s lets no look be read that it has ended', async (_what, change, values) => {
    const { id } = (await start()).body.data;
    const answer = await meanwhile(change, values(), () => app.call('GET', `/api/v1/looks/${id}/conversations`, { as: looker }));
    expect([answer.status, answer.body.error?.details?.reason]).toEqual([409, 'look_ended']);
  });
});

it('a look that is being read is not ended in its midst: who takes the right waits', async () => {
  const { id } = (await start()).body.data;
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => app.call('GET', `/api/v1/looks/${id}/conversations`, { as: looker })),
    app.call('PATCH', `/api/v1/admin/users/${looker.user_id}`, { as: app.owner, body: { custom_role_ids: [] } }),
    ...Array.from({ length: 4 }, () => app.call('GET', `/api/v1/looks/${id}/conversations`, { as: looker })),
  ]);
  for (const { status } of answers) expect([200, 401, 403, 409]).toContain(status);
});
