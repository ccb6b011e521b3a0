import type { Server } from 'node:http';
import type { Context } from './context.ts';
import type { OpenedDatabase } from './open-database.ts';

const IDLE_CHECK_MS = 50;
// Requests take a moment to end by themselves; nothing is said of those that do.
const SAY_MS = 1_000;
// What a hurried end still waits for besides the database: letters under way, jobs in mid-turn.
const HURRIED_CLOSE_MS = 3_000;

export interface RunningServer {
  /** Ends it in order, the database last; called again it is the same end. */
  stop(): Promise<void>;
  /** The same end, now: what runs is marked as interrupted instead of waited for. */
  hurry(): Promise<void>;
}

export interface ServerParts {
  context: Context;
  server: Server;
  operations: Server | null;
  database: OpenedDatabase;
}

/** How the server ends: no new requests, what runs gets its time or is marked, then connections, the context, and the database last. */
export function createEnding(parts: ServerParts, say: (line: string) => void): RunningServer {
  const hurried = new AbortController();
  let stopping: Promise<void> | null = null;
  const stop = () => (stopping ??= stopAll(parts, say, hurried.signal));
  return {
    stop,
    async hurry() {
      hurried.abort();
      const ended = stop();
      await parts.context.cutOff();
      await ended;
    },
  };
}

async function stopAll({ context, server, operations, database }: ServerParts, say: (line: string) => void, hurried: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const hurry = new Promise<void>((resolve) => hurried.addEventListener('abort', () => resolve()));
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, context.config.LYSS_STOP_SECONDS * 1_000).unref());
  const saying = sayWait(context, say, hurried);
  try {
    await context.drain();
    // Requests under way are answered; whoever only keeps a connection open is not waited for, now or after its answer.
    const closing = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    await Promise.race([closed, deadline, hurry]).finally(() => clearInterval(closing));
    clearTimeout(saying);
    server.closeAllConnections();
    await closed;
    await closeContext(context, hurry);
  } finally {
    clearTimeout(saying);
    operations?.close();
    await database.stop();
  }
}

/** Says at once how many answers keep it, and of anything else only once it takes a while. */
function sayWait({ config, countRunning }: Context, say: (line: string) => void, hurried: AbortSignal): NodeJS.Timeout | undefined {
  if (hurried.aborted) return undefined;
  const sayFor = (what: string) => say(`Waiting for ${what}, up to ${config.LYSS_STOP_SECONDS} s; Ctrl-C again ends now`);
  const count = countRunning();
  if (count > 0) sayFor(count === 1 ? '1 answer' : `${count} answers`);
  return count > 0 ? undefined : setTimeout(() => sayFor('requests under way'), SAY_MS).unref();
}

async function closeContext(context: Context, hurry: Promise<void>): Promise<void> {
  const late = hurry.then(() => new Promise<void>((resolve) => setTimeout(resolve, HURRIED_CLOSE_MS).unref()));
  await Promise.race([context.close(), late]);
}
