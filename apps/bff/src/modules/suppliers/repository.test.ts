import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../crypto/digest.ts';
import type { TenantDb } from '../../db/tenancy.ts';
import type { SupplierCall } from './ports.ts';
import * as repository from './repository.ts';
import { createScene, insertConversation, insertUsage, type Scene } from './test-scene.ts';

let scene: Scene;
let ada: SupplierCall;

beforeAll(async () => {
  scene = await createScene();
});
beforeEach(async () => {
  ada = await scene.asTenant();
});
afterAll(() => scene.close());

const inTenant = <T>(work: (db: TenantDb) => Promise<T>): Promise<T> => scene.tenancy.withTenant(ada.actor.tenant_id, work);
const query = { page_size: 20, sort_by: 'created_at' as const };
const outcome = { status: 'failing' as const, last_test: { at: '2026-11-23T05:00:00.000Z', ok: false, kind: 'timeout' as const, latency_ms: 5 } };

async function insert(change: Partial<repository.NewCredential> = {}): Promise<string> {
  const id = newId();
  const row = { id, provider: 'openai' as const, name: `Key ${id}`, base_url: 'https://api.openai.com/v1', models: ['gpt-5'], enabled: true, key: null, status: 'untested' as const, last_test: null };
  await inTenant((db) => repository.insertCredential(db, { ...row, ...change }));
  return change.id ?? id;
}

/** The SQL that `work` sends, one statement a paragraph. */
async function sqlOf(work: (db: TenantDb) => Promise<unknown>): Promise<string> {
  scene.takeStatements();
  await inTenant(work);
  return scene.takeStatements().join('\n\n');
}

describe('the SQL', () => {
  it('is what a reviewer reads here', async () => {
    const id = newId();
    const key = { sealed_key: Buffer.of(1), key_hint: '…', key_fingerprint: '0' };
    const sent = [
      await sqlOf((db) => repository.insertCredential(db, { id, provider: 'openai', name: 'x', base_url: 'https://x.example', models: [], enabled: true, key, ...outcome })),
      await sqlOf((db) => repository.listCredentials(db, { ...query, provider: 'openai', status: 'healthy', enabled: 'true', search: '50%' })),
      await sqlOf((db) => repository.findCredential(db, id)),
      await sqlOf((db) => repository.findStored(db, id)),
      await sqlOf((db) => repository.lockCredential(db, id)),
      await sqlOf((db) => repository.listDependents(db, [id])),
      await sqlOf((db) => repository.listTraffic(db, [id])),
      await sqlOf((db) => repository.updateCredential(db, id, { name: 'x', key, outcome })),
      await sqlOf((db) => repository.storeTest(db, id, 1, outcome)),
      await sqlOf((db) => repository.storeStatus(db, id, outcome)),
      await sqlOf((db) => repository.deleteCredential(db, id)),
    ];
    await expect(`${sent.join('\n\n')}\n`).toMatchFileSnapshot('repository.test.sql');
  });

  it('asks for a page, its dependents and its traffic in three statements, however many rows there are', async () => {
    for (let count = 0; count < 5; count += 1) await insert();
    scene.takeStatements();
    const { items } = await scene.service.list(ada.actor, query);
    expect(items).toHaveLength(5);
    expect(scene.takeStatements()).toHaveLength(3);
  });
});

describe('list', () => {
  it('pages by every sort column without losing or repeating a row', async () => {
    const ids = new Set<string>();
    for (const provider of ['openai', 'custom', 'openai', 'mistral', 'custom'] as const) ids.add(await insert({ provider }));
    for (const sort_by of ['created_at', 'name', 'provider', 'updated_at'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { items, pagination } = await inTenant((db) => repository.listCredentials(db, { page_size: 2, sort_by, sort_order: 'asc', cursor }));
        seen.push(...items.map(({ id }) => id));
        cursor = pagination.next_cursor ?? undefined;
      } while (cursor !== undefined);
      expect(new Set(seen)).toEqual(ids);
      expect(seen).toHaveLength(ids.size);
    }
  });

  it('filters, and takes LIKE’s signs in a search for letters', async () => {
    const percent = await insert({ name: '50% off', enabled: false, provider: 'custom' });
    await insert({ name: '500 off' });
    const idsOf = async (filter: object) => (await inTenant((db) => repository.listCredentials(db, { ...query, ...filter }))).items.map(({ id }) => id);
    expect(await idsOf({ search: '50%' })).toEqual([percent]);
    expect(await idsOf({ enabled: 'false' })).toEqual([percent]);
    expect(await idsOf({ provider: 'custom' })).toEqual([percent]);
    expect(await idsOf({ status: 'healthy' })).toEqual([]);
  });
});

describe('dependents', () => {
  const count = async (ids: string[]) => Object.fromEntries(await inTenant((db) => repository.listDependents(db, ids)));
  const chat = (model: string, through?: string) => inTenant((db) => insertConversation(db, ada.actor.user_id, model, through));

  it('counts a conversation by plain and by pinned name, for the only credential that serves it', async () => {
    const first = await insert({ models: ['gpt-5', 'openai/gpt-5', 'only-here'] });
    const second = await insert({ provider: 'azure', models: ['gpt-5'] });
    await chat('gpt-5');
    await chat('openai/gpt-5');
    await chat('azure/gpt-5');
    await chat('only-here');
    await chat('served-by-nobody');
    expect(await count([first, second])).toEqual({ [first]: { conversations: 2, running_replies: 0 }, [second]: { conversations: 1, running_replies: 0 } });
  });

  it('does not count on a credential that is off', async () => {
    const on = await insert({});
    const off = await insert({ enabled: false });
    await chat('gpt-5', on);
    expect(await count([on, off])).toEqual({ [on]: { conversations: 1, running_replies: 1 }, [off]: { conversations: 0, running_replies: 0 } });
  });

  it('sees no other tenant’s conversations, credentials or replies', async () => {
    const mine = await insert();
    await chat('gpt-5');
    const bob = await scene.asTenant();
    const asBob = <T>(work: (db: TenantDb) => Promise<T>): Promise<T> => scene.tenancy.withTenant(bob.actor.tenant_id, work);
    await expect(asBob((db) => insertConversation(db, bob.actor.user_id, 'gpt-5', mine)), 'nobody’s reply runs through another’s credential').rejects.toThrow('replies_credential_fkey');
    await asBob(async (db) => {
      await insertConversation(db, bob.actor.user_id, 'gpt-5');
      await repository.insertCredential(db, { id: newId(), provider: 'openai', name: 'Bob', base_url: 'https://api.openai.com/v1', models: ['gpt-5'], enabled: true, key: null, ...outcome });
    });
    expect(await count([mine])).toEqual({ [mine]: { conversations: 1, running_replies: 0 } });
  });
});

describe('traffic', () => {
  const listTraffic = async (ids: string[]) => Object.fromEntries(await inTenant((db) => repository.listTraffic(db, ids)));
  const record = (credential_id: string, outcome: string, first: number | null, at = new Date()) => inTenant((db) => insertUsage(db, ada.actor.user_id, { credential_id, outcome, time_to_first_token_ms: first, created_at: at.toISOString() }));

  it('is what went through each in the last 24 hours: answered or stopped, failed or broken off, and the median wait', async () => {
    const [busy, idle] = [await insert(), await insert()];
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const [outcome, first] of [['complete', 300], ['stopped', 900], ['complete', 500], ['failed', null], ['interrupted', 700]] as const) await record(busy, outcome, first);
    await record(busy, 'failed', null, yesterday);
    await record(idle, 'complete', 100, yesterday);
    expect(await listTraffic([busy, idle])).toEqual({ [busy]: { answered: 3, failed: 2, first_token_ms: 500 } });
    const { items } = await scene.service.list(ada.actor, query);
    expect(items.find(({ id }) => id === idle)?.last_24h).toEqual({ answered: 0, failed: 0, first_token_ms: null });
    expect((await scene.service.read(ada.actor, busy)).last_24h).toEqual({ answered: 3, failed: 2, first_token_ms: 500 });
  });

  it('shows no other tenant’s', async () => {
    const mine = await insert();
    await record(mine, 'complete', 300);
    ada = await scene.asTenant();
    expect(await listTraffic([mine])).toEqual({});
  });
});

describe('status', () => {
  it('is written only where it changes, and a test only on the version that was tested', async () => {
    const id = await insert();
    const lastTest = async () => (await inTenant((db) => repository.findCredential(db, id)))?.last_test?.latency_ms ?? null;
    await inTenant((db) => repository.storeTest(db, id, 2, outcome));
    expect(await lastTest()).toBeNull();
    await inTenant((db) => repository.storeTest(db, id, 1, outcome));
    expect(await lastTest()).toBe(5);
    await inTenant((db) => repository.storeStatus(db, id, { ...outcome, last_test: { ...outcome.last_test, latency_ms: 6 } }));
    expect(await lastTest()).toBe(5);
  });
});
