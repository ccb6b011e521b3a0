import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres.ts';
import { rotateKeys } from '../cli/keys.ts';
import { readConfig } from '../config.ts';
import { newId } from '../crypto/digest.ts';
import { createVault } from '../crypto/vault.ts';
import { createDataKeyStore, insertDataKey } from './data-key-store.ts';
import { openDatabase, type Database } from './database.ts';
import { addMasterKey, checkKeyring, readKeyring } from './master-keys.ts';
import { loadPlatformKeys } from './platform-keys.ts';
import { isRotationUnfinished } from './rotate-keys.ts';
import { createTenancy, type Tenancy } from './tenancy.ts';

let test: TestDatabase;
let database: Database;
let tenancy: Tenancy;
let data_dir: string;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase({ app_url: test.app_url, max: 2, onError: () => undefined });
  tenancy = createTenancy(database);
  data_dir = mkdtempSync(join(tmpdir(), 'lyss-rotate-'));
});
afterAll(async () => {
  await database.close();
  await test.drop();
  rmSync(data_dir, { recursive: true, force: true });
});

const rotate = (keyring: ReturnType<typeof readKeyring>) =>
  rotateKeys({ app_url: test.app_url, owner_url: test.owner_url, keyring: keyring.keyring, keyring_file: keyring.file, stop: async () => undefined }, readConfig({}).config, () => undefined);

describe('a new master key', () => {
  it('seals every tenant’s and the platform’s keys, and a running server seals with it at once', async () => {
    const running = readKeyring(undefined, data_dir);
    await checkKeyring(tenancy, running.keyring);
    await loadPlatformKeys(tenancy, running.keyring);
    const tenant_id = newId();
    const vault = createVault(running.keyring, createDataKeyStore(tenancy));
    await tenancy.withPlatformAndTenant(tenant_id, async (platform, db) => {
      await platform.insertInto('tenants').values({ id: tenant_id, name: 'T', workspace: 't-t', locale: 'en-US', currency: 'USD', time_zone: 'UTC' }).execute();
      await insertDataKey(db, vault.newDataKey(tenant_id));
    });
    expect(await rotate(readKeyring(undefined, data_dir))).toBe(0);
    // Nothing has named the new key to it: it looks by itself before it seals.
    expect(running.keyring.wrap('place', Buffer.from('x')).master_key_id).toBe('k2');
    expect(running.keyring.active_id).toBe('k2');
    expect(await isRotationUnfinished(test.owner_url, 'k2')).toBe(false);
  });

  it('is not followed by another one before all is sealed by it, the platform’s own keys too', async () => {
    const file = join(data_dir, 'master-keys');
    addMasterKey(file);
    const third = readKeyring(undefined, data_dir);
    // As after a rotation that was ended before the platform's keys had their turn.
    const vault = createVault(third.keyring, createDataKeyStore(tenancy));
    const [place] = await tenancy.withPlatform((db) => db.selectFrom('tenants').select('id').execute());
    await tenancy.withTenant(place?.id ?? '', async (db) => {
      const key = await db.selectFrom('data_keys').selectAll().executeTakeFirstOrThrow();
      const { wrapped, master_key_id } = vault.rewrapDataKey(key);
      await db.updateTable('data_keys').set({ wrapped, master_key_id }).where('id', '=', key.id).execute();
    });
    expect(await isRotationUnfinished(test.owner_url, 'k3')).toBe(true);
    await rotate(third);
    expect(await isRotationUnfinished(test.owner_url, 'k3')).toBe(false);
    expect(readFileSync(file, 'utf8').split(',')).toHaveLength(3);
  });

  it('is beyond the application’s role: it reads its own tenant’s data keys alone', async () => {
    expect(await tenancy.lookUp('select id from data_keys', [])).toEqual([]);
    await expect(tenancy.lookUp('select * from list_data_keys()', [])).rejects.toMatchObject({ code: '42883' });
  });
});
