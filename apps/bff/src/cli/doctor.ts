import { statfsSync } from 'node:fs';
import { ConfigurationError, readConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { checkKeyring } from '../db/master-keys.ts';
import { createTenancy } from '../db/tenancy.ts';
import { openMigrated } from '../start-server.ts';

const LEAST_FREE_MB = 500;
const BYTES_PER_MB = 1024 * 1024;

interface Finding {
  what: string;
  ok: boolean;
  note: string;
}

/** Looks at everything a start needs and prints a line each; 0 when all is well, 1 otherwise. */
export async function examine(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<number> {
  const findings: Finding[] = [];
  const add = (what: string, ok: boolean, note: string) => findings.push({ what, ok, note });
  try {
    const { config, secrets } = readConfig(env);
    add('settings', true, `console at ${config.public_url.href}`);
    if (!config.secure_cookies) add('transport', false, 'no https: set LYSS_PUBLIC_URL to an https address');
    const database = await openMigrated(config, secrets, () => undefined);
    try {
      add('database', true, secrets.database_url ? 'yours, reachable and migrated' : 'built in, running and migrated');
      const pool = openDatabase({ app_url: database.app_url, max: 1, onError: () => undefined });
      await checkKeyring(createTenancy(pool), database.keyring).finally(() => pool.close());
      add('master keys', true, `${database.keyring.ids.length}, active ${database.keyring.active_id}`);
    } finally {
      await database.stop();
    }
    const { bavail, bsize } = statfsSync(config.data_dir);
    const free = Math.floor((bavail * bsize) / BYTES_PER_MB);
    add('disk', free >= LEAST_FREE_MB, `${free} MB free in ${config.data_dir}`);
  } catch (error) {
    if (error instanceof ConfigurationError) for (const problem of error.problems) add('settings', false, problem);
    else add('start', false, error instanceof Error ? error.message : String(error));
  }
  for (const { what, ok, note } of findings) say(`${ok ? 'ok  ' : 'FAIL'} ${what.padEnd(12)} ${note}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}
