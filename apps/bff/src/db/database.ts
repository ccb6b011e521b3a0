import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { describePlanExceeded, PLAN_EXCEEDED } from './plan-exceeded.ts';
import { NamedClient } from './named-client.ts';
import { readTimestamp } from './timestamp.ts';
import { PREPARE_WALLS } from './walls.ts';

const TIMESTAMPTZ = 1184;
// Times are ISO strings from the column to the page; the columns hold milliseconds, as JavaScript does.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === TIMESTAMPTZ ? readTimestamp : pg.types.getTypeParser(oid, format)),
};

export interface Database {
  pool: pg.Pool;
  close(): Promise<void>;
}

// Above the server's own statement_timeout: it only speaks where the server, or the way to it, does not.
const UNANSWERED_MS = 7_000;

/**
 * The application's pool, as the role behind the wall. Waiting longer than 2 s for a connection is 5004; a server that
 * doesn't answer a query within 7 s (or `unanswered_ms`) is 5001.
 */
export function openDatabase(options: { app_url: string; max: number; onError: (error: Error) => void; unanswered_ms?: number }): Database {
  const pool = new pg.Pool({
    Client: NamedClient,
    connectionString: options.app_url,
    max: options.max,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    types,
    application_name: 'lyss',
    keepAlive: true,
    query_timeout: options.unanswered_ms ?? UNANSWERED_MS,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    // Waited for, whatever the types say: no connection is lent before it has both.
    onConnect: async (client) => void (await client.query(`set time zone 'UTC'; ${PREPARE_WALLS}`)),
  });
  // Without a listener a server's restart would end the process.
  pool.on('error', options.onError);
  // The pool listens to idle connections alone: one that breaks between two queries of a transaction would end the
  // process too. Whoever holds it learns from its next query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { pool, close: () => pool.end() };
}

/** Whether the database answers within the time, in milliseconds; it never throws. */
export async function isAnswering(database: Database, within_ms: number): Promise<boolean> {
  const late = new AbortController();
  const answered = database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  const given_up = sleep(within_ms, false, { signal: late.signal }).catch(() => false);
  return Promise.race([answered, given_up]).finally(() => late.abort());
}

/** Whether the other side went silent in a query: nothing more may be asked on that connection. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}

/** PostgreSQL's SQLSTATE of an error, or undefined where it is none of PostgreSQL's. */
function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const UNIQUE_VIOLATION = '23505';

/** Whether a row with the same unique value was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === UNIQUE_VIOLATION;
}

const FOREIGN_KEY_VIOLATION = '23503';
// A value out of its range, of the wrong form or against a check, and text that PostgreSQL cannot hold.
const INVALID_ROW = /^(?:22\w{3}|23502|23514)$/;

/** What is wrong with rows that were written; null where that is not what failed. */
export function faultOfRows(error: unknown): { kind: 'duplicate' | 'unresolved_reference' | 'invalid_row'; table: string | undefined; column: string | undefined } | null {
  const state = sqlStateOf(error) ?? '';
  const { table, column, constraint } = (error ?? {}) as { table?: string; column?: string; constraint?: string };
  const at = { table, column: column ?? constraint };
  if (state === UNIQUE_VIOLATION) return { kind: 'duplicate', ...at };
  if (state === FOREIGN_KEY_VIOLATION) return { kind: 'unresolved_reference', ...at };
  return INVALID_ROW.test(state) ? { kind: 'invalid_row', ...at } : null;
}

// Cancelled, no lock in time, a deadlock's victim, a serialization failure, too many connections: try again shortly.
const passing = new Set(['57014', '55P03', '40P01', '40001', '53300']);
const IDLE_IN_TRANSACTION = '25P03';

/** What a caller is told when the database itself fails; anything else passes through unchanged. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const state = sqlStateOf(error);
  if (state !== undefined && passing.has(state)) return new AppError('SERVICE_UNAVAILABLE', { retry_after_s: 1, cause: error });
  if (state === PLAN_EXCEEDED) return describePlanExceeded(error);
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('timeout exceeded when trying to connect')) return new AppError('SERVICE_UNAVAILABLE', { retry_after_s: 1, cause: error });
  const gone = state === IDLE_IN_TRANSACTION || state?.startsWith('08') || state?.startsWith('57P') || /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/.test(String((error as { code?: unknown })?.code));
  if (gone || isUnanswered(error) || message.startsWith('Connection terminated') || message.includes('Client has encountered a connection error')) {
    return new AppError('DATABASE_ERROR', { retry_after_s: 2, cause: error });
  }
  return error;
}
