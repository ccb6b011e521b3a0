import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateKeyringText, makeCheckValue, parseKeyring, verifyCheckValue, type Keyring } from '../crypto/keyring.ts';
import { ConfigurationError } from '../config.ts';
import type { Tenancy } from './tenancy.ts';

export const CHECK_FACT = 'master_key_check';

/** Whether there is a keyring already: reading one that isn't there makes it. */
export function hasKeyring(setting: string | undefined, data_dir: string): boolean {
  return setting !== undefined || existsSync(locateKeyring(data_dir));
}

function locateKeyring(data_dir: string): string {
  return join(data_dir, 'master-keys');
}

/**
 * The keyring of LYSS_MASTER_KEYS, or of `master-keys` in the data folder (0600), made on the first start.
 * Throws ConfigurationError for a bad keyring; `is_new` says that a file was made just now.
 */
export function readKeyring(setting: string | undefined, data_dir: string): { keyring: Keyring; file: string | null; is_new: boolean } {
  const file = locateKeyring(data_dir);
  const is_new = setting === undefined && !existsSync(file);
  if (is_new) {
    mkdirSync(data_dir, { recursive: true });
    makeFile(file);
  }
  if (setting !== undefined) return { keyring: parse(setting, 'LYSS_MASTER_KEYS'), file: null, is_new };
  chmodSync(file, 0o600);
  return { keyring: followFile(file), file, is_new };
}

/** The first of two first starts wins, and both find its file whole. */
function makeFile(file: string): void {
  const own = `${file}.${process.pid}`;
  writeDurably(own, generateKeyringText());
  try {
    linkSync(own, file);
  } catch (error) {
    // A file system without links: there two first starts at once are not kept apart.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') renameSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
  syncFolder(file);
}

function writeDurably(file: string, text: string): void {
  const opened = openSync(file, 'w', 0o600);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Windows opens no folder, and keeps names without being asked. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function parse(text: string, where: string): Keyring {
  try {
    return parseKeyring(text);
  } catch (error) {
    throw new ConfigurationError([`${where}: ${(error as Error).message}`]);
  }
}

/** The keyring of a file that `lyss keys rotate` may add a key to while we run: looked at before each sealing, and for an unknown key id. */
function followFile(file: string): Keyring {
  const stamp = () => {
    const { mtimeMs, ino } = statSync(file);
    return `${mtimeMs} ${ino}`;
  };
  let read_as = stamp();
  let current = parse(readFileSync(file, 'utf8').trim(), file);
  const read = (): Keyring => {
    const now = stamp();
    if (now !== read_as) [current, read_as] = [parse(readFileSync(file, 'utf8').trim(), file), now];
    return current;
  };
  return {
    get active_id() {
      return read().active_id;
    },
    get ids() {
      return current.ids;
    },
    deriveBytes: (...args) => current.deriveBytes(...args),
    wrap: (...args) => read().wrap(...args),
    unwrap: (aad, master_key_id, wrapped) => (current.ids.includes(master_key_id) ? current : read()).unwrap(aad, master_key_id, wrapped),
  };
}

/** Puts a new master key in front of the file's, whole or not at all. Returns the keyring with both. */
export function addMasterKey(file: string): Keyring {
  const text = readFileSync(file, 'utf8').trim();
  const taken = new Set(parse(text, file).ids);
  let number = taken.size + 1;
  while (taken.has(`k${number}`)) number++;
  const [, key = ''] = generateKeyringText().split(/:(.*)/s);
  const next = `k${number}:${key},${text}`;
  const keyring = parse(next, file);
  // On the disk before anything is sealed under it: a key that a power cut takes along takes every secret along.
  writeDurably(`${file}.new`, next);
  renameSync(`${file}.new`, file);
  syncFolder(file);
  return keyring;
}

/** Finds a wrong key before anything is sealed with it: the database remembers a check value from its first start. */
export async function checkKeyring(tenancy: Tenancy, keyring: Keyring): Promise<void> {
  const stored = await tenancy.withPlatform(async (db) => {
    await db.insertInto('platform_facts').values({ name: CHECK_FACT, value: makeCheckValue(keyring) }).onConflict((on) => on.doNothing()).execute();
    return db.selectFrom('platform_facts').select('value').where('name', '=', CHECK_FACT).executeTakeFirstOrThrow();
  });
  refuseOtherKeys(keyring, stored.value);
}

/** Throws ConfigurationError unless the check value was made with one of these keys. */
export function refuseOtherKeys(keyring: Keyring, check_value: string): void {
  if (verifyCheckValue(keyring, check_value)) return;
  throw new ConfigurationError(['LYSS_MASTER_KEYS: not the keys that this database was sealed with; put the right ones back, or restore the data folder they came from']);
}
