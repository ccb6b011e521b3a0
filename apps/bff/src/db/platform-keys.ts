import type { JWK } from 'jose';
import { sql } from 'kysely';
import { generateSigningKey, type SigningKeySource } from '../crypto/access-token.ts';
import { newId } from '../crypto/digest.ts';
import { randomSecret } from '../crypto/platform-secret.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { PlatformDb, Tenancy } from './tenancy.ts';

export interface PlatformKeys {
  signing: SigningKeySource;
  /** From which every refresh token's successor is derived. */
  refresh: Buffer;
  /** Reads the keys again: another replica, or the operator, has rotated them. */
  reload(): Promise<void>;
}

const FRESH_MS = 60_000;
// Tokens with made-up key ids must not become queries: one look for all of them in this time.
const LOOK_AGAIN_MS = 1_000;
// A retired key's last token ends ten minutes after it; an hour leaves room for clocks.
const STILL_VALID_S = 3_600;

interface Loaded {
  active: { kid: string; private_jwk: JWK };
  all: JWK[];
}

/** The platform's own keys: made on the first start, sealed under the master key, the same for every replica. */
export async function loadPlatformKeys(tenancy: Tenancy, keyring: Keyring): Promise<PlatformKeys> {
  await tenancy.withPlatform((db) => ensureKeys(db, keyring));
  const refresh = await readRefresh(tenancy, keyring);
  const { reload, ...signing } = await followSigning(() => readSigning(tenancy, keyring));
  return { refresh, reload, signing };
}

/** Keys in hand are given at once, however old: whoever signs may be inside a transaction and must not wait for a second connection. */
async function followSigning(read: () => Promise<Loaded>): Promise<Required<SigningKeySource> & { reload(): Promise<void> }> {
  let loaded = await read();
  let tried_at = Date.now();
  let reading: Promise<void> | null = null;
  const reload = (): Promise<void> => {
    tried_at = Date.now();
    return (reading ??= read().then((keys) => void (loaded = keys)).finally(() => (reading = null)));
  };
  const current = (): Loaded => {
    // A failed look is taken again after the same time; the keys in hand go on meanwhile.
    if (Date.now() - tried_at > FRESH_MS) reload().catch(() => undefined);
    return loaded;
  };
  const lookAgain = async () => {
    if (reading || Date.now() - tried_at >= LOOK_AGAIN_MS) await reload();
  };
  return { reload, lookAgain, active: () => current().active, all: () => current().all };
}

async function ensureKeys(db: PlatformDb, keyring: Keyring): Promise<void> {
  const rows = await db.selectFrom('platform_keys').select('purpose').where('state', '=', 'active').execute();
  const missing = (purpose: string) => !rows.some((row) => row.purpose === purpose);
  if (missing('access_token')) await insertSigningKey(db, keyring);
  if (missing('refresh_token')) {
    const id = newId();
    const row = { id, purpose: 'refresh_token', ...keyring.wrap(placeOfPlatformKey(id), randomSecret()) };
    await db.insertInto('platform_keys').values(row).onConflict((on) => on.doNothing()).execute();
  }
}

async function insertSigningKey(db: PlatformDb, keyring: Keyring): Promise<void> {
  const { kid, public_jwk, private_jwk_json } = await generateSigningKey();
  const sealed = keyring.wrap(placeOfPlatformKey(kid), Buffer.from(private_jwk_json));
  const row = { id: kid, purpose: 'access_token', public_jwk: JSON.stringify(public_jwk), ...sealed };
  // Two replicas at their first start: the second one's key finds the place taken and is forgotten.
  await db.insertInto('platform_keys').values(row).onConflict((on) => on.doNothing()).execute();
}

/**
 * Makes a new signing key, where the active one is older than `older_than_s`; tokens of the old one stay valid until
 * they end, and every replica hears of it. Returns whether there is a new one.
 */
export async function rotateSigningKey(tenancy: Tenancy, keyring: Keyring, older_than_s: number): Promise<boolean> {
  return tenancy.withPlatform(async (db) => {
    const old = await db
      .selectFrom('platform_keys')
      .select('id')
      .where('purpose', '=', 'access_token')
      .where('state', '=', 'active')
      .where(sql<boolean>`created_at < now() - make_interval(secs => ${older_than_s})`)
      .forUpdate()
      .executeTakeFirst();
    if (!old) return false;
    await db.updateTable('platform_keys').set({ state: 'retired', retired_at: new Date() }).where('id', '=', old.id).execute();
    await insertSigningKey(db, keyring);
    await sql`select pg_notify('lyss', 'keys')`.execute(db);
    return true;
  });
}

/** Seals every platform key under the active master key. Returns how many were sealed anew. */
export async function rewrapPlatformKeys(tenancy: Tenancy, keyring: Keyring): Promise<number> {
  return tenancy.withPlatform(async (db) => {
    const rows = await db.selectFrom('platform_keys').select(['id', 'wrapped', 'master_key_id']).where('master_key_id', '<>', keyring.active_id).forUpdate().execute();
    for (const { id, wrapped, master_key_id } of rows) {
      const sealed = keyring.wrap(placeOfPlatformKey(id), keyring.unwrap(placeOfPlatformKey(id), master_key_id, wrapped));
      await db.updateTable('platform_keys').set(sealed).where('id', '=', id).execute();
    }
    return rows.length;
  });
}

async function readSigning(tenancy: Tenancy, keyring: Keyring): Promise<Loaded> {
  const rows = await tenancy.withPlatform((db) =>
    db.selectFrom('platform_keys').select(['id', 'public_jwk', 'wrapped', 'master_key_id', 'state', 'retired_at']).where('purpose', '=', 'access_token').execute(),
  );
  const valid = rows.filter(({ retired_at }) => retired_at === null || Date.now() - Date.parse(retired_at) < STILL_VALID_S * 1_000);
  const active = rows.find((row) => row.state === 'active');
  if (!active) throw new Error('the platform has no signing key');
  const private_jwk = JSON.parse(keyring.unwrap(placeOfPlatformKey(active.id), active.master_key_id, active.wrapped).toString()) as JWK;
  // The column holds what generateSigningKey made.
  return { active: { kid: active.id, private_jwk }, all: valid.map((row) => row.public_jwk as unknown as JWK) };
}

async function readRefresh(tenancy: Tenancy, keyring: Keyring): Promise<Buffer> {
  const row = await tenancy.withPlatform((db) =>
    db.selectFrom('platform_keys').select(['id', 'wrapped', 'master_key_id']).where('purpose', '=', 'refresh_token').where('state', '=', 'active').executeTakeFirstOrThrow(),
  );
  return keyring.unwrap(placeOfPlatformKey(row.id), row.master_key_id, row.wrapped);
}

/** What a sealed platform key is bound to. */
export function placeOfPlatformKey(id: string): string {
  return `v1|platform|platform_keys|wrapped|${id}`;
}
