import { sql, type Kysely } from 'kysely';
import { newId, randomToken } from '../crypto/digest.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { CHECK_FACT, refuseOtherKeys } from './master-keys.ts';
import { setAppPassword, withOwner } from './migrate.ts';
import { placeOfPlatformKey } from './platform-keys.ts';

/**
 * The password of the application's role: made once, sealed in the database under the master key, so that every
 * replica reads the same and a rotation of the master key changes nothing for those that run. Sets it and returns it.
 * Throws ConfigurationError for other keys than the database was sealed with.
 */
export async function ensureAppPassword(owner_url: string, keyring: Keyring): Promise<string> {
  return withOwner(owner_url, async (db) => {
    // This is the first thing that is sealed or opened at a start: with the wrong keys it must not come so far.
    await refuseForeignKeyring(db, keyring);
    const id = newId();
    const fresh = keyring.wrap(placeOfPlatformKey(id), Buffer.from(randomToken()));
    await sql`insert into platform_keys (id, purpose, wrapped, master_key_id) values (${id}, 'app_role', ${fresh.wrapped}, ${fresh.master_key_id})
      on conflict do nothing`.execute(db);
    const password = await readPassword(db, keyring);
    if (password === null) throw new Error('platform_keys has no app_role');
    await setAppPassword(db, password);
    return password;
  });
}

/** The password as a start has made it, changing nothing; null where none has. Throws ConfigurationError for other keys. */
export async function findAppPassword(owner_url: string, keyring: Keyring): Promise<string | null> {
  return withOwner(owner_url, async (db) => {
    await refuseForeignKeyring(db, keyring);
    return readPassword(db, keyring);
  });
}

async function refuseForeignKeyring(db: Kysely<unknown>, keyring: Keyring): Promise<void> {
  const check = await sql<{ value: string }>`select value from platform_facts where name = ${CHECK_FACT}`.execute(db);
  if (check.rows[0]) refuseOtherKeys(keyring, check.rows[0].value);
}

async function readPassword(db: Kysely<unknown>, keyring: Keyring): Promise<string | null> {
  const kept = await sql<{ id: string; wrapped: Buffer; master_key_id: string }>`
    select id, wrapped, master_key_id from platform_keys where purpose = 'app_role' and state = 'active'`.execute(db);
  const row = kept.rows[0];
  return row ? keyring.unwrap(placeOfPlatformKey(row.id), row.master_key_id, row.wrapped).toString() : null;
}
