import { sql } from 'kysely';
import type { Hono } from 'hono';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createContext, type Context, type Overrides } from '../src/context.ts';
import { generateKeyringText, parseKeyring, type Keyring } from '../src/crypto/keyring.ts';
import type { Database } from '../src/db/database.ts';
import type { Env } from '../src/http/mount.ts';
import { createEgress, type Egress } from '../src/egress/fetch.ts';
import { createLog } from '../src/telemetry/log.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { enrolTotp } from './second-factors.ts';
import { createWatchedTenancy, type WatchedTenancy } from './watched-tenancy.ts';

export { ORIGIN } from './origin.ts';
export const PASSWORD = 'quiet-lakes-run-deep-7';

export interface TestPerson {
  user_id: string;
  tenant_id: string;
  email: string;
  workspace: string;
  access_token: string;
  refresh_token: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  // Tests read answers of every shape; each asserts what it reads.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  bytes: Uint8Array;
}

export interface TestApp {
  app: Hono<Env>;
  context: Context;
  database: TestDatabase;
  keyring: Keyring;
  /** Every log line so far, for canaries. */
  lines: string[];
  /** The first tenant's first person: operator and admin, with an authenticator app: a password alone does not sign them in. */
  owner: TestPerson;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Adds a person to the owner's tenant, or to a new tenant's, and signs in by bearer; an operator with an authenticator app, unless `enrolled` is false. */
  signInAs(role: 'end_user' | 'tenant_admin' | 'super_admin', options?: { tenant?: 'own' | 'new'; enrolled?: boolean }): Promise<TestPerson>;
  /** The newest audit entry of an action, or null. */
  findAudit(tenant_id: string, action: string): Promise<{ outcome: string; resource_id: string | null; request_id: string; details: Record<string, unknown> | null } | null>;
  close(): Promise<void>;
}

export interface CallOptions {
  as?: TestPerson | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

export type BareApp = Pick<TestApp, 'app' | 'context' | 'database' | 'keyring' | 'lines' | 'call' | 'close'>;

// How busy the machine is with other tests must not decide what this app refuses.
const calm = { isOverloaded: () => false, stop: () => undefined };

/** As createTestApp, before its set-up: nobody is there yet. */
export async function createBareApp(overrides: Overrides = {}, env: Record<string, string> = {}): Promise<BareApp> {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const { config, secrets } = readConfig({ LYSS_STOP_SECONDS: '1', LYSS_DATABASE_POOL: '4', ...env });
  const keyring = parseKeyring(generateKeyringText());
  let watched: WatchedTenancy | undefined;
  const given = { log, load: calm, rate_limits: { per_person: 100_000, per_network: 100_000 }, createTenancy: (of: Database) => (watched = createWatchedTenancy(of)) };
  const outside = overrides.egress ?? createEgress({ allow: config.egress_allow });
  const egress: Egress = { ...outside, fetch: async (request) => (watched?.refuseCall(), outside.fetch(request)) };
  const context = await createContext(config, { app_url: database.app_url, keyring, smtp_url: secrets.smtp_url }, { ...given, ...overrides, egress });
  const app = createApp(context);
  return {
    ...{ app, context, database, keyring, lines },
    call: (method, path, options = {}) => send(app, config.public_url.origin, method, path, options),
    async close() {
      await context.close();
      await database.drop();
      // Here too, for whoever swallowed it.
      if (watched?.nested.length) throw new Error(watched.nested.join('\n'));
    },
  };
}

/** The whole app over a database of its own, without a port. */
export async function createTestApp(overrides: Overrides = {}, env: Record<string, string> = {}): Promise<TestApp> {
  const bare = await createBareApp(overrides, env);
  const { context, call } = bare;
  const owner = await setUp(context, call);
  let people = 0;
  return {
    ...bare,
    owner,
    async signInAs(role, { tenant = 'own', enrolled = role === 'super_admin' } = {}) {
      const number = ++people;
      const email = `person-${number}@example.com`;
      const workspace = tenant === 'own' ? owner.workspace : `tenant-${number}`;
      const link =
        tenant === 'own'
          ? await call('POST', '/api/v1/admin/users', { as: owner, body: { email, name: `Person ${number}`, roles: [role] } })
          : await call('POST', '/api/v1/admin/tenants', { as: owner, body: { name: `Tenant ${number}`, workspace, admin: { email, name: `Person ${number}` } } });
      const token = String(link.body.data.invitation.url).split('/').at(-1);
      await call('POST', `/api/v1/auth/invitations/${token}`, { body: { password: PASSWORD } });
      const person = await signIn(call, email, workspace);
      if (enrolled) await enrolTotp(call, { as: person });
      return person;
    },
    findAudit: (tenant_id, action) =>
      context.tenancy.withTenant(tenant_id, async (db) => {
        const found = await sql<{ outcome: string; resource_id: string | null; request_id: string; details: Record<string, unknown> | null }>`
          select outcome, resource_id, request_id, details from audit_entries where action = ${action} order by at desc, id desc limit 1`.execute(db);
        return found.rows[0] ?? null;
      }),
  };
}

async function setUp(context: Context, call: TestApp['call']): Promise<TestPerson> {
  const token = await context.issueSetupToken();
  const body = { token, email: 'owner@example.com', password: PASSWORD, name: 'Olive Owner', tenant_name: 'First', workspace: 'first', locale: 'en-US' };
  const done = await call('POST', '/api/v1/setup', { body });
  if (done.status !== 201) throw new Error(`set-up failed: ${JSON.stringify(done.body)}`);
  const owner = await signIn(call, 'owner@example.com', 'first');
  // An operator manages the platform with a second factor alone.
  await enrolTotp(call, { as: owner });
  return owner;
}

async function signIn(call: TestApp['call'], email: string, workspace: string): Promise<TestPerson> {
  const form = new URLSearchParams({ grant_type: 'password', username: email, password: PASSWORD, workspace });
  const tokens = await call('POST', '/api/v1/auth/token', { body: form });
  if (tokens.status !== 200) throw new Error(`sign-in failed: ${JSON.stringify(tokens.body)}`);
  const { access_token, refresh_token } = tokens.body;
  const person = { email, workspace, access_token, refresh_token, user_id: '', tenant_id: '' };
  const me = await call('GET', '/api/v1/auth/me', { as: person });
  return { ...person, user_id: me.body.data.id, tenant_id: me.body.data.tenant.id };
}

async function send(app: Hono<Env>, origin: string, method: string, path: string, { as, body, headers = {} }: CallOptions): Promise<Answer> {
  const form = body instanceof URLSearchParams;
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await app.request(`${origin}${path}`, {
    method,
    headers: {
      'accept-language': 'en-US',
      ...(body === undefined ? {} : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
      ...(as ? { authorization: `Bearer ${as.access_token}` } : { origin }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: form ? body.toString() : raw ? (body as string) : JSON.stringify(body) }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text, bytes };
}
