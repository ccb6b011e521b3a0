import pg from 'pg';

export interface Notices {
  /** Whether no living process holds this instance's lock. */
  isGone(instance_id: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface NoticesOptions {
  app_url: string;
  instance_id: string;
  onNotice: (payload: string) => void;
  /** After each connection, the first one too: what was said meanwhile was not heard, so whoever listens looks once. */
  onConnected?: () => void;
  /** From here on nothing is heard, until it is connected again. */
  onLost?: () => void;
  onError: (error: Error) => void;
}

// After a loss at once, then after half a second, and from then on once a second.
const AGAIN_MS = [0, 500];
const AGAIN_AT_MOST_MS = 1_000;
const ALIVE_MS = 5_000;
const LOCK_KEY = 'hashtextextended($1, 7267)';
const TRY = `select pg_try_advisory_lock(${LOCK_KEY}) as held`;
const UNLOCK = `select pg_advisory_unlock(${LOCK_KEY})`;

/**
 * One session of this process's own: it holds the lock that says the instance lives (PostgreSQL lets it go when the
 * process dies, however it dies) and hears what is said on channel `lyss`, by other replicas and by itself. It connects
 * again by itself. Rejects where the first connection fails.
 */
export async function openNotices(options: NoticesOptions): Promise<Notices> {
  let client: pg.Client | null = null;
  let closed = false;
  let holds = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  const plan = () => {
    clearTimeout(timer);
    const delay = client ? (holds ? ALIVE_MS : AGAIN_AT_MOST_MS) : (AGAIN_MS[failures] ?? AGAIN_AT_MOST_MS);
    if (!closed) timer = setTimeout(() => void tend(), delay);
  };
  const lose = (lost: pg.Client) => {
    void lost.end().catch(() => undefined);
    if (lost !== client) return;
    client = null;
    options.onLost?.();
    plan();
  };
  const connect = async (): Promise<void> => {
    const next = openClient(options, () => lose(next));
    try {
      await next.connect();
      await next.query('listen lyss');
      holds = await tryLock(next, options.instance_id);
      if (closed) throw new Error('closed meanwhile');
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    failures = 0;
    options.onConnected?.();
  };
  /** Once a turn: is the session alive, do we hold our lock? A half-dead session of our own may keep it a while. */
  const tend = async (): Promise<void> => {
    const tended = client;
    try {
      if (!tended) await connect();
      else if (holds) await tended.query('select 1');
      else holds = await tryLock(tended, options.instance_id);
    } catch (error) {
      if (closed) return;
      options.onError(error as Error);
      if (!tended) failures++;
      else return lose(tended);
    }
    plan();
  };
  await connect();
  plan();

  return {
    async isGone(instance_id) {
      if (!client) return false;
      const free = await tryLock(client, instance_id);
      if (free) await client.query(UNLOCK, [instance_id]);
      return free;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** `onEnd` is called once the session is over, whoever ended it. */
function openClient({ app_url, onNotice, onError }: NoticesOptions, onEnd: () => void): pg.Client {
  const client = new pg.Client({ connectionString: app_url, application_name: 'lyss notices', connectionTimeoutMillis: 5_000, query_timeout: 5_000, keepAlive: true });
  client.on('error', onError);
  client.on('end', onEnd);
  client.on('notification', ({ payload }) => payload && onNotice(payload));
  return client;
}

async function tryLock(client: pg.Client, instance_id: string): Promise<boolean> {
  const tried = await client.query<{ held: boolean }>(TRY, [instance_id]);
  return tried.rows[0]?.held ?? false;
}
