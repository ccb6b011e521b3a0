import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Secrets } from './config.ts';
import type { Keyring } from './crypto/keyring.ts';
import { sha256Hex } from './crypto/digest.ts';
import { ensureAppPassword, findAppPassword } from './db/app-password.ts';
import { startEmbedded } from './db/embedded.ts';
import { ensureOwnerDatabase } from './db/embedded-owner.ts';
import { hasKeyring, readKeyring } from './db/master-keys.ts';
import { APP_ROLE, listMigrations, prepareDatabase, refuseSharedRole } from './db/migrate.ts';

export interface OpenedDatabase {
  owner_url: string;
  app_url: string;
  keyring: Keyring;
  /** Where the keyring lies, or null where the environment holds it. */
  keyring_file: string | null;
  stop(): Promise<void>;
}

/** A database as it lies there; what is null was never made. */
export interface FoundDatabase {
  migrations: Awaited<ReturnType<typeof listMigrations>>;
  app_url: string | null;
  keyring: Keyring | null;
}

/** Keys and a migrated database, the built-in one where none is given; for the server and the command line alike. */
export async function openMigrated(config: Config, secrets: Secrets, say: (line: string) => void): Promise<OpenedDatabase> {
  const { keyring, file, is_new } = readKeyring(secrets.master_keys, config.data_dir);
  if (is_new) say(`Keys      made in ${file}: keep a copy of that file somewhere safe`);
  const { owner_url, stop } = await openOwner(config, secrets, say);
  try {
    const makes_role = secrets.app_database_url === undefined;
    if (makes_role) await refuseSharedRole(owner_url);
    const { applied } = await prepareDatabase({ owner_url, makes_role });
    say(`Database  ${secrets.database_url ? 'yours' : 'built in'}, ${applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`}`);
    const app_url = secrets.app_database_url ?? buildAppUrl(owner_url, await ensureAppPassword(owner_url, keyring));
    return { owner_url, app_url, keyring, keyring_file: file, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Looks at the database without making, migrating or changing anything in it. Null where the built-in one was never started. */
export async function withFound<T>(config: Config, secrets: Secrets, work: (found: FoundDatabase) => Promise<T>): Promise<T | null> {
  if (secrets.database_url === undefined && !existsSync(join(config.data_dir, 'postgres', 'cluster'))) return null;
  const keyring = hasKeyring(secrets.master_keys, config.data_dir) ? readKeyring(secrets.master_keys, config.data_dir).keyring : null;
  const { owner_url, stop } = await openOwner(config, secrets, () => undefined);
  try {
    const migrations = await listMigrations(owner_url);
    const is_whole = keyring !== null && migrations.every(({ applied_at }) => applied_at !== null);
    const password = is_whole && secrets.app_database_url === undefined ? await findAppPassword(owner_url, keyring) : null;
    return await work({ migrations, keyring, app_url: secrets.app_database_url ?? (password === null ? null : buildAppUrl(owner_url, password)) });
  } finally {
    await stop();
  }
}

async function openOwner(config: Config, secrets: Secrets, say: (line: string) => void): Promise<{ owner_url: string; stop(): Promise<void> }> {
  if (secrets.database_url !== undefined) return { owner_url: secrets.database_url, stop: async () => undefined };
  const embedded = await startEmbedded({ data_dir: config.data_dir, log: say });
  try {
    // The owner's password follows from the superuser's, which lies in the cluster's folder (0600): the same at every start.
    const password = sha256Hex(`owner ${new URL(embedded.superuser_url).password}`);
    return { owner_url: await ensureOwnerDatabase(embedded.superuser_url, password), stop: () => embedded.stop() };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

function buildAppUrl(owner_url: string, password: string): string {
  return Object.assign(new URL(owner_url), { username: APP_ROLE, password }).href;
}
