import pg from 'pg';

export interface Notices {
  /** Whether no living process holds this instance's lock. */
  isGone(instance_id: string): Promise<boolean>;
  close(): Promise<void>;
}

const AGAIN_MS = 1_000;
const LOCK = 'select pg_advisory_lock(hashtextextended($1, 7267))';
const TRY = 'select pg_try_advisory_lock(hashtextextended($1, 7267)) as free';
const UNLOCK = 'select pg_advisory_unlock(hashtextextended($1, 7267))';

/**
 * One session of this process's own: it holds the lock that says the instance lives (PostgreSQL lets it go when the
 * process dies, however it dies) and hears what other replicas say on channel `lyss`. It connects again by itself.
 */
export async function openNotices(options: { app_url: string; instance_id: string; onNotice: (payload: string) => void; onError: (error: Error) => void }): Promise<Notices> {
  let client: pg.Client | null = null;
  let closed = false;
  let again: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: options.app_url, application_name: 'lyss notices', connectionTimeoutMillis: 5_000 });
    next.on('error', options.onError);
    next.on('end', () => {
      client = null;
      if (!closed) again = setTimeout(() => void connect().catch(retry), AGAIN_MS);
    });
    next.on('notification', ({ payload }) => payload && options.onNotice(payload));
    await next.connect();
    await next.query(LOCK, [options.instance_id]);
    await next.query('listen lyss');
    client = next;
  };
  const retry = (error: Error) => {
    options.onError(error);
    if (!closed) again = setTimeout(() => void connect().catch(retry), AGAIN_MS);
  };
  await connect();

  return {
    async isGone(instance_id) {
      if (!client) return false;
      const tried = await client.query<{ free: boolean }>(TRY, [instance_id]);
      if (!tried.rows[0]?.free) return false;
      await client.query(UNLOCK, [instance_id]);
      return true;
    },
    async close() {
      closed = true;
      clearTimeout(again);
      await client?.end();
    },
  };
}
