import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, ORIGIN, type TestApp, type TestPerson } from '../../../test/app.ts';
import { asAnother } from '../../../test/watched-tenancy.ts';
import { createApp } from '../../app.ts';
import { createContext } from '../../context.ts';
import { sha256 } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import { findKeyRow, touchKeys, type KeyRow } from './repository.ts';
import { callWith, makeKey, removeKey } from './test-scene.ts';
import { createKeyUses } from './uses.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const caller = (address = '203.0.113.9') => ({ request_id: 'of-the-call', address, user_agent: '', locale: 'en-US' as const });
const inTenant = <T>(work: (db: TenantDb) => Promise<T>) => app.context.tenancy.withTenant(app.owner.tenant_id, work);
const usedAt = async (id: string) => (await inTenant((db) => db.selectFrom('api_keys').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow())).last_used_at;
const trailOf = (id: string) =>
  inTenant((db) => db.selectFrom('audit_entries').select(['outcome', 'actor_user_id', 'address', 'request_id', 'details']).where('action', '=', 'api_keys.used').where('resource_id', '=', id).orderBy('at').orderBy('id').execute());

/** Uses of one key, at times that the test says. */
async function watch(as: TestPerson = app.owner) {
  const { key, id } = await makeKey(app, as);
  const row = (await findKeyRow(app.context.tenancy, sha256(key))) as KeyRow;
  const clock = { now: '' };
  const errors: unknown[] = [];
  const uses = createKeyUses(app.context.tenancy, (error) => errors.push(error), () => new Date(clock.now));
  const use = async (at: string, known = row) => {
    clock.now = at;
    uses.note(known, caller());
    await uses.close();
  };
  return { id, key, row, uses, use, errors };
}

describe('the use of a key', () => {
  it('is in the audit once a day, at once, with its person, and on later requests written once a minute', async () => {
    const { id, uses, use } = await watch();
    await use('2026-11-20T10:00:00.000Z');
    expect(await usedAt(id)).toBe('2026-11-20T10:00:00.000Z');
    await use('2026-11-20T10:00:30.000Z');
    await use('2026-11-20T10:00:40.000Z');
    expect(await usedAt(id)).toBe('2026-11-20T10:00:00.000Z');
    await uses.write();
    expect(await usedAt(id)).toBe('2026-11-20T10:00:40.000Z');
    expect(await trailOf(id)).toEqual([{ outcome: 'success', actor_user_id: app.owner.user_id, address: '203.0.113.9', request_id: 'of-the-call', details: { api_key_id: id } }]);
    await use('2026-11-20T23:59:59.999Z');
    expect(await trailOf(id)).toHaveLength(1);
    await use('2026-11-21T00:00:00.000Z');
    expect(await trailOf(id)).toHaveLength(2);
  });

  it('is in it once a day even where two replicas see the day’s first', async () => {
    const { id, row, uses, use } = await watch();
    const other = createKeyUses(app.context.tenancy, () => undefined, () => new Date('2026-11-20T10:00:00.500Z'));
    other.note(row, caller());
    await Promise.all([use('2026-11-20T10:00:00.000Z'), other.close()]);
    expect(await trailOf(id)).toHaveLength(1);
    await Promise.all([uses.write(), other.write()]);
    expect(await usedAt(id)).toBe('2026-11-20T10:00:00.500Z');
  });

  it('waits for whoever is changing the key, and for another replica that writes the same keys', async () => {
    const [one, two] = [await watch(), await watch()];
    const today = { last_used_at: '2026-11-20T09:00:00.000Z' };
    const noteBoth = async (uses: typeof one.uses) => {
      for (const { row } of [two, one]) uses.note({ ...row, ...today }, caller());
      await uses.close();
    };
    const replicas = Array.from({ length: 8 }, (_, at) => createKeyUses(app.context.tenancy, () => undefined, () => new Date(Date.parse('2026-11-20T10:00:00.000Z') + at)));
    await Promise.all(replicas.map(noteBoth));
    await inTenant(async (db) => {
      await db.selectFrom('api_keys').select('id').where('id', '=', one.id).forUpdate().execute();
      void asAnother(() => Promise.allSettled(replicas.map(({ write }) => write())));
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await expect.poll(async () => [await usedAt(one.id), await usedAt(two.id)]).toEqual(['2026-11-20T10:00:00.007Z', '2026-11-20T10:00:00.007Z']);
  });

  it('of a day that is known to have begun is not written at once, and is never set back', async () => {
    const { id, row, uses, use } = await watch();
    await use('2026-11-20T10:00:00.000Z', { ...row, last_used_at: '2026-11-20T09:00:00.000Z' });
    expect(await usedAt(id)).toBeNull();
    await uses.write();
    await inTenant((db) => touchKeys(db, [{ api_key_id: id, at: new Date('2026-11-19T10:00:00.000Z') }]));
    expect(await usedAt(id)).toBe('2026-11-20T10:00:00.000Z');
    expect(await trailOf(id)).toEqual([]);
  });

  it('is tried again with the next request where it could not be written', async () => {
    const { row, use, errors } = await watch();
    await use('2026-11-20T10:00:00.000Z', { ...row, tenant_id: 'no tenant' });
    expect(errors).toHaveLength(1);
    await use('2026-11-20T10:00:01.000Z');
    expect(await trailOf(row.api_key_id)).toHaveLength(1);
  });

  it('goes on with the other tenants where one cannot be written', async () => {
    const { id, row, uses, use } = await watch();
    const today = { last_used_at: '2026-11-20T09:00:00.000Z' };
    await use('2026-11-20T10:00:00.000Z', { ...row, ...today, tenant_id: 'no tenant', api_key_id: crypto.randomUUID() });
    await use('2026-11-20T10:00:00.000Z', { ...row, ...today });
    await expect(uses.write()).rejects.toBeInstanceOf(AggregateError);
    expect(await usedAt(id)).toBe('2026-11-20T10:00:00.000Z');
    // What failed is tried again with the next turn.
    await expect(uses.write()).rejects.toBeInstanceOf(AggregateError);
  });

  it('is written at the latest when the server stops, and is not its person’s being here', async () => {
    const { key, id } = await makeKey(app, app.owner);
    const midnight = `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;
    await inTenant((db) => db.updateTable('api_keys').set({ last_used_at: midnight }).where('id', '=', id).execute());
    const seen = () => inTenant((db) => db.selectFrom('users').select('last_seen_at').where('id', '=', app.owner.user_id).executeTakeFirstOrThrow());
    const before = await seen();
    const other = await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log });
    const answer = await createApp(other).request(`${ORIGIN}/api/v1/auth/me`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    expect(await usedAt(id)).toBe(midnight);
    await other.close();
    expect(Date.parse((await usedAt(id)) ?? '')).toBeGreaterThan(Date.parse(midnight));
    expect(await seen()).toEqual(before);
  });
});

describe('a key’s refusals', () => {
  it('are in the audit with why and from where; the like of one within the minute are counted', async () => {
    const { id, row, uses } = await watch();
    for (let count = 0; count < 5; count++) uses.noteRefusal(row, 'api_key_expired', caller('203.0.113.9'));
    uses.noteRefusal(row, 'api_key_expired', caller('203.0.113.200'));
    uses.noteRefusal(row, 'api_key_expired', caller('2001:db8::1'));
    uses.noteRefusal(row, 'api_key_network', caller('203.0.113.9'));
    await uses.close();
    const told = async () => (await trailOf(id)).map(({ outcome, address, details }) => [outcome, address, (details as { reason: string }).reason, (details as { times: number }).times]).toSorted();
    const first = [['refused', '2001:db8::1', 'api_key_expired', 1], ['refused', '203.0.113.9', 'api_key_expired', 1], ['refused', '203.0.113.9', 'api_key_network', 1]];
    expect(await told()).toEqual(first.toSorted());
    await uses.write();
    expect(await told()).toEqual([...first, ['refused', '203.0.113.9', 'api_key_expired', 5]].toSorted());
    uses.noteRefusal(row, 'api_key_expired', caller('203.0.113.9'));
    await uses.close();
    expect(await told()).toHaveLength(5);
  });

  it('from ten thousand networks make no ten thousand entries', async () => {
    const { id, row, uses } = await watch();
    for (let count = 0; count < 3_000; count++) uses.noteRefusal(row, 'api_key_revoked', caller(`2001:db8:${count.toString(16)}::1`));
    await uses.close();
    await uses.write();
    const trail = await trailOf(id);
    expect(trail.length).toBeLessThanOrEqual(1_002);
    expect(trail.reduce((sum, { details }) => sum + (details as { times: number }).times, 0)).toBe(3_000);
  });

  it('are there for a request that was refused, and a key’s own use before', async () => {
    const { key, id } = await makeKey(app, app.owner);
    await callWith(app, key, 'GET', '/api/v1/auth/me');
    // Both are written behind their answers: on a busy machine the second may come first.
    await expect.poll(() => trailOf(id)).toHaveLength(1);
    await removeKey(app, app.owner, id);
    await callWith(app, key, 'GET', '/api/v1/auth/me');
    await expect.poll(async () => (await trailOf(id)).map(({ outcome }) => outcome)).toEqual(['success', 'refused']);
    expect((await trailOf(id))[1]).toMatchObject({ actor_user_id: app.owner.user_id, details: { reason: 'api_key_revoked', times: 1, api_key_id: id } });
  });
});
