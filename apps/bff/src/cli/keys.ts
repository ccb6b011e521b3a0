import { setTimeout as sleep } from 'node:timers/promises';
import { appendPlatformAudit } from '../audit/append.ts';
import { createVault } from '../crypto/vault.ts';
import { openDatabase } from '../db/database.ts';
import { createDataKeyStore } from '../db/data-key-store.ts';
import { addMasterKey } from '../db/master-keys.ts';
import { rotateSigningKey } from '../db/platform-keys.ts';
import { rotateDataKeys } from '../db/rotate-data-keys.ts';
import { isRotationUnfinished, rewrapKeys } from '../db/rotate-keys.ts';
import { createTenancy, type Tenancy } from '../db/tenancy.ts';
import type { Config } from '../config.ts';
import type { OpenedDatabase } from '../open-database.ts';
import { commandLine } from './command-line.ts';
import { sealedColumns } from './sealed-columns.ts';

/** Longer than a request holds a secret between sealing and writing it, or between reading and opening it. */
const SETTLE_MS = 60_000;
type Say = (line: string) => void;

/**
 * Rotates the master key. With the data folder's own file a new key is put in front of it; with LYSS_MASTER_KEYS the
 * operator has done that, and every server must know both keys before this runs.
 */
export async function rotateKeys({ app_url, owner_url, keyring, keyring_file }: OpenedDatabase, _config: Config, say: Say): Promise<number> {
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
    await record(tenancy, 'keys.master_rotated', { keys: count, master_key_id: rotated.active_id });
    say(`${count} keys are sealed under ${rotated.active_id}.`);
    say(keyring_file ? `The older key stays in ${keyring_file} until you remove it; running servers have taken the new one.` : 'The older keys may now be removed from LYSS_MASTER_KEYS.');
    return 0;
  } finally {
    await database.close();
  }
}

/**
 * Gives every tenant a new data key, and destroys the older ones once nothing is sealed by them. Takes two minutes at
 * least, in which servers finish what they have in hand. Answers 1 where a secret did not open.
 */
export async function rotateTenantKeys({ app_url, owner_url, keyring }: Pick<OpenedDatabase, 'app_url' | 'owner_url' | 'keyring'>, say: Say, settle_ms = SETTLE_MS): Promise<number> {
  const database = openDatabase({ app_url, max: 2, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    const { tenants, secrets, unopened } = await rotateDataKeys({
      ...{ tenancy, owner_url, vault: createVault(keyring, createDataKeyStore(tenancy)), columns: sealedColumns },
      settle: () => (say(`Waiting ${settle_ms / 1_000} s for what servers have in hand …`), sleep(settle_ms)),
      onProgress: (done, total) => (done % 100 === 0 || done === total) && say(`${done} of ${total} tenants' secrets`),
    });
    await record(tenancy, 'keys.data_rotated', { tenants, secrets, unopened: unopened.length });
    say(`${secrets} secrets are sealed anew; the older keys of ${tenants} tenants are destroyed.`);
    for (const secret of unopened) say(`${secret} did not open: its tenant keeps its older key. Replace that secret, then run this again.`);
    return unopened.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

const record = (tenancy: Tenancy, action: string, details: Record<string, unknown>) =>
  tenancy.withPlatform((db) => appendPlatformAudit(db, commandLine, { action, resource_type: 'platform_key', resource_id: null, details }));

/** A new key for access tokens at once; those signed by the old one stay valid until they end (10 min). */
export async function rotateSigning({ app_url, keyring }: OpenedDatabase, say: Say): Promise<number> {
  const database = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    const tenancy = createTenancy(database);
    await rotateSigningKey(tenancy, keyring, 0);
    await record(tenancy, 'keys.signing_rotated', {});
    say('Access tokens are signed with a new key.');
    return 0;
  } finally {
    await database.close();
  }
}
