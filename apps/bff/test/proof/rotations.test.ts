import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createContext, type Context } from '../../src/context.ts';
import { newId } from '../../src/crypto/digest.ts';
import { parseKeyring, type Keyring } from '../../src/crypto/keyring.ts';
import { createVault } from '../../src/crypto/vault.ts';
import { createDataKeyStore, insertDataKey } from '../../src/db/data-key-store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { readKeyring } from '../../src/db/master-keys.ts';
import { createTenancy } from '../../src/db/tenancy.ts';
import { createTestApp, type TestApp } from '../app.ts';
import { ask, countWaiting, getToken, killProcess, openProcesses, OWNER_EMAIL, setUp, type ServerProcess, type ServerProcesses } from './server-processes.ts';

const HOUR_MS = 3_600_000;
const DAY_S = 86_400;

describe('the key that signs access tokens', () => {
  let app: TestApp;
  let superuser: Client;
  const replicas: Context[] = [];
  beforeAll(async () => {
    // Its hours are this test's: two more servers over the same database, each with an hourly job.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    app = await createTestApp();
    for (let turn = 0; turn < 2; turn += 1) replicas.push(await createContext(app.context.config, { app_url: app.database.app_url, keyring: app.keyring }, { log: app.context.log }));
    superuser = new Client({ connectionString: app.database.superuser_url });
    await superuser.connect();
  }, 60_000);
  afterAll(async () => {
    vi.useRealTimers();
    await superuser.end();
    for (const replica of replicas) await replica.close();
    await app.close();
  });
  const readKeys = async () => (await superuser.query<{ id: string; state: string }>(`select id, state from platform_keys where purpose = 'access_token' order by created_at`)).rows;
  const age = (seconds: number) => superuser.query(`update platform_keys set created_at = now() - make_interval(secs => $1) where purpose = 'access_token' and state = 'active'`, [seconds]);
  /** Every server's hour strikes at once; what it did shows in a log that says nothing, and in the keys. */
  async function strikeHour(): Promise<void> {
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    // Whatever has begun holds a connection or waits for a row: until nobody does.
    const busy = `select count(*)::int as n from pg_stat_activity where datname = current_database() and usename = 'lyss_app' and state <> 'idle'`;
    await vi.waitFor(async () => expect((await superuser.query(busy)).rows[0].n).toBe(0), { timeout: 20_000, interval: 100 });
  }

  it('stays what it is for 90 days', async () => {
    await age(90 * DAY_S - 120);
    const before = await readKeys();
    await strikeHour();
    expect(await readKeys()).toEqual(before);
  }, 60_000);

  it('is another one after them, one alone though three servers see it at once, and the old one’s tokens stay good', async () => {
    const [old] = await readKeys();
    const token = app.owner.access_token;
    expect(decodeProtectedHeader(token).kid).toBe(old?.id);
    await age(90 * DAY_S + 1);
    await strikeHour();
    await expect.poll(async () => (await readKeys()).map(({ state }) => state), { timeout: 20_000 }).toEqual(['retired', 'active']);
    expect((await app.call('GET', '/api/v1/auth/me', { as: app.owner })).status).toBe(200);
    const renewed = async () => (await app.call('POST', '/api/v1/auth/token', { body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: app.owner.refresh_token }) })).body.access_token;
    const [, active] = await readKeys();
    await expect.poll(async () => decodeProtectedHeader(await renewed()).kid).toBe(active?.id);
  }, 60_000);
});

describe('the operator’s command line', () => {
  const TENANTS = 230;
  const HELD = 130;
  let servers: ServerProcesses;
  let server: ServerProcess;
  let superuser: Client;
  let ring: { keyring: Keyring; file: string | null };
  beforeAll(async () => {
    servers = await openProcesses({ has_own_keyring: true });
    server = await servers.start();
    await setUp(server);
    superuser = new Client({ connectionString: servers.database.superuser_url });
    await superuser.connect();
    ring = readKeyring(undefined, servers.data_dir);
    const database = openDatabase({ app_url: servers.database.app_url, max: 2, onError: () => undefined });
    const tenancy = createTenancy(database);
    const vault = createVault(ring.keyring, createDataKeyStore(tenancy));
    for (let turn = 0; turn < TENANTS; turn += 1) {
      const id = newId();
      await tenancy.withPlatformAndTenant(id, async (platform, db) => {
        await platform.insertInto('tenants').values({ id, name: 'T', workspace: `t-${turn}`, locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute();
        await insertDataKey(db, vault.newDataKey(id));
      });
    }
    await database.close();
  }, 120_000);
  afterAll(async () => {
    await superuser.end();
    await servers.close();
  });

  it('makes a new signing key that a running server takes at once, while tokens of the old one stay good', async () => {
    const before = await getToken(server, OWNER_EMAIL);
    const { code, said } = await servers.run(['keys', 'rotate-signing']);
    expect([code, said]).toEqual([0, 'Access tokens are signed with a new key.\n']);
    const kidOf = async () => decodeProtectedHeader(await getToken(server, OWNER_EMAIL)).kid;
    await expect.poll(kidOf, { timeout: 10_000 }).not.toBe(decodeProtectedHeader(before).kid);
    const { keys }: { keys: { kid: string }[] } = JSON.parse(await (await ask(server, 'GET', '/.well-known/jwks.json')).text());
    expect(keys.map(({ kid }) => kid).toSorted()).toEqual([decodeProtectedHeader(before).kid, await kidOf()].toSorted());
    expect((await ask(server, 'GET', '/api/v1/auth/me', { token: before })).status).toBe(200);
  });

  it('seals all under a new master key, says how far it is, and goes on where a kill -9 has ended it', async () => {
    const { rows: keys } = await superuser.query<{ id: string }>('select id from data_keys order by id');
    const total = keys.length;
    await superuser.query('begin');
    await superuser.query('select 1 from data_keys where id = $1 for update', [keys[HELD]?.id]);
    const begun = servers.begin(['keys', 'rotate']);
    // It waits for that one, as PostgreSQL sees it, with all before it committed.
    await expect.poll(() => countWaiting(superuser), { timeout: 30_000, interval: 10 }).toBe(1);
    await killProcess(begun.child);
    await superuser.query('rollback');
    expect(begun.said()).toBe(`100 of ${total} tenants' keys\n`);
    const countBy = async () => (await superuser.query(`select master_key_id as key, count(*)::int as n from data_keys group by 1 order by 1`)).rows;
    const [first, second] = (await countBy()).map(({ key }) => key as string);
    expect(await countBy()).toEqual([{ key: first, n: total - HELD }, { key: second, n: HELD }]);
    // The running server opens both, and seals for whoever comes.
    expect((await ask(server, 'GET', '/api/v1/auth/me', { token: await getToken(server, OWNER_EMAIL) })).status).toBe(200);

    const { code, said } = await servers.run(['keys', 'rotate']);
    const left = total - HELD;
    expect([code, said.split('\n')[0]]).toEqual([0, `100 of ${left} tenants' keys`]);
    expect(said.match(/^(\d+) keys are sealed under (\S+)\.$/m)?.slice(1)).toEqual([String(left + Number((await superuser.query('select count(*)::int as n from platform_keys')).rows[0].n)), second]);
    expect(await countBy()).toEqual([{ key: second, n: total }]);
    expect((await superuser.query('select distinct master_key_id as key from platform_keys')).rows).toEqual([{ key: second }]);

    // No third key was made, and the new one alone opens every one of them.
    const texts = readFileSync(join(servers.data_dir, 'master-keys'), 'utf8').trim().split(',');
    expect(texts.map((text) => text.split(':')[0])).toEqual([second, first]);
    const database = openDatabase({ app_url: servers.database.app_url, max: 1, onError: () => undefined });
    const alone = createVault(parseKeyring(texts[0] ?? ''), createDataKeyStore(createTenancy(database)));
    const { rows } = await superuser.query('select tenant_id, id, wrapped, master_key_id from data_keys');
    for (const row of rows) expect(alone.rewrapDataKey(row).master_key_id).toBe(second);
    await database.close();
  }, 120_000);
});
