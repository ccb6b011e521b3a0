import { fileURLToPath } from 'node:url';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Config } from './config.ts';
import { createAccessTokens } from './crypto/access-token.ts';
import { newId } from './crypto/digest.ts';
import type { Keyring } from './crypto/keyring.ts';
import { createPasswordHasher } from './crypto/password.ts';
import { createVault } from './crypto/vault.ts';
import { openDatabase, translateDatabaseError, type Database } from './db/database.ts';
import { createDataKeyStore } from './db/data-key-store.ts';
import { createIdempotencyStore } from './db/idempotency-store.ts';
import { checkKeyring } from './db/master-keys.ts';
import { openNotices } from './db/notices.ts';
import { loadPlatformKeys, rotateSigningKey } from './db/platform-keys.ts';
import { createTenancy, type Tenancy } from './db/tenancy.ts';
import { createEgress, type Egress } from './egress/fetch.ts';
import { AppError } from './errors.ts';
import { createConsole } from './http/console.ts';
import { createDocs } from './http/docs.ts';
import type { Doors } from './http/mount.ts';
import { buildOpenapi } from './http/openapi.ts';
import { createOpenStreams } from './http/open-streams.ts';
import { createRateLimits, type RateLimitPoints } from './http/rate-limit.ts';
import { nameCookies } from './http/session-cookie.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { createActors } from './modules/auth/actors.ts';
import { listLiveSessions } from './modules/auth/repository.ts';
import { authRoutes } from './modules/auth/routes.ts';
import { createAuthService, refuseWeakPassword } from './modules/auth/service.ts';
import { createStartSession } from './modules/auth/start-session.ts';
import { createSignInThrottle } from './modules/auth/throttle.ts';
import { createReplies } from './modules/chat/replies/create-replies.ts';
import { removeExpiredLogs, sweepReplies } from './modules/chat/replies/sweep.job.ts';
import { chatRoutes } from './modules/chat/routes.ts';
import { createChatService } from './modules/chat/service.ts';
import { modelRoutes } from './modules/models/routes.ts';
import { createModelService } from './modules/models/service.ts';
import { insertDemoCredential } from './modules/suppliers/demo-credential.ts';
import { recordOutcome } from './modules/suppliers/record-outcome.ts';
import { supplierRoutes } from './modules/suppliers/routes.ts';
import { createSupplierService } from './modules/suppliers/service.ts';
import { issueSetupToken } from './modules/tenants/complete-setup.ts';
import { tenantRoutes } from './modules/tenants/routes.ts';
import { createTenantService } from './modules/tenants/service.ts';
import { createInviteUser } from './modules/users/invite-user.ts';
import { userRoutes } from './modules/users/routes.ts';
import { createUserService } from './modules/users/service.ts';
import * as catalogue from './providers/catalogue.ts';
import { createProviders } from './providers/registry.ts';
import { suppliers as supplierList } from './providers/suppliers.ts';
import { createLog, describeForLog, type Log } from './telemetry/log.ts';
import { watchLoad, type Load } from './telemetry/load.ts';
import { createMetrics } from './telemetry/metrics.ts';

export type Context = Awaited<ReturnType<typeof createContext>>;

export interface Overrides {
  egress?: Egress;
  log?: Log;
  rate_limits?: RateLimitPoints;
  load?: Load;
}

interface Foundations {
  config: Config;
  instance_id: string;
  keyring: Keyring;
  log: Log;
  database: Database;
  tenancy: Tenancy;
  egress: Egress;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SIGNING_KEY_S = 90 * 86_400;
const SWEEP_MS = 5_000;
const ACCOUNT_THROTTLE = { points: 10, duration: 900, keyPrefix: 'account' };
const NETWORK_THROTTLE = { points: 30, duration: 900, keyPrefix: 'network' };

/**
 * The composition root: everything that lives as long as the process, wired by hand. The database must be migrated.
 * `close()` ends all of it in order; the database itself is the caller's.
 */
export async function createContext(config: Config, given: { app_url: string; keyring: Keyring }, overrides: Overrides = {}) {
  const log = overrides.log ?? createLog(config.LYSS_LOG_LEVEL);
  const database = openDatabase({
    app_url: given.app_url,
    max: config.LYSS_DATABASE_POOL,
    onError: (error) => log.warn('database connection lost', { error: describeForLog(error) }),
  });
  const tenancy = createTenancy(database);
  await checkKeyring(tenancy, given.keyring);
  const egress = overrides.egress ?? createEgress({ allow: config.egress_allow });
  const foundations: Foundations = { config, instance_id: newId(), keyring: given.keyring, log, database, tenancy, egress };
  const modules = await composeModules(foundations);
  const load = overrides.load ?? watchLoad();
  const metrics = modules.metrics;
  const open_streams = createOpenStreams((ids) => listLiveSessions(tenancy, ids), load.isOverloaded);
  metrics.watch('lyss_open_streams', 'Event streams open now', () => open_streams.count());
  metrics.watch('lyss_running_replies', 'Replies that this process makes now', () => modules.replies.running.count());
  metrics.watch('lyss_database_waiting', 'Requests that wait for a connection', () => database.pool.waitingCount);
  const notices = await openNotices({
    app_url: given.app_url,
    instance_id: foundations.instance_id,
    onNotice: modules.onNotice,
    onError: (error) => log.warn('notices lost', { error: describeForLog(error) }),
  });
  const sweep = () =>
    sweepReplies({ tenancy, instance_id: foundations.instance_id, isGone: notices.isGone, publish: (events) => modules.replies.topics.publish(events) });
  await sweep();
  const jobs = startJobs(
    [
      { name: 'sweep replies', every_ms: SWEEP_MS, run: sweep },
      { name: 'remove expired logs', every_ms: MINUTE_MS, run: () => removeExpiredLogs(tenancy) },
      { name: 'rotate the signing key', every_ms: HOUR_MS, run: () => rotateSigningKey(tenancy, given.keyring, SIGNING_KEY_S) },
    ],
    log,
  );
  const doors: Doors = {
    authenticator: modules.actors,
    idempotency: createIdempotencyStore(tenancy),
    rate_limits: createRateLimits(overrides.rate_limits ?? { per_person: config.LYSS_REQUESTS_PER_PERSON, per_network: config.LYSS_REQUESTS_PER_NETWORK }),
    open_streams,
    cookies: nameCookies(config.secure_cookies),
    origins: listOrigins(config),
  };
  let draining = false;
  return {
    config,
    log,
    metrics,
    doors,
    tenancy,
    routes: modules.routes,
    isDraining: () => draining,
    publicJwks: modules.publicJwks,
    openapi: memoize(() => JSON.stringify(buildOpenapi(VERSION))),
    docs: createDocs(),
    console: createConsole(fileURLToPath(new URL(CONSOLE_FOLDER, import.meta.url))),
    issueSetupToken: () => issueSetupToken(tenancy),
    readiness: () => readiness(database, draining),
    /** Not ready, no new work, what runs gets its time, then everything is closed. */
    async close() {
      draining = true;
      await modules.replies.running.close(config.LYSS_STOP_SECONDS);
      open_streams.stop();
      await jobs.stop();
      load.stop();
      await notices.close();
      await egress.close();
      await database.close();
    },
  };
}

// From src/ and from dist/ alike: both lie beside each other in apps/bff.
const CONSOLE_FOLDER = '../../web/dist';
const VERSION = '0.1.0';

async function composeModules({ config, instance_id, keyring, log, database, tenancy, egress }: Foundations) {
  const metrics = createMetrics();
  const vault = createVault(keyring, createDataKeyStore(tenancy));
  const keys = await loadPlatformKeys(tenancy, keyring);
  const accessTokens = createAccessTokens({ issuer: config.public_url.origin, keys: keys.signing });
  const actors = createActors(tenancy, accessTokens);
  const hasher = createPasswordHasher();
  const startSession = createStartSession(accessTokens);
  const throttle = createSignInThrottle(limiter(database, ACCOUNT_THROTTLE), limiter(database, NETWORK_THROTTLE));
  const auth = createAuthService({
    ...{ tenancy, hasher, throttle, accessTokens, actors, startSession },
    refreshKey: keys.refresh,
    insecure_transport: !config.secure_cookies,
  });
  const inviteUser = createInviteUser(config.public_url);
  const users = createUserService({ tenancy, inviteUser, public_url: config.public_url });
  const tenants = createTenantService({
    ...{ tenancy, insertDemoCredential, inviteUser, refuseWeakPassword, startSession },
    newDataKey: (tenant_id) => vault.newDataKey(tenant_id),
    hashPassword: (password) => hasher.hash(password),
  });
  const providers = createProviders(egress);
  const suppliers = createSupplierService({ tenancy, vault, providers, catalogue: { ...catalogue, suppliers: supplierList } });
  const models = createModelService({ tenancy, vault, describeModel: catalogue.describeModel });
  const replies = createReplies({ tenancy, log, isPassing, recordOutcome, countReply: metrics.countReply });
  const chat = createChatService({
    ...{ tenancy, instance_id, ...replies },
    resolveModel: models.resolve,
    getProvider: (supplier) => providers.get(supplier),
    start: (order) => replies.running.start(order),
  });
  const routes = [
    ...authRoutes(auth),
    ...tenantRoutes(tenants, auth.readMe),
    ...userRoutes(users),
    ...supplierRoutes(suppliers),
    ...modelRoutes(models),
    ...chatRoutes(chat),
  ];
  const onNotice = (payload: string) => {
    if (payload.startsWith('stop:')) replies.running.stop(payload.slice('stop:'.length));
    if (payload === 'keys') keys.reload().catch((error: unknown) => log.warn('keys not read', { error: describeForLog(error) }));
  };
  return { actors, replies, routes, metrics, onNotice, publicJwks: () => accessTokens.publicJwks() };
}

/** Whether the database may take the same write a little later. */
function isPassing(error: unknown): boolean {
  const translated = translateDatabaseError(error);
  return translated instanceof AppError && (translated.error_name === 'DATABASE_ERROR' || translated.error_name === 'SERVICE_UNAVAILABLE');
}

function limiter(database: Database, options: { points: number; duration: number; keyPrefix: string }): RateLimiterPostgres {
  return new RateLimiterPostgres({ storeClient: database.pool, storeType: 'pool', tableName: 'rate_limits', tableCreated: true, ...options });
}

/** Where our own page may live: the public address, and on loopback all of its names. */
function listOrigins({ public_url, PORT, secure_cookies }: Config): ReadonlySet<string> {
  const isLoopback = public_url.protocol === 'http:' && secure_cookies;
  const port = public_url.port || PORT;
  return new Set([public_url.origin, ...(isLoopback ? ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`) : [])]);
}

async function readiness(database: Database, draining: boolean) {
  const up = await database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  return { ready: up && !draining, dependencies: { database: up ? 'up' : 'down', server: draining ? 'draining' : 'up' } };
}

function memoize<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
