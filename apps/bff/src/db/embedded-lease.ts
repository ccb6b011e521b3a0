import { Client } from 'pg';

/** One process's share in the running server. It ends with the process, however that ends. */
export interface Lease {
  /** Gives the share back; true: it was the last one, and nobody else can join any more. */
  release(): Promise<boolean>;
  close(): Promise<void>;
}

// "Lyss": any number that no migration uses; advisory locks are per database, and this one is taken in `postgres`.
const LOCK = 0x4c797373;

/**
 * Takes a shared advisory lock on a connection of its own. Null where the server at `url` is not the one of
 * `folder` (another program's, on a port that ours once had), goes down, or doesn't take our password.
 */
export async function openLease(url: string, folder: string): Promise<Lease | null> {
  const client = await connect(url, folder);
  if (client === null) return null;
  if (await tryLock(client, 'pg_try_advisory_lock_shared')) return buildLease(client, url, folder);
  await client.end();
  return null;
}

async function connect(url: string, folder: string): Promise<Client | null> {
  const client = new Client({ connectionString: url, application_name: 'lyss lease', keepAlive: true });
  // Without a listener the end of the server would end this process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    if (rows[0]?.folder === folder.replaceAll('\\', '/')) return client;
  } catch {
    // Starting, stopping or foreign: the caller looks again.
  }
  await client.end().catch(() => {});
  return null;
}

async function tryLock(client: Client, grasp: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared'): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`select ${grasp}($1) as locked`, [LOCK]);
  return rows[0]?.locked === true;
}

function buildLease(client: Client, url: string, folder: string): Lease {
  let current: Client | null = client;
  const release = async (): Promise<boolean> => {
    try {
      await client.query('select pg_advisory_unlock_shared($1)', [LOCK]);
    } catch {
      // A crashed backend takes every connection along, and our share with ours: ask on a new one.
      current = await connect(url, folder);
    }
    return current !== null && (await tryLock(current, 'pg_try_advisory_lock').catch(() => false));
  };
  const close = async (): Promise<void> => {
    await Promise.all([client.end().catch(() => {}), current === client ? null : current?.end().catch(() => {})]);
  };
  return { release, close };
}
