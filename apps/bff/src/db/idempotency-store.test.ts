import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import type { Actor } from '../actor.ts';
import { newId, sha256 } from '../crypto/digest.ts';
import type { IdempotencyStore, IdempotentCall } from '../http/idempotency.ts';
import { openDatabase, type Database } from './database.ts';
import { createIdempotencyStore } from './idempotency-store.ts';
import { createTenancy } from './tenancy.ts';

let test: TestDatabase;
let database: Database;
let store: IdempotencyStore;
let superuser: Client;
const [tenant_id, user_id] = [newId(), newId()];
// Of an actor the store reads these two alone.
const actor = { tenant_id, user_id } as Actor;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  const tenancy = createTenancy(database);
  store = createIdempotencyStore(tenancy);
  superuser = new Client({ connectionString: test.superuser_url });
  await superuser.connect();
  await tenancy.withPlatform((db) => db.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: 't', locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute());
  await tenancy.withTenant(tenant_id, (db) => db.insertInto('users').values({ tenant_id, id: user_id, email: 'u@example.com', name: 'U', roles: ['end_user'], locale: 'en-US' }).execute());
});
afterAll(async () => {
  await superuser.end();
  await database.close();
  await test.drop();
});

const attempt = (key: string): IdempotentCall => ({ claim_id: newId(), actor, key, endpoint: 'POST /x', body_hash: sha256('x'), request_id: newId(), action: 'x.made' });
const pass = (seconds: number) => superuser.query(`update idempotency_keys set renewed_at = renewed_at - make_interval(secs => $1)`, [seconds]);
const answer = { status: 201, content_type: 'text/plain', body: new Uint8Array([1]), location: null };

it('a key is held as long as its call says that it lives', async () => {
  const first = attempt('long');
  expect(await store.begin(first)).toEqual({ state: 'new' });
  for (let turn = 0; turn < 3; turn++) {
    await pass(29);
    expect(await store.begin(attempt('long'))).toEqual({ state: 'running' });
    await store.renew(first);
  }
  await pass(31);
  expect(await store.begin(attempt('long'))).toEqual({ state: 'new' });
});

it('a call that has lost its key to another changes nothing of it any more', async () => {
  const [slow, second] = [attempt('slow'), attempt('slow')];
  await store.begin(slow);
  await pass(31);
  expect(await store.begin(second)).toEqual({ state: 'new' });
  await store.finish(slow, answer);
  await store.abandon(slow);
  await store.forget(slow);
  await pass(29);
  expect(await store.begin(attempt('slow'))).toEqual({ state: 'running' });
  await store.finish(second, answer);
  expect(await store.begin(attempt('slow'))).toEqual({ state: 'answered', answer });
});
