import { existsSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationError, readConfig, type Config, type Secrets } from '../config.ts';
import { checkAppRole } from '../db/app-role.ts';
import { openDatabase } from '../db/database.ts';
import { findPostmaster } from '../db/embedded-postmaster.ts';
import { checkKeyring } from '../db/master-keys.ts';
import { createTenancy } from '../db/tenancy.ts';
import { withFound, type FoundDatabase } from '../open-database.ts';
import { askServer, type ServerState } from './ask-server.ts';

const LEAST_FREE_MB = 500;
const BYTES_PER_MB = 1024 * 1024;

/** `note`: nothing is wrong, but not everything is there either. */
type Verdict = 'ok' | 'note' | 'FAIL';
type Add = (what: string, verdict: Verdict, note: string) => void;

/** Looks at everything a start needs and whether the server answers, changes nothing, and prints a line each; 1 where something is wrong. */
export async function examine(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<number> {
  let code = 0;
  const add: Add = (what, verdict, note) => {
    if (verdict === 'FAIL') code = 1;
    say(`${verdict.padEnd(4)} ${what.padEnd(12)} ${note}`);
  };
  try {
    const { config, secrets } = readConfig(env);
    add('settings', 'ok', `console at ${config.public_url.href}`);
    if (!config.secure_cookies) add('transport', 'FAIL', 'no https, so anybody on the network can take over a session: set LYSS_PUBLIC_URL to an https address');
    examineDisk(config.data_dir, add);
    await examineDatabase(config, secrets, add);
    add('server', ...judgeServer(await askServer(config)));
  } catch (error) {
    addFailure('settings', error, '', add);
  }
  return code;
}

async function examineDatabase(config: Config, secrets: Secrets, add: Add): Promise<void> {
  const cluster = join(config.data_dir, 'postgres', 'cluster');
  // Before anything opens it: to look into the built-in one, it is started.
  const was_running = existsSync(cluster) && findPostmaster(realpathSync(cluster)) !== null;
  const kind = secrets.database_url ? 'yours, reachable' : was_running ? 'built in, running' : 'built in, not running: started for this look and stopped again';
  const remedy = secrets.database_url ? '; is PostgreSQL running, and DATABASE_URL right?' : '';
  try {
    const found = await withFound(config, secrets, async (database) => (await examineFound(database, kind, add), true));
    if (!found) add('database', 'note', 'not made yet: the first start (npm start) makes it');
  } catch (error) {
    addFailure('database', error, remedy, add);
  }
}

async function examineFound({ migrations, app_url, keyring }: FoundDatabase, kind: string, add: Add): Promise<void> {
  const waiting = migrations.filter(({ applied_at }) => applied_at === null).length;
  add('database', waiting === 0 ? 'ok' : 'note', `${kind}; ${waiting === 0 ? 'up to date' : `${waiting} migrations wait: the next start (npm start) applies them`}`);
  if (!keyring && waiting > 0) return add('master keys', 'note', 'none yet: the first start (npm start) makes them');
  if (!keyring) return add('master keys', 'FAIL', 'missing: put back the keys that this database was sealed with (LYSS_MASTER_KEYS, or the file master-keys in LYSS_DATA_DIR)');
  if (waiting > 0 || app_url === null) return;
  const pool = openDatabase({ app_url, max: 1, onError: () => undefined });
  try {
    await checkAppRole(pool);
    await checkKeyring(createTenancy(pool), keyring);
  } finally {
    await pool.close();
  }
  add('master keys', 'ok', `${keyring.ids.length}, active ${keyring.active_id}`);
}

function judgeServer({ state, address, missing }: ServerState): [Verdict, string] {
  const answers: Record<ServerState['state'], [Verdict, string]> = {
    ready: ['ok', `answers at ${address} and is ready`],
    not_ready: ['FAIL', `answers at ${address}, but is not ready (${missing.join(', ')}): its log says why`],
    silent: ['note', `not running: nothing answers at ${address}; npm start starts it`],
    stranger: ['FAIL', `${address} belongs to another program: end that one, or set another PORT`],
    stuck: ['FAIL', `${address} takes connections and doesn't answer: its log may say why; start it again`],
  };
  return answers[state];
}

function examineDisk(data_dir: string, add: Add): void {
  const folder = existsSync(data_dir) ? data_dir : dirname(data_dir);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / BYTES_PER_MB);
  const enough = free >= LEAST_FREE_MB;
  add('disk', enough ? 'ok' : 'FAIL', `${free} MB free in ${folder}${enough ? '' : `: make room, at least ${LEAST_FREE_MB} MB`}`);
}

function addFailure(what: string, error: unknown, remedy: string, add: Add): void {
  if (error instanceof ConfigurationError) {
    for (const problem of error.problems) add('settings', 'FAIL', problem);
    return add('settings', 'note', '.env.example lists every setting, docs/operate.md what depends on it');
  }
  // A connection that no address of a name took has an error without a text.
  const text = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
  add(what, 'FAIL', `${text}${remedy}`);
}
