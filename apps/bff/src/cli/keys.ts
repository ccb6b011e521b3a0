import { createVault } from '../crypto/vault.ts';
import { openDatabase } from '../db/database.ts';
import { createDataKeyStore } from '../db/data-key-store.ts';
import { addMasterKey } from '../db/master-keys.ts';
import { rotateSigningKey } from '../db/platform-keys.ts';
import { isRotationUnfinished, rewrapKeys } from '../db/rotate-keys.ts';
import { createTenancy } from '../db/tenancy.ts';
import type { Config } from '../config.ts';
import type { OpenedDatabase } from '../open-database.ts';

/**
 * Rotates the master key. With the data folder's own file a new key is put in front of it; with LYSS_MASTER_KEYS the
 * operator has done that, and every server must know both keys before this runs.
 */
export async function rotateKeys({ app_url, owner_url, keyring, keyring_file }: OpenedDatabase, _config: Config, say: (line: string) => void): Promise<number> {
  const database = openDatabase({ app_url, max: 2, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const rotated = keyring_file === null || (await isRotationUnfinished(owner_url, keyring.active_id)) ? keyring : addMasterKey(keyring_file);
    const vault = createVault(rotated, createDataKeyStore(tenancy));
    const count = await rewrapKeys({
      ...{ tenancy, keyring: rotated, owner_url },
      rewrapDataKey: (key) => vault.rewrapDataKey(key),
      onProgress: (done, total) => (done % 100 === 0 || done === total) && say(`${done} of ${total} tenants' keys`),
    });
    say(`${count} keys are sealed under ${rotated.active_id}.`);
    say(keyring_file ? `The older key stays in ${keyring_file} until you remove it; running servers have taken the new one.` : 'The older keys may now be removed from LYSS_MASTER_KEYS.');
    return 0;
  } finally {
    await database.close();
  }
}

/** A new key for access tokens at once; those signed by the old one stay valid until they end (10 min). */
export async function rotateSigning({ app_url, keyring }: OpenedDatabase, say: (line: string) => void): Promise<number> {
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    await rotateSigningKey(createTenancy(database), keyring, 0);
    say('Access tokens are signed with a new key.');
    return 0;
  } finally {
    await database.close();
  }
}
