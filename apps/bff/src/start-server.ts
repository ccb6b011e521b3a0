import type { RequestListener, Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { ConfigurationError, readConfig } from './config.ts';
import { createContext, type Context } from './context.ts';
import { startOperations } from './http/operations.ts';
import type { Gateway } from './modules/gateway/gateway.ts';
import { openMigrated } from './open-database.ts';
import { createEnding, type RunningServer } from './stop-server.ts';

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
// Longer than proxies keep theirs (60 s): they, not we, then end a connection, and never in mid-request.
const KEEP_ALIVE_MS = 65_000;
// How often Node looks for requests that are late; its own 30 s would let them be that much later.
const CHECK_MS = 1_000;

/** Starts everything in order and says where it is; what comes back ends it in the reverse order, the database last. */
export async function startServer(env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<RunningServer> {
  const { config, secrets } = readConfig(env);
  const database = await openMigrated(config, secrets, say);
  let context: Context | undefined;
  let operations: Server | null = null;
  try {
    context = await createContext(config, { ...database, smtp_url: secrets.smtp_url });
    // Before the console's port: whoever finds that one open finds everything there.
    operations = await listenForOperations(context);
    const server = await listen(context);
    await announce(context, say);
    return createEnding({ context, server, operations, database }, say);
  } catch (error) {
    operations?.close();
    await context?.close();
    await database.stop();
    throw error;
  }
}

/** The app's HTTP server, with its limits of time; it does not listen yet. */
export function createHttpServer(app: ReturnType<typeof createApp>, gateway: Pick<Gateway, 'serve'>): Server {
  // The adapter's union also names HTTP/2 servers, which only other options make.
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { connectionsCheckingInterval: CHECK_MS } }) as Server;
  putFirst(server, gateway);
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

/** The gateway answers its paths on the raw response, ahead of everything that is done for pages (ADR 22). */
function putFirst(server: Server, gateway: Pick<Gateway, 'serve'>): void {
  // The adapter's own, the only ones there are.
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (gateway.serve(request, response)) return;
    for (const listener of others) listener(request, response);
  });
}

async function listen(context: Context): Promise<Server> {
  const server = createHttpServer(createApp(context), context.gateway);
  const { PORT, HOST } = context.config;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(nameTaken('PORT', `${PORT} on ${HOST}`, error)));
    server.listen(PORT, HOST, resolve);
  });
  return server;
}

async function listenForOperations({ config, metrics }: Context): Promise<Server | null> {
  const port = config.LYSS_OPERATIONS_PORT;
  if (port === 0) return null;
  return startOperations(port, metrics.registry).catch((error: Error) => {
    throw nameTaken('LYSS_OPERATIONS_PORT', `${port} on 127.0.0.1`, error);
  });
}

function nameTaken(setting: string, place: string, error: NodeJS.ErrnoException): Error {
  return error.code === 'EADDRINUSE' ? new ConfigurationError([`${setting}: ${place} is taken by another program; set another one`]) : error;
}

async function announce(context: Context, say: (line: string) => void): Promise<void> {
  const { public_url, secure_cookies } = context.config;
  if (!secure_cookies) say('Warning   no https: anybody on the network can take over a session (LYSS_ALLOW_HTTP=1)');
  const token = await context.issueSetupToken();
  if (token) say(`Set up    ${new URL(`/set-up#token=${token}`, public_url).href}\n          (works once, for 30 minutes; each start makes a new one until it is used)`);
  say(`Lyss      ${public_url.href} is ready`);
}
