import { Client, escapeIdentifier, escapeLiteral } from 'pg';

const OWNER = 'lyss_owner';
// Any number that nothing else locks in the database `postgres`; the lock ends with the connection.
const IN_TURN = 7_267_712;

/**
 * Makes (or gives a new password to) the role that owns the schema, and its database; neither superuser nor
 * beyond row-level security, but it may create the application's role. Returns the owner's URL of `database`.
 */
export async function ensureOwnerDatabase(superuser_url: string, password: string, database = 'lyss'): Promise<string> {
  const client = new Client({ connectionString: superuser_url });
  client.on('error', () => {});
  await client.connect();
  try {
    // A start and a command at the same instant would both change the role's one row, which fails the second.
    await client.query('select pg_advisory_lock($1)', [IN_TURN]);
    const exists = await client.query('select from pg_roles where rolname = $1', [OWNER]);
    const verb = exists.rowCount === 0 ? 'create' : 'alter';
    await client.query(`${verb} role ${OWNER} login createrole nosuperuser nobypassrls password ${escapeLiteral(password)}`);
    const made = await client.query('select from pg_database where datname = $1', [database]);
    if (made.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)} owner ${OWNER}`);
  } finally {
    await client.end();
  }
  return buildOwnerUrl(superuser_url, password, database);
}

export function buildOwnerUrl(superuser_url: string, password: string, database: string): string {
  const url = new URL(superuser_url);
  url.username = OWNER;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}
