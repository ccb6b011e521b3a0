import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../../test/app.ts';
import { newId } from '../crypto/digest.ts';
import { placeOfClientSecret, placeOfSupplierKey } from '../crypto/sealed-places.ts';
import { createVault, type Vault } from '../crypto/vault.ts';
import { createDataKeyStore } from '../db/data-key-store.ts';
import { withOwner } from '../db/migrate.ts';
import { rotateDataKeys } from '../db/rotate-data-keys.ts';
import { rotateTenantKeys } from './keys.ts';
import { sealedColumns } from './sealed-columns.ts';

const BASE_URL = 'https://api.example.com/v1';
const ISSUER = 'https://login.example.com/tenant';
const TOKENS = 'https://tokens.example.com';

let app: TestApp;
let mine: string;
let theirs: string;
/** A server's, which has keys in memory and goes on sealing and opening while they are rotated. */
let vault: Vault;
beforeAll(async () => {
  app = await createTestApp();
  mine = app.owner.tenant_id;
  theirs = (await app.signInAs('tenant_admin', { tenant: 'new' })).tenant_id;
  vault = createVault(app.keyring, createDataKeyStore(app.context.tenancy));
});
afterAll(() => app.close());

async function keepKey(tenant_id: string, secret: string): Promise<string> {
  const id = newId();
  const sealed_key = await vault.seal(placeOfSupplierKey(tenant_id, id, new URL(BASE_URL).origin), secret);
  await app.context.tenancy.withTenant(tenant_id, (db) =>
    db.insertInto('supplier_credentials').values({ tenant_id, id, provider: 'openai', name: id, base_url: BASE_URL, sealed_key, key_hint: '…', key_fingerprint: '0' }).execute());
  return id;
}

async function openKey(tenant_id: string, id: string): Promise<string> {
  const row = await app.context.tenancy.withTenant(tenant_id, (db) => db.selectFrom('supplier_credentials').select('sealed_key').where('id', '=', id).executeTakeFirstOrThrow());
  return vault.open(placeOfSupplierKey(tenant_id, id, new URL(BASE_URL).origin), row.sealed_key ?? Buffer.alloc(0));
}

const listKeys = (tenant_id: string) => app.context.tenancy.withTenant(tenant_id, (db) => db.selectFrom('data_keys').select(['id', 'active']).execute());

const rotate = (settle: () => Promise<void>) =>
  rotateDataKeys({ tenancy: app.context.tenancy, owner_url: app.database.owner_url, vault: createVault(app.keyring, createDataKeyStore(app.context.tenancy)), columns: sealedColumns, settle, onProgress: () => undefined });

async function run(): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await rotateTenantKeys({ app_url: app.database.app_url, owner_url: app.database.owner_url, keyring: app.keyring }, (line) => void lines.push(line), 0);
  return { code, lines };
}

it('knows every column that the vault seals', async () => {
  const { rows } = await withOwner(app.database.owner_url, (db) =>
    sql<{ name: string }>`select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and data_type = 'bytea' and column_name like 'sealed\\_%' order by 1`.execute(db));
  expect(rows.map(({ name }) => name)).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).toSorted());
});

it('gives each tenant a new key and destroys the older one; every kind of secret opens as before', async () => {
  const before = [...(await listKeys(mine)), ...(await listKeys(theirs))];
  const keys = [await keepKey(mine, 'sk-mine'), await keepKey(theirs, 'sk-theirs')] as const;
  const connection = newId();
  const sealed_secret = await vault.seal(placeOfClientSecret(mine, connection, ISSUER, TOKENS), 'client-secret');
  const values = { tenant_id: mine, id: connection, issuer: ISSUER, token_origin: TOKENS, client_id: 'c', sealed_secret, secret_hint: '…', secret_fingerprint: '0', scopes: ['openid'], creates_users: false, enabled: false, vouched_roles: [], vouched: [] };
  await app.context.tenancy.withTenant(mine, (db) => db.insertInto('sso_connections').values(values).execute());

  const { code, lines } = await run();
  expect([code, lines.at(-1)]).toEqual([0, '4 secrets are sealed anew; the older keys of 2 tenants are destroyed.']);
  const after = [...(await listKeys(mine)), ...(await listKeys(theirs))];
  expect(after.map(({ active }) => active)).toEqual([true, true]);
  for (const { id } of before) expect(after.map((key) => key.id)).not.toContain(id);

  expect([await openKey(mine, keys[0]), await openKey(theirs, keys[1])]).toEqual(['sk-mine', 'sk-theirs']);
  const row = await app.context.tenancy.withTenant(mine, (db) => db.selectFrom('sso_connections').select('sealed_secret').where('id', '=', connection).executeTakeFirstOrThrow());
  expect(await vault.open(placeOfClientSecret(mine, connection, ISSUER, TOKENS), row.sealed_secret)).toBe('client-secret');
  const trail = await app.context.tenancy.withPlatform((db) => db.selectFrom('platform_audit_entries').select(['address', 'details']).where('action', '=', 'keys.data_rotated').execute());
  expect(trail).toEqual([{ address: 'command-line', details: { tenants: 2, secrets: 4, unopened: 0 } }]);
});

it('takes along what a server had sealed under the older key and writes only now', async () => {
  const [older] = await listKeys(mine);
  const id = newId();
  const sealed_key = await vault.seal(placeOfSupplierKey(mine, id, new URL(BASE_URL).origin), 'sk-late');
  let waited = 0;
  await rotate(async () => {
    if (waited++ > 0) return;
    await app.context.tenancy.withTenant(mine, (db) => db.insertInto('supplier_credentials').values({ tenant_id: mine, id, provider: 'openai', name: 'late', base_url: BASE_URL, sealed_key, key_hint: '…', key_fingerprint: '0' }).execute());
  });
  expect(waited).toBe(2);
  expect((await listKeys(mine)).map((key) => key.id)).not.toContain(older?.id);
  expect(await openKey(mine, id)).toBe('sk-late');
});

it('goes on where it was ended, and makes no third key', async () => {
  const id = await keepKey(theirs, 'sk-again');
  await expect(rotate(() => Promise.reject(new Error('ended')))).rejects.toThrow('ended');
  const halfway = await listKeys(theirs);
  expect(halfway.map(({ active }) => active).toSorted()).toEqual([false, true]);
  expect(await openKey(theirs, id)).toBe('sk-again');

  expect((await run()).code).toBe(0);
  expect(await listKeys(theirs)).toEqual(halfway.filter(({ active }) => active));
  expect(await openKey(theirs, id)).toBe('sk-again');
});

it('says which secret does not open, keeps that tenant’s older key, and is done once it is gone', async () => {
  const id = await keepKey(theirs, 'sk-broken');
  await app.context.tenancy.withTenant(theirs, (db) => db.updateTable('supplier_credentials').set({ base_url: 'https://elsewhere.example.com' }).where('id', '=', id).execute());
  const { code, lines } = await run();
  expect([code, lines.at(-1)]).toEqual([1, `supplier_credentials ${id} did not open: its tenant keeps its older key. Replace that secret, then run this again.`]);
  expect([await listKeys(mine), await listKeys(theirs)].map((keys) => keys.length)).toEqual([1, 2]);

  await app.context.tenancy.withTenant(theirs, (db) => db.deleteFrom('supplier_credentials').where('id', '=', id).execute());
  expect((await run()).code).toBe(0);
  expect((await listKeys(theirs)).length).toBe(1);
});
