import { z } from 'zod';
import { resolve } from 'node:path';
import { parseKeyring } from './crypto/keyring.ts';
import { parseAllow } from './egress/address.ts';

const PORT_FAULT = 'must be a whole number up to 65535';
const port = z.coerce.number(PORT_FAULT).int(PORT_FAULT).max(65535, PORT_FAULT);
const flag = z.enum(['0', '1']).transform((text) => text === '1');
const seconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400).default(fallback);
const MIB = 1024 * 1024;
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** Every setting there is, with what an operator reads about it; `.env.example` is generated from here. */
export const settings = z.object({
  // Not 0: links and the allowed origins are written before a port would be chosen.
  PORT: port.min(1).default(3000).describe('Port of console and API'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every network'),
  LYSS_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional().describe('Where the console lives, such as https://ai.example.com; left out: http://localhost:PORT'),
  LYSS_ALLOW_HTTP: flag.default(false).describe('1: allow a public address without https (cookies are then unprotected)'),
  LYSS_TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0).describe('How many reverse proxies in front set X-Forwarded-For'),
  LYSS_DATA_DIR: z.string().min(1).default('./.lyss').describe('Folder of the built-in database and of generated keys'),
  DATABASE_URL: postgresUrl.optional().describe('An own PostgreSQL 15 or newer (the role that owns the schema); left out: the built-in one'),
  LYSS_APP_DATABASE_URL: postgresUrl.optional().describe('The same database as the role lyss_app, where your DBA makes roles; left out: Lyss makes it'),
  LYSS_DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(8).describe('Connections of the application at most'),
  LYSS_MASTER_KEYS: z.string().optional().describe('Keyring id:base64,… of 32-byte keys, first active; left out: made in LYSS_DATA_DIR on the first start'),
  LYSS_EGRESS_ALLOW: z.string().default('').describe('Private hosts that suppliers may live on, as host:port,… (Ollama: localhost:11434)'),
  LYSS_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional().describe('Mail server for invitations and resets, smtp://user:password@host:587 or smtps://…:465; left out: links are copied by hand'),
  LYSS_MAIL_FROM: z.string().regex(/^[^\r\n]*@[^\r\n]*$/).default('Lyss <lyss@localhost>').describe('Whom that mail comes from, such as Lyss <lyss@example.com>'),
  LYSS_REQUESTS_PER_PERSON: z.coerce.number().int().min(10).max(10_000_000).default(300).describe('Requests that a person may send in 10 seconds'),
  LYSS_REQUESTS_PER_NETWORK: z.coerce.number().int().min(10).max(10_000_000).default(600).describe('Requests without sign-in that one network (/24, /64) may send in 10 seconds'),
  LYSS_ARCHIVE_BYTES: z.coerce.number().int().min(MIB).max(Number.MAX_SAFE_INTEGER).default(64 * 1024 * MIB).describe('Bytes that a tenant’s archive may unpack to, when it is made and when it is brought in'),
  LYSS_OPERATIONS_PORT: port.min(0).default(0).describe('Port of /metrics on 127.0.0.1; 0: none'),
  LYSS_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn').describe('Least level that is logged'),
  LYSS_STOP_SECONDS: seconds(20).describe('How long a stopping server waits for requests and replies'),
});

type Settings = z.infer<typeof settings>;
export interface Config extends Omit<Settings, 'LYSS_MASTER_KEYS' | 'LYSS_SMTP_URL' | 'DATABASE_URL' | 'LYSS_APP_DATABASE_URL' | 'LYSS_EGRESS_ALLOW'> {
  data_dir: string;
  public_url: URL;
  secure_cookies: boolean;
  egress_allow: ReturnType<typeof parseAllow>;
}
/** Kept apart from Config so that printing a configuration never prints a secret. */
export interface Secrets {
  database_url: string | undefined;
  app_database_url: string | undefined;
  master_keys: string | undefined;
  smtp_url: string | undefined;
}

export class ConfigurationError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`CONFIGURATION_ERROR (5005)\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads the environment once. Every bad setting is named in one ConfigurationError; values are never shown. */
export function readConfig(env: NodeJS.ProcessEnv): { config: Config; secrets: Secrets } {
  const known = Object.keys(settings.shape);
  // An empty variable in a compose file means "not set".
  const given = Object.fromEntries(known.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = settings.safeParse(given);
  const unknown = Object.keys(env).filter((name) => name.startsWith('LYSS_') && !known.includes(name) && !launcherSettings.has(name));
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((found) => `${found.path.join('.')}: ${found.message}`)),
    ...unknown.map((name) => `${name}: no such setting`),
    ...findProblem(() => parseAllow(given['LYSS_EGRESS_ALLOW'] ?? '')),
    ...findProblem(() => given['LYSS_MASTER_KEYS'] && parseKeyring(given['LYSS_MASTER_KEYS'])),
    ...findInsecureUrl(given),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  const { LYSS_MASTER_KEYS, LYSS_SMTP_URL, DATABASE_URL, LYSS_APP_DATABASE_URL, LYSS_EGRESS_ALLOW, ...rest } = parsed.data;
  const public_url = new URL(rest.LYSS_PUBLIC_URL ?? `http://localhost:${rest.PORT}`);
  return {
    config: { ...rest, data_dir: resolve(rest.LYSS_DATA_DIR), public_url, secure_cookies: isProtected(public_url), egress_allow: parseAllow(LYSS_EGRESS_ALLOW) },
    secrets: { database_url: DATABASE_URL, app_database_url: LYSS_APP_DATABASE_URL, master_keys: LYSS_MASTER_KEYS, smtp_url: LYSS_SMTP_URL },
  };
}

/** What a reader of one setting says against it: its messages name the setting and never a secret's value. */
function findProblem(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

// Looked at before the rest is known to be good, so that it is named together with the rest.
function findInsecureUrl(given: Record<string, string | undefined>): string[] {
  const url = URL.parse(given['LYSS_PUBLIC_URL'] ?? '');
  if (url?.protocol !== 'http:' || isProtected(url) || given['LYSS_ALLOW_HTTP'] === '1') return [];
  return ['LYSS_PUBLIC_URL: use https, or set LYSS_ALLOW_HTTP=1 to run without protected cookies'];
}

function isProtected(url: URL): boolean {
  return url.protocol === 'https:' || loopback.has(url.hostname);
}

// Read by the scripts that start the server, not by it.
const launcherSettings = new Set(['LYSS_DEV_API_PORT', 'LYSS_CHROMIUM']);
