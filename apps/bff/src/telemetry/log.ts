import pino from 'pino';

/** Everything a log line may hold. A field that is not in this list cannot be logged: no headers, bodies, query strings, texts. */
export interface LogFields {
  request_id?: string;
  method?: string;
  /** The endpoint's template, never the path with its ids and query. */
  route?: string;
  status?: number;
  code?: string;
  duration_ms?: number;
  tenant_id?: string;
  user_id?: string;
  reply_id?: string;
  credential_id?: string;
  provider?: string;
  kind?: string;
  count?: number;
  /** Class, SQLSTATE and stack of an error; its message only where the text is our own. */
  error?: { name: string; state?: string | undefined; stack?: string | undefined };
}

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'request_id', 'method', 'route', 'status', 'code', 'duration_ms', 'tenant_id', 'user_id', 'reply_id', 'credential_id', 'provider', 'kind', 'count', 'error',
]);

/** Structured logs, one JSON object a line, on standard error. `event` is a fixed text of ours. */
export function createLog(level: string, destination: pino.DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, destination);
  const write = (at: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields: LogFields = {}) => {
    // Types stop a wrong field in our code; this stops one that came in by a spread.
    logger[at](Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name))), event);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** What may be logged of an error: its class, SQLSTATE and where it was thrown, never its message. */
export function describeForLog(error: unknown): NonNullable<LogFields['error']> {
  if (!(error instanceof Error)) return { name: typeof error };
  const state = (error as { code?: unknown }).code;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 12).join('\n');
  const cause = error.cause instanceof Error ? `${error.name} < ${describeForLog(error.cause).name}` : error.name;
  return { name: cause, state: typeof state === 'string' ? state.slice(0, 40) : undefined, stack: frames };
}
