import { fileURLToPath } from 'node:url';
import { listEndpoints, type Endpoint } from '@lyss/api-types';
import manifest from '../package.json' with { type: 'json' };
import { composeGateway } from './compose-gateway.ts';
import { composeModules, type Foundations } from './compose-modules.ts';
import type { Config } from './config.ts';
import { newId } from './crypto/digest.ts';
import type { Keyring } from './crypto/keyring.ts';
import { checkAppRole } from './db/app-role.ts';
import { isAnswering, openDatabase, type Database } from './db/database.ts';
import { createIdempotencyStore } from './db/idempotency-store.ts';
import { checkKeyring } from './db/master-keys.ts';
import { openNotices } from './db/notices.ts';
import { rotateSigningKey } from './db/platform-keys.ts';
import { createTenancy, type Tenancy } from './db/tenancy.ts';
import { removeExpiredRows } from './db/tidy.ts';
import { createEgress, type Egress } from './egress/fetch.ts';
import { removeExpiredExports } from './exports/exports.ts';
import { createConsole } from './http/console.ts';
import { createDocs } from './http/docs.ts';
import type { Doors } from './http/mount.ts';
import { buildOpenapi } from './http/openapi.ts';
import { createOpenStreams, type OpenStreams } from './http/open-streams.ts';
import { createRateLimits, type RateLimitPoints } from './http/rate-limit.ts';
import { nameCookies } from './http/session-cookie.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { removeLongEndedKeys } from './modules/api-keys/remove-ended.job.ts';
import { removeExpiredImports } from './modules/archives/imports/imports.ts';
import { ensurePartitions } from './modules/audit/repository.ts';
import { applyRetention } from './modules/audit/retention.job.ts';
import { createSealer } from './modules/audit/seal.job.ts';
import { tidyChallenges } from './modules/auth/second-factors/tidy-challenges.job.ts';
import { createSweeper, removeExpiredLogs } from './modules/chat/replies/sweep.job.ts';
import { RENEW_MS } from './modules/ledger/ledger.ts';
import { removeOldPots } from './modules/ledger/remove-pots.job.ts';
import { ensureUsagePartitions } from './modules/ledger/repository.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { issueSetupToken } from './modules/tenants/complete-setup.ts';
import { createEraser } from './modules/tenants/erasures/erase.job.ts';
import { keepRetention } from './modules/tenants/retention/keep-retention.job.ts';
import { createLog, describeForLog, type Log } from './telemetry/log.ts';
import { watchLoad, type Load } from './telemetry/load.ts';
import { createMetrics } from './telemetry/metrics.ts';

export type Context = Awaited<ReturnType<typeof createContext>>;

export interface Overrides {
  egress?: Egress;
  log?: Log;
  load?: Load;
  rate_limits?: RateLimitPoints;
  mailer?: Mailer;
  createTenancy?: typeof createTenancy;
}

/** What the configuration does not say: where the database is, and the secrets that are used here. */
export interface Given {
  app_url: string;
  keyring: Keyring;
  smtp_url?: string | undefined;
}
type Modules = Awaited<ReturnType<typeof composeModules>>;

// A suspended tenant's and a disabled person's replies end within a second or two of it.
const SWEEP_MS = 1_000;
const READY_MS = 1_500;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SEAL_MS = 1_000;
const EXPORTS_MS = 1_000;
const ERASURE_MS = 10_000;
const CALL_SWEEP_MS = 5_000;
const SIGNING_KEY_S = 90 * 86_400;
// From src/ and from dist/ alike: both lie beside each other in apps/bff.
const CONSOLE_FOLDER = '../../web/dist';

/**
 * The composition root: everything that lives as long as the process, wired by hand. The database must be migrated.
 * `close()` ends all of it in order; the database itself is the caller's.
 */
export async function createContext(config: Config, given: Given, overrides: Overrides = {}) {
  const foundations = await openFoundations(config, given, overrides);
  const { log, metrics, database, tenancy, egress } = foundations;
  const modules = await composeModules(foundations);
  const load = overrides.load ?? watchLoad();
  const open_streams = createOpenStreams(modules.listLive, load.isOverloaded);
  watchFigures(foundations, modules, open_streams);
  const background = await startBackground(foundations, modules, open_streams, given.app_url);
  let draining = false;
  const isDraining = () => draining;
  const doors = createDoors(foundations, modules, open_streams, overrides.rate_limits);
  const gateway = composeGateway(foundations, modules, { open_streams, rate_limits: doors.rate_limits, isDraining });
  const closeCalls = (seconds: number) => Promise.all([modules.replies.running.close(seconds), gateway.close(seconds)]);
  return {
    ...{ config, log, metrics, tenancy, doors, gateway },
    routes: modules.routes,
    isDraining,
    publicJwks: modules.publicJwks,
    openapi: memoize(() => JSON.stringify(buildOpenapi(manifest.version))),
    docs: createDocs(),
    console: createConsole(fileURLToPath(new URL(CONSOLE_FOLDER, import.meta.url))),
    issueSetupToken: () => issueSetupToken(tenancy),
    readiness: () => readiness(database, draining),
    /** Not ready, no new work; replies get their time and are then marked, and their streams end. */
    async drain() {
      draining = true;
      await closeCalls(config.LYSS_STOP_SECONDS);
      open_streams.stop();
    },
    countRunning: () => modules.replies.running.count() + gateway.countRunning(),
    /** Marks the replies that run as interrupted now, whatever time `drain` would give them. */
    cutOff: async () => void (await closeCalls(0)),
    /** Closes everything; what still runs is cut off, so `drain` comes first. */
    async close() {
      draining = true;
      await closeCalls(0);
      open_streams.stop();
      load.stop();
      await background.stop();
      await modules.refusals.close();
      await modules.forgotten.close();
      await modules.outbox.close();
      await modules.denials.close();
      await modules.key_uses.close();
      await modules.money.endCalls();
      await egress.close();
      await database.close();
    },
  };
}

async function openFoundations(config: Config, given: Given, overrides: Overrides): Promise<Foundations> {
  const log = overrides.log ?? createLog(config.LYSS_LOG_LEVEL);
  const onError = (error: Error) => log.warn('database connection lost', { error: describeForLog(error) });
  const database = openDatabase({ app_url: given.app_url, max: config.LYSS_DATABASE_POOL, onError });
  const tenancy = (overrides.createTenancy ?? createTenancy)(database);
  await checkAppRole(database);
  await checkKeyring(tenancy, given.keyring);
  const egress = overrides.egress ?? createEgress({ allow: config.egress_allow });
  const mailer = overrides.mailer ?? createMailer(given.smtp_url ? { smtp_url: given.smtp_url, from: config.LYSS_MAIL_FROM } : null);
  return { config, instance_id: newId(), keyring: given.keyring, log, metrics: createMetrics(), database, tenancy, egress, mailer };
}

/** Who does what about a notice: the modules, and the streams whose session may have ended. */
function hearWith({ hearing }: Modules, open_streams: OpenStreams) {
  return {
    ...hearing,
    onNotice(payload: string) {
      hearing.onNotice(payload);
      if (/^(session|rights):/.test(payload)) void open_streams.check();
    },
    onConnected() {
      hearing.onConnected();
      void open_streams.check();
    },
  };
}

function listJobs(tenancy: Tenancy, keyring: Keyring, modules: Modules): Parameters<typeof startJobs>[0] {
  const sealer = createSealer(tenancy);
  return [
    { name: 'renew the leases of calls', every_ms: RENEW_MS, run: modules.money.ledger.renew },
    { name: 'seal the audit', every_ms: SEAL_MS, run: () => sealer.seal() },
    { name: 'make the audit’s next partitions', every_ms: HOUR_MS, run: () => ensurePartitions(tenancy) },
    { name: 'make the usage’s next partitions', every_ms: HOUR_MS, run: () => ensureUsagePartitions(tenancy) },
    { name: 'verify the ledger', every_ms: HOUR_MS, run: modules.money.verifier.verifyAtNight },
    { name: 'remove old pots', every_ms: HOUR_MS, run: () => removeOldPots(tenancy) },
    { name: 'make exports', every_ms: EXPORTS_MS, run: () => modules.exports.run() },
    { name: 'judge and bring in archives', every_ms: EXPORTS_MS, run: () => modules.imports.run() },
    { name: 'remove expired imports', every_ms: MINUTE_MS, run: () => removeExpiredImports(tenancy) },
    { name: 'remove expired exports', every_ms: MINUTE_MS, run: () => removeExpiredExports(tenancy) },
    { name: 'apply the audit’s retention', every_ms: HOUR_MS, run: () => applyRetention(tenancy) },
    { name: 'keep tenants’ retention', every_ms: HOUR_MS, run: () => keepRetention(tenancy) },
    { name: 'remove expired logs', every_ms: MINUTE_MS, run: () => removeExpiredLogs(tenancy) },
    { name: 'remove expired rows', every_ms: HOUR_MS, run: () => removeExpiredRows(tenancy) },
    { name: 'remove old challenges', every_ms: HOUR_MS, run: () => tidyChallenges(tenancy) },
    { name: 'write who was here', every_ms: MINUTE_MS, run: modules.last_seen.write },
    { name: 'write which API keys were used', every_ms: MINUTE_MS, run: modules.key_uses.write },
    { name: 'remove API keys that ended long ago', every_ms: HOUR_MS, run: () => removeLongEndedKeys(tenancy) },
    { name: 'rotate the signing key', every_ms: HOUR_MS, run: () => rotateSigningKey(tenancy, keyring, SIGNING_KEY_S) },
  ];
}

/** What goes on without a request: hearing other replicas, ending what dead ones left, tidying, rotating. */
async function startBackground({ instance_id, keyring, log, tenancy }: Foundations, modules: Modules, open_streams: OpenStreams, app_url: string) {
  const onError = (error: Error) => log.warn('notices lost', { error: describeForLog(error) });
  const notices = await openNotices({ ...{ app_url, instance_id, onError }, ...hearWith(modules, open_streams) });
  const { running, topics } = modules.replies;
  const sweeper = createSweeper({
    ...{ tenancy, instance_id, isGone: notices.isGone, runsHere: running.runsHere, settleWithin: modules.money.ledger.settleWithin },
    stop: (reply_id) => void running.stop(reply_id),
    publish: (events) => topics.publish(events),
    onFailure: (reply_id, error) => log.error('reply not swept', { reply_id, error: describeForLog(error) }),
  });
  await sweeper.sweep();
  await ensurePartitions(tenancy);
  await ensureUsagePartitions(tenancy);
  const calls = modules.money.createSweeper(notices.isGone);
  const eraser = createEraser({ tenancy, instance_id, onFailure: (id, error) => log.error('tenant not erased', { kind: id, error: describeForLog(error) }) });
  const jobs = startJobs([{ name: 'sweep replies', every_ms: SWEEP_MS, run: sweeper.sweep }, { name: 'erase tenants', every_ms: ERASURE_MS, run: eraser.run }, { name: 'end calls that nobody makes', every_ms: CALL_SWEEP_MS, run: calls.sweep }, ...listJobs(tenancy, keyring, modules)], log);
  return {
    async stop() {
      eraser.stop();
      await jobs.stop();
      await modules.exports.close();
      await modules.imports.close();
      await modules.last_seen.write().catch((error: unknown) => log.warn('last seen not written', { error: describeForLog(error) }));
      await modules.key_uses.write().catch((error: unknown) => log.warn('last use of keys not written', { error: describeForLog(error) }));
      await notices.close();
    },
  };
}

function createDoors({ config, tenancy }: Foundations, modules: Modules, open_streams: OpenStreams, rate_limits: RateLimitPoints | undefined): Doors {
  return {
    authenticator: modules.authenticator,
    idempotency: createIdempotencyStore(tenancy),
    rate_limits: createRateLimits(rate_limits ?? { per_person: config.LYSS_REQUESTS_PER_PERSON, per_network: config.LYSS_REQUESTS_PER_NETWORK }, modules.tenant_requests),
    findIssued: modules.findIssued,
    open_streams,
    onDenied: (actor, caller, endpoint, { details }) => modules.denials.record(actor, caller, { endpoint: nameOf(endpoint), details: { ...details } }),
    cookies: nameCookies(config.secure_cookies),
    origins: listOrigins(config),
  };
}

const endpointNames = new Map(listEndpoints().map(([id, endpoint]) => [endpoint, id]));
const nameOf = (endpoint: Endpoint) => endpointNames.get(endpoint) ?? endpoint.path;

function watchFigures({ metrics, database }: Foundations, modules: Modules, open_streams: OpenStreams): void {
  metrics.watch('lyss_open_streams', 'Event streams open now', () => open_streams.count());
  metrics.watch('lyss_running_replies', 'Replies that this process makes now', () => modules.replies.running.count());
  metrics.watch('lyss_ledger_differences', 'Pots that differed from their records when this process looked last', modules.money.verifier.count);
  metrics.watch('lyss_database_waiting', 'Requests that wait for a connection', () => database.pool.waitingCount);
}

/** Where our own page may live: the public address, and on loopback all of its names. */
function listOrigins({ public_url, PORT, secure_cookies }: Config): ReadonlySet<string> {
  const isLoopback = public_url.protocol === 'http:' && secure_cookies;
  const port = public_url.port || PORT;
  return new Set([public_url.origin, ...(isLoopback ? ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`) : [])]);
}

async function readiness(database: Database, draining: boolean) {
  const up = await isAnswering(database, READY_MS);
  return { ready: up && !draining, dependencies: { database: up ? 'up' : 'down', server: draining ? 'draining' : 'up' } };
}

function memoize<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
