import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyringText, makeCheckValue, parseKeyring, verifyCheckValue, type Keyring } from '../crypto/keyring.ts';
import { ConfigurationError } from '../config.ts';
import type { Tenancy } from './tenancy.ts';

const CHECK = 'master_key_check';

/**
 * The keyring of LYSS_MASTER_KEYS, or of `master-keys` in the data folder (0600), made on the first start.
 * Throws ConfigurationError for a bad keyring; `is_new` says that a file was made just now.
 */
export function readKeyring(setting: string | undefined, data_dir: string): { keyring: Keyring; file: string | null; is_new: boolean } {
  const file = join(data_dir, 'master-keys');
  const is_new = setting === undefined && !existsSync(file);
  if (is_new) {
    mkdirSync(data_dir, { recursive: true });
    writeFileSync(file, generateKeyringText(), { mode: 0o600, flag: 'wx' });
  }
  if (setting === undefined) chmodSync(file, 0o600);
  try {
    const text = setting ?? readFileSync(file, 'utf8').trim();
    return { keyring: parseKeyring(text), file: setting === undefined ? file : null, is_new };
  } catch (error) {
    throw new ConfigurationError([`${setting === undefined ? file : 'LYSS_MASTER_KEYS'}: ${(error as Error).message}`]);
  }
}

/** Finds a wrong key before anything is sealed with it: the database remembers a check value from its first start. */
export async function checkKeyring(tenancy: Tenancy, keyring: Keyring): Promise<void> {
  const stored = await tenancy.withPlatform(async (db) => {
    await db.insertInto('platform_facts').values({ name: CHECK, value: makeCheckValue(keyring) }).onConflict((on) => on.doNothing()).execute();
    return db.selectFrom('platform_facts').select('value').where('name', '=', CHECK).executeTakeFirstOrThrow();
  });
  if (verifyCheckValue(keyring, stored.value)) return;
  throw new ConfigurationError(['LYSS_MASTER_KEYS: not the keys that this database was sealed with; put the right ones back, or restore the data folder they came from']);
}
