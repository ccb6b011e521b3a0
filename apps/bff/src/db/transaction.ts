import { DefaultQueryExecutor, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery, type Dialect, type Driver, type QueryResult } from 'kysely';
import pg from 'pg';
import { isUnanswered } from './database.ts';
import type { DB } from './schema.gen.ts';
import { readWalled } from './walled-read.ts';
import type { Wall } from './walls.ts';

/** What happens behind one wall: reads, each in its own trip, until the first statement that is more; from there one transaction. */
interface Transaction {
  db: Kysely<DB>;
  /** Commits what was begun. Throws where a statement had failed and somebody went on. */
  commit(): Promise<void>;
  /** Takes back what was begun, and gives the connection away only where it is clean. */
  rollback(error: unknown): Promise<void>;
}

/**
 * Opens a transaction that takes no connection before it needs one. A plain read before anything else runs alone, in one
 * trip with its wall: under READ COMMITTED each statement sees its own snapshot anyway, and a read leaves nothing to commit.
 */
export function openTransaction(pool: pg.Pool, wall: Wall): Transaction {
  let begun: Promise<pg.PoolClient> | null = null;
  let isOver = false;
  const run = async (query: CompiledQuery): Promise<pg.QueryResult> => {
    if (isOver) throw new Error('its transaction is over: a statement was not waited for');
    const values = [...query.parameters];
    if (!begun && isPlainRead(query)) return readAlone(pool, wall, query.sql, values);
    begun ??= begin(pool, wall);
    return (await begun).query(query.sql, values);
  };
  return {
    db: bindKysely(run),
    async commit() {
      isOver = true;
      const client = await begun;
      if (!client) return;
      const { command } = await client.query('commit');
      // PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and somebody went on: nothing was written.
      if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit');
      client.release();
    },
    async rollback(error) {
      isOver = true;
      // One that could not begin has given its connection back itself.
      const client = await begun?.catch(() => null);
      if (client) await rollBack(client, error);
    },
  };
}

async function begin(pool: pg.Pool, wall: Wall): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    await client.query(wall.begin);
    return client;
  } catch (error) {
    await rollBack(client, error);
    throw error;
  }
}

/** A connection whose rollback fails is thrown away: nothing may inherit its transaction or its tenant. */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<void> {
  client.release(isUnanswered(error) || (await client.query('rollback').then(() => false, () => true)));
}

// A prepared statement that isn't there: somebody between us and the server gave us another connection.
const WALL_IS_MISSING = '26000';

async function readAlone(pool: pg.Pool, wall: Wall, text: string, values: unknown[]): Promise<pg.QueryResult> {
  const client = await pool.connect();
  let isClean = false;
  try {
    const result = await readWalled(client, wall, text, values);
    isClean = true;
    return result;
  } catch (error) {
    // PostgreSQL refused it and goes on; after anything else nobody knows what the connection still waits for.
    isClean = error instanceof pg.DatabaseError && error.severity === 'ERROR' && error.code !== WALL_IS_MISSING;
    throw error;
  } finally {
    client.release(!isClean);
  }
}

/** Nothing but a select: no lock that must outlive it, no statement inside that writes. PostgreSQL refuses whatever slips through (25006). */
function isPlainRead({ query }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' && !query.with && !query.endModifiers;
}

const adapter = new PostgresAdapter();
const compiler = new PostgresQueryCompiler();

/** Hands every compiled statement straight on: connection, begin and commit are the transaction's. */
class Executor extends DefaultQueryExecutor {
  readonly #run: (query: CompiledQuery) => Promise<pg.QueryResult>;
  constructor(run: (query: CompiledQuery) => Promise<pg.QueryResult>) {
    super(compiler, adapter, { provideConnection: refuse });
    this.#run = run;
  }
  override async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#run(query);
    return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) };
  }
}

async function refuse(): Promise<never> {
  throw new Error('the transaction belongs to withTenant');
}

const driver: Driver = {
  init: refuse,
  acquireConnection: refuse,
  releaseConnection: refuse,
  destroy: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
};
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
};

function bindKysely(run: (query: CompiledQuery) => Promise<pg.QueryResult>): Kysely<DB> {
  return new Kysely<DB>({ config: { dialect }, dialect, driver, executor: new Executor(run) });
}
