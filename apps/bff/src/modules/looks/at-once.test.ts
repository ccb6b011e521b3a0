import { AsyncLocalStorage } from 'node:async_hooks';
import { sql, type RawBuilder } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestApp, PASSWORD, type Answer, type TestApp, type TestPerson } from '../../../test/app.ts';
import { callDuring, holdUntilWaitedFor } from '../../../test/call-during.ts';
import { asAnother } from '../../../test/watched-tenancy.ts';
import type { TenantDb } from '../../db/tenancy.ts';

let app: TestApp;
let subject: TestPerson;
let looker: TestPerson;
let role_id: string;
beforeAll(async () => {
  app = await createTestApp();
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
afterEach(() => vi.restoreAllMocks());
afterAll(() => app.close());

const start = () => app.call('POST', `/api/v1/admin/users/${subject.user_id}/looks`, { as: looker, body: { reason: 'Ticket 4711: an answer is missing' } });
const read = (id: string) => app.call('GET', `/api/v1/looks/${id}/conversations`, { as: looker });
const meanwhile = (change: RawBuilder<unknown>, request: () => Promise<Answer>) => callDuring(app, looker.tenant_id, (db) => change.execute(db), request);
const listOpen = () => app.context.tenancy.withTenant(looker.tenant_id, (db) => db.selectFrom('looks').select('id').where('looker_id', '=', looker.user_id).where('ended_at', 'is', null).execute());

const changes: [string, () => RawBuilder<unknown>, number][] = [
  ['what the looker’s role grants', () => sql`update roles set permissions = '{users.read}' where id = ${role_id}`, 403],
  ['which roles the looker has', () => sql`with held as (select id from users where id = ${looker.user_id} for update) delete from user_roles where user_id in (select id from held)`, 403],
  ['whether the looker is active', () => sql`update users set status = 'disabled' where id = ${looker.user_id}`, 401],
  ['the looker’s session', () => sql`update sessions set revoked_at = now(), revoke_reason = 'signed_out' where user_id = ${looker.user_id} and revoked_at is null`, 401],
  ['what the subject may do', () => sql`update users set roles = '{tenant_admin}' where id = ${subject.user_id}`, 403],
];

describe('a change that commits in the same instant', () => {
  it.each(changes)('of %s lets no look begin', async (_what, change, status) => {
    const answer = await meanwhile(change(), start);
    expect([answer.status, await listOpen()]).toEqual([status, []]);
  });

  it.each(changes)('of %s lets no look be read that it has ended', async (_what, change) => {
    const { id } = (await start()).body.data;
    const answer = await meanwhile(change(), () => read(id));
    expect([answer.status, answer.body.error?.details?.reason]).toEqual([409, 'look_ended']);
  });
});

it('a look that is being read is not ended in its midst: who takes the right waits', async () => {
  const { id } = (await start()).body.data;
  const before_commit = new AsyncLocalStorage<(db: TenantDb) => Promise<unknown>>();
  const { withTenant } = app.context.tenancy;
  vi.spyOn(app.context.tenancy, 'withTenant').mockImplementation((tenant_id, work) =>
    withTenant(tenant_id, async (db) => {
      const done = await work(db);
      await before_commit.getStore()?.(db);
      return done;
    }),
  );
  let taking: Promise<Answer> | undefined;
  const take = () => app.call('PATCH', `/api/v1/admin/users/${looker.user_id}`, { as: app.owner, body: { custom_role_ids: [] } });
  const hold = async (db: TenantDb) => {
    taking = asAnother(() => before_commit.exit(take));
    await holdUntilWaitedFor(db);
  };
  const answer = await before_commit.run(hold, () => read(id));
  expect([answer.status, (await taking)?.status]).toEqual([200, 200]);
  expect(await listOpen()).toEqual([]);
});
