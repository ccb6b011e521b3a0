import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { ConfigurationError, readConfig, type Config, type Secrets } from './config.ts';
import { createContext, type Context } from './context.ts';
import type { Keyring } from './crypto/keyring.ts';
import { sha256Hex } from './crypto/digest.ts';
import { ensureAppPassword } from './db/app-password.ts';
import { startEmbedded } from './db/embedded.ts';
import { ensureOwnerDatabase } from './db/embedded-owner.ts';
import { readKeyring } from './db/master-keys.ts';
import { APP_ROLE, prepareDatabase } from './db/migrate.ts';
import { startOperations } from './http/operations.ts';

export interface OpenedDatabase {
  owner_url: string;
  app_url: string;
  keyring: Keyring;
  /** Where the keyring lies, or null where the environment holds it. */
  keyring_file: string | null;
  stop(): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** Keys and a migrated database, the built-in one where none is given; for the server and the command line alike. */
export async function openMigrated(config: Config, secrets: Secrets, say: (line: string) => void): Promise<OpenedDatabase> {
  const { keyring, file, is_new } = readKeyring(secrets.master_keys, config.data_dir);
  if (is_new) say(`Keys      made in ${file}: keep a copy of that file somewhere safe`);
  const embedded = secrets.database_url === undefined ? await startEmbedded({ data_dir: config.data_dir, log: say }) : null;
  try {
    const owner_url = secrets.database_url ?? (await openOwner(embedded?.superuser_url ?? ''));
    const { applied } = await prepareDatabase({ owner_url, makes_role: secrets.app_database_url === undefined });
    say(`Database  ${embedded ? 'built in' : 'yours'}, ${applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`}`);
    const app_url = secrets.app_database_url ?? (await openApp(owner_url, keyring));
    return { owner_url, app_url, keyring, keyring_file: file, stop: async () => embedded?.stop() };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** The owner's password follows from the superuser's, which lies in the cluster's folder (0600): the same at every start. */
function openOwner(superuser_url: string): Promise<string> {
  return ensureOwnerDatabase(superuser_url, sha256Hex(`owner ${new URL(superuser_url).password}`));
}

async function openApp(owner_url: string, keyring: Keyring): Promise<string> {
  const password = await ensureAppPassword(owner_url, keyring);
  return Object.assign(new URL(owner_url), { username: APP_ROLE, password }).href;
}

/** Starts everything in order and says where it is. `stop()` ends it in the reverse order, the database last. */
export async function startServer(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<{ stop(): Promise<void> }> {
  const { config, secrets } = readConfig(env);
  const database = await openMigrated(config, secrets, say);
  let context: Context | undefined;
  try {
    context = await createContext(config, database);
    const server = await listen(context);
    const operations = config.LYSS_OPERATIONS_PORT === 0 ? null : await startOperations(config.LYSS_OPERATIONS_PORT, context.metrics.registry);
    await announce(context, say);
    return { stop: () => stopAll(context as Context, server, operations, database) };
  } catch (error) {
    await context?.close();
    await database.stop();
    throw error;
  }
}

/** The app's HTTP server, with its limits of time; it does not listen yet. */
export function createHttpServer(app: ReturnType<typeof createApp>): Server {
  // The adapter's union also names HTTP/2 servers, which only other options make.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  return server;
}

async function listen(context: Context): Promise<Server> {
  const server = createHttpServer(createApp(context));
  const { PORT, HOST } = context.config;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new ConfigurationError([`PORT: ${PORT} on ${HOST} is taken by another program; set another one`]) : error),
    );
    server.listen(PORT, HOST, resolve);
  });
  return server;
}

async function announce(context: Context, say: (line: string) => void): Promise<void> {
  const { public_url, secure_cookies } = context.config;
  if (!secure_cookies) say('Warning   no https: anybody on the network can take over a session (LYSS_ALLOW_HTTP=1)');
  const token = await context.issueSetupToken();
  if (token) say(`Set up    ${new URL(`/set-up#token=${token}`, public_url).href}\n          (works once, for 30 minutes; each start makes a new one until it is used)`);
  say(`Lyss      ${public_url.href} is ready`);
}

/** Ends in order: no new requests, what runs gets its time, then connections, the context, and the database last. */
async function stopAll(context: Context, server: Server, operations: Server | null, database: OpenedDatabase): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, context.config.LYSS_STOP_SECONDS * 1_000).unref());
  try {
    await context.drain();
    // Requests under way are answered; whoever only keeps a connection open is not waited for.
    server.closeIdleConnections();
    await Promise.race([closed, deadline]);
    server.closeAllConnections();
    await closed;
    await context.close();
  } finally {
    operations?.close();
    await database.stop();
  }
}
