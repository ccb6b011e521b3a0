import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError, readConfig } from '../config.ts';
import { checkAppRole } from '../db/app-role.ts';
import { openDatabase } from '../db/database.ts';
import { checkKeyring } from '../db/master-keys.ts';
import { createTenancy } from '../db/tenancy.ts';
import { withFound, type FoundDatabase } from '../open-database.ts';

const LEAST_FREE_MB = 500;
const BYTES_PER_MB = 1024 * 1024;

interface Finding {
  what: string;
  ok: boolean;
  note: string;
}
type Add = (what: string, ok: boolean, note: string) => void;

/** Looks at everything a start needs, changes nothing, and prints a line each; 0 when all is well, 1 otherwise. */
export async function examine(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<number> {
  const findings: Finding[] = [];
  const add: Add = (what, ok, note) => void findings.push({ what, ok, note });
  try {
    const { config, secrets } = readConfig(env);
    add('settings', true, `console at ${config.public_url.href}`);
    if (!config.secure_cookies) add('transport', false, 'no https: set LYSS_PUBLIC_URL to an https address');
    examineDisk(config.data_dir, add);
    const kind = secrets.database_url ? 'yours, reachable' : 'built in, running';
    const found = await withFound(config, secrets, async (database) => (await examineDatabase(database, kind, add), true));
    if (!found) add('database', true, 'not made yet: the first start makes it');
  } catch (error) {
    if (error instanceof ConfigurationError) for (const problem of error.problems) add('settings', false, problem);
    else add('start', false, error instanceof Error ? error.message : String(error));
  }
  for (const { what, ok, note } of findings) say(`${ok ? 'ok  ' : 'FAIL'} ${what.padEnd(12)} ${note}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

async function examineDatabase({ migrations, app_url, keyring }: FoundDatabase, kind: string, add: Add): Promise<void> {
  const waiting = migrations.filter(({ applied_at }) => applied_at === null).length;
  add('database', true, `${kind}, ${waiting === 0 ? 'up to date' : `${waiting} migrations wait: the next start applies them`}`);
  if (!keyring) return add('master keys', waiting > 0, waiting > 0 ? 'none yet: the first start makes them' : 'missing: put back the keys that this database was sealed with');
  if (waiting > 0 || app_url === null) return;
  const pool = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    await checkAppRole(pool);
    await checkKeyring(createTenancy(pool), keyring);
  } finally {
    await pool.close();
  }
  add('master keys', true, `${keyring.ids.length}, active ${keyring.active_id}`);
}

function examineDisk(data_dir: string, add: Add): void {
  const folder = existsSync(data_dir) ? data_dir : dirname(data_dir);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / BYTES_PER_MB);
  add('disk', free >= LEAST_FREE_MB, `${free} MB free in ${folder}`);
}
