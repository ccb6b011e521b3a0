import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { newId, sha256 } from '../crypto/digest.ts';
import { openDatabase, type Database } from './database.ts';
import { createTenancy, type Tenancy, type TenantDb } from './tenancy.ts';
import { removeExpiredRows } from './tidy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  tenancy = createTenancy(database);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const ago = (ms: number) => new Date(Date.now() - ms);
const digest = () => sha256(newId());

async function addTenant(): Promise<{ tenant_id: string; user_id: string }> {
  const [tenant_id, user_id] = [newId(), newId()];
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: tenant_id, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values({ tenant_id, id: user_id, email: 'u@example.com', name: 'U', roles: ['end_user'], locale: 'en-US' }).execute());
  return { tenant_id, user_id };
}

async function addKeys(db: TenantDb, user_id: string, count: number, age_ms: number): Promise<void> {
  const rows = Array.from({ length: count }, () => ({ tenant_id: db.tenant_id, id: newId(), user_id, key: newId(), endpoint: 'e', body_hash: digest(), created_at: ago(age_ms) }));
  await db.insertInto('idempotency_keys').values(rows).execute();
}

async function addSession(db: TenantDb, user_id: string, ends: { expires_at: Date; revoked_at?: Date }): Promise<void> {
  const { tenant_id } = db;
  const session_id = newId();
  await db.insertInto('sessions').values({ tenant_id, id: session_id, user_id, user_agent: '', address: '', carrier: 'cookie', ...ends }).execute();
  await db.insertInto('refresh_tokens').values({ tenant_id, id: newId(), session_id, token_hash: digest(), idle_expires_at: ends.expires_at }).execute();
}

async function count(tenant_id: string): Promise<Record<string, number>> {
  const found = await tenancy.withTenant(tenant_id, (db) =>
    sql<Record<string, number>>`select (select count(*)::int from idempotency_keys) as keys, (select count(*)::int from sessions) as sessions,
      (select count(*)::int from refresh_tokens) as refresh, (select count(*)::int from user_tokens) as links`.execute(db),
  );
  return found.rows[0] ?? {};
}

it('removes what nobody can use any more, in every tenant and however much it is, and nothing else', async () => {
  const houses = [await addTenant(), await addTenant()];
  for (const { tenant_id, user_id } of houses) {
    await tenancy.withTenant(tenant_id, async (db) => {
      await addKeys(db, user_id, 7, 25 * HOUR_MS);
      await addKeys(db, user_id, 1, 23 * HOUR_MS);
      await addSession(db, user_id, { expires_at: ago(31 * DAY_MS) });
      await addSession(db, user_id, { expires_at: ago(-DAY_MS), revoked_at: ago(31 * DAY_MS) });
      await addSession(db, user_id, { expires_at: ago(29 * DAY_MS) });
      await addSession(db, user_id, { expires_at: ago(-DAY_MS) });
      for (const age of [31, 29]) await db.insertInto('user_tokens').values({ tenant_id, id: newId(), user_id, purpose: 'invitation', token_hash: digest(), expires_at: ago(age * DAY_MS) }).execute();
    });
  }
  await tenancy.withPlatform((db) => db.insertInto('setup_tokens').values([31, 29].map((age) => ({ token_hash: digest(), expires_at: ago(age * DAY_MS) }))).execute());
  // 7 keys a tenant, in batches of 3; 1 set-up token. Sessions and links are kept as their tenant says.
  expect(await removeExpiredRows(tenancy, 3)).toBe(2 * 7 + 1);
  for (const { tenant_id } of houses) expect(await count(tenant_id)).toEqual({ keys: 1, sessions: 4, refresh: 4, links: 2 });
  expect(await removeExpiredRows(tenancy, 3)).toBe(0);
});
