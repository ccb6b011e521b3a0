import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp, type TestPerson } from '../../../test/app.ts';
import { asAnother } from '../../../test/watched-tenancy.ts';
import type { Actor } from '../../actor.ts';
import { openDatabase } from '../../db/database.ts';
import { createTenancy, type Tenancy } from '../../db/tenancy.ts';
import { createLastSeen } from './last-seen.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const caller = { request_id: 'r', address: '127.0.0.1', user_agent: '', locale: 'en-US' as const };
const long_ago = '2026-01-01T00:00:00.000Z';
const readSeen = (tenancy: Tenancy, { tenant_id, user_id }: TestPerson) =>
  tenancy.withTenant(tenant_id, async (db) => {
    const user = await db.selectFrom('users').select('last_seen_at').where('id', '=', user_id).executeTakeFirstOrThrow();
    const session = await db.selectFrom('sessions').select(['id', 'last_used_at']).where('user_id', '=', user_id).executeTakeFirstOrThrow();
    return { user: user.last_seen_at, session: session.last_used_at, session_id: session.id };
  });
const age = (person: TestPerson) =>
  app.context.tenancy.withTenant(person.tenant_id, async (db) => {
    await db.updateTable('users').set({ last_seen_at: long_ago }).where('id', '=', person.user_id).execute();
    await db.updateTable('sessions').set({ last_used_at: long_ago }).where('user_id', '=', person.user_id).execute();
  });

async function watch(people: TestPerson[], at: string) {
  const { tenancy } = app.context;
  const last_seen = createLastSeen(tenancy, () => new Date(at));
  const actors = await Promise.all(people.map(async ({ tenant_id, user_id, ...person }) => ({ tenant_id, user_id, session_id: (await readSeen(tenancy, { ...person, tenant_id, user_id })).session_id })));
  // No more of an actor is read than these three.
  const door = last_seen.follow({ authenticate: async (token) => actors[Number(token)] as Actor });
  return { last_seen, enter: (person: number) => door.authenticate(String(person), caller) };
}

it('writes the last use of a session and its person, and nothing before it is asked to', async () => {
  const people = [await app.signInAs('end_user'), await app.signInAs('tenant_admin', { tenant: 'new' })] as const;
  for (const person of people) await age(person);
  const at = '2026-11-20T10:00:00.000Z';
  const { last_seen, enter } = await watch([...people], at);
  await enter(0);
  await enter(0);
  await enter(1);
  expect(await readSeen(app.context.tenancy, people[0])).toMatchObject({ user: long_ago, session: long_ago });
  await last_seen.write();
  for (const person of people) expect(await readSeen(app.context.tenancy, person)).toMatchObject({ user: at, session: at });
  await age(people[0]);
  await last_seen.write();
  expect(await readSeen(app.context.tenancy, people[0])).toMatchObject({ user: long_ago });
});

it('never sets a person back, nor waits for whoever changes them now', async () => {
  const person = await app.signInAs('end_user');
  const { user: before } = await readSeen(app.context.tenancy, person);
  const { last_seen, enter } = await watch([person], long_ago);
  await enter(0);
  await app.context.tenancy.withTenant(person.tenant_id, async (db) => {
    await db.selectFrom('users').select('id').where('id', '=', person.user_id).forUpdate().execute();
    await asAnother(last_seen.write);
  });
  await enter(0);
  await last_seen.write();
  expect(await readSeen(app.context.tenancy, person)).toMatchObject({ user: before });
});

it('goes on with the other tenants where one cannot be written', async () => {
  const person = await app.signInAs('end_user');
  await age(person);
  const at = '2026-11-20T11:00:00.000Z';
  const { tenancy } = app.context;
  const last_seen = createLastSeen(tenancy, () => new Date(at));
  const { session_id } = await readSeen(tenancy, person);
  const actors = { broken: { tenant_id: 'no tenant', user_id: person.user_id, session_id: 'x' }, sound: { ...person, session_id } };
  // As above.
  const door = last_seen.follow({ authenticate: async (token) => (token === 'broken' ? actors.broken : actors.sound) as unknown as Actor });
  await door.authenticate('broken', caller);
  await door.authenticate('sound', caller);
  await expect(last_seen.write()).rejects.toBeInstanceOf(AggregateError);
  expect(await readSeen(tenancy, person)).toMatchObject({ user: at });
});

it('knows who came by a request, at the latest when the server stops', async () => {
  const stopped = await createTestApp();
  const seen = (tenancy: Tenancy) => readSeen(tenancy, stopped.owner);
  await stopped.context.tenancy.withTenant(stopped.owner.tenant_id, (db) => db.updateTable('users').set({ last_seen_at: long_ago }).execute());
  await stopped.call('GET', '/api/v1/auth/me', { as: stopped.owner });
  await stopped.context.close();
  const database = openDatabase({ app_url: stopped.database.app_url, max: 1, onError: () => undefined });
  expect(Date.parse((await seen(createTenancy(database))).user ?? '')).toBeGreaterThan(Date.now() - 60_000);
  await database.close();
  await stopped.database.drop();
});
