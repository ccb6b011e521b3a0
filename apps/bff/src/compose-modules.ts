import type { ProviderId } from '@lyss/api-types';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import manifest from '../package.json' with { type: 'json' };
import { composeLedger, type LedgerRoom } from './compose-ledger.ts';
import { composeSecondFactors } from './compose-second-factors.ts';
import type { Config } from './config.ts';
import { createAccessTokens } from './crypto/access-token.ts';
import type { Keyring } from './crypto/keyring.ts';
import { createPasswordHasher } from './crypto/password.ts';
import { createRefreshTokens } from './crypto/refresh-token.ts';
import { createVault, type Vault } from './crypto/vault.ts';
import { translateDatabaseError, type Database } from './db/database.ts';
import { createDataKeyStore } from './db/data-key-store.ts';
import { loadPlatformKeys } from './db/platform-keys.ts';
import type { Tenancy } from './db/tenancy.ts';
import type { Egress } from './egress/fetch.ts';
import { createExportRunner } from './exports/run-exports.job.ts';
import { AppError } from './errors.ts';
import type { Authenticator } from './http/authenticate.ts';
import type { CountTenant } from './http/rate-limit.ts';
import type { Mailer } from './mail/mailer.ts';
import { createOutbox, type Outbox } from './mail/outbox.ts';
import { createKeyActors } from './modules/api-keys/key-actors.ts';
import { apiKeyRoutes } from './modules/api-keys/routes.ts';
import { createApiKeyService } from './modules/api-keys/service.ts';
import { createKeyUses } from './modules/api-keys/uses.ts';
import { ARCHIVE_EXPORT, createArchives } from './modules/archives/archives.ts';
import { createArchiveMaker } from './modules/archives/export-tenant.ts';
import { createImports } from './modules/archives/imports/imports.ts';
import { createImportRunner } from './modules/archives/imports/run-imports.job.ts';
import { archiveRoutes } from './modules/archives/routes.ts';
import { createDenials } from './modules/audit/denials.ts';
import { AUDIT_EXPORT, createAuditExports } from './modules/audit/exports.ts';
import { trailMaker } from './modules/audit/export-trail.ts';
import { auditRoutes } from './modules/audit/routes.ts';
import { createAuditService } from './modules/audit/service.ts';
import { createActors } from './modules/auth/actors.ts';
import { readLink, refuseWeakPassword } from './modules/auth/choose-password.ts';
import { changePassword, type ChangePorts } from './modules/auth/passwords/change-password.ts';
import { createForgottenPasswords } from './modules/auth/passwords/forgotten-password.ts';
import { resetPassword } from './modules/auth/passwords/reset-password.ts';
import { passwordRoutes } from './modules/auth/passwords/routes.ts';
import { createTellChanged } from './modules/auth/passwords/tell-changed.ts';
import { createFindIssued } from './modules/auth/find-issued.ts';
import { createRefusals, type Refusals } from './modules/auth/refusals.ts';
import { isSsoOnly, listLiveSessions } from './modules/auth/repository.ts';
import { authRoutes } from './modules/auth/routes.ts';
import { createAuthService, type AuthService } from './modules/auth/service.ts';
import { sessionRoutes } from './modules/auth/sessions/routes.ts';
import { createSessionService } from './modules/auth/sessions/service.ts';
import { createStartSession } from './modules/auth/start-session.ts';
import { createAttemptLimit, createSignInThrottle } from './modules/auth/throttle.ts';
import { hasBudgets } from './modules/budgets/repository.ts';
import { budgetRoutes } from './modules/budgets/routes.ts';
import { createBudgetService } from './modules/budgets/service.ts';
import { createReplies } from './modules/chat/replies/create-replies.ts';
import { chatRoutes } from './modules/chat/routes.ts';
import { createChatService } from './modules/chat/service.ts';
import { findConversation, listConversations, listMessages } from './modules/chat/repository.ts';
import { lookRoutes } from './modules/looks/routes.ts';
import { createLookService } from './modules/looks/service.ts';
import { modelRoutes } from './modules/models/routes.ts';
import { createModelService } from './modules/models/service.ts';
import { isAddressAllowed } from './modules/suppliers/address.ts';
import { insertDemoCredential } from './modules/suppliers/demo-credential.ts';
import { recordOutcome } from './modules/suppliers/record-outcome.ts';
import { supplierRoutes } from './modules/suppliers/routes.ts';
import { createSupplierService } from './modules/suppliers/service.ts';
import { roleRoutes } from './modules/roles/routes.ts';
import { createRoleService } from './modules/roles/service.ts';
import type { SsoPorts } from './modules/single-sign-on/ports.ts';
import { createProvider } from './modules/single-sign-on/provider/provider.ts';
import { ssoRoutes } from './modules/single-sign-on/routes.ts';
import { createSsoService } from './modules/single-sign-on/service.ts';
import { createRequestLimits } from './modules/tenants/request-limits.ts';
import { tenantRoutes } from './modules/tenants/routes.ts';
import { createTenantService } from './modules/tenants/service.ts';
import { createRequestService } from './modules/usage/requests/service.ts';
import { usageRoutes } from './modules/usage/routes.ts';
import { createUsageService } from './modules/usage/service.ts';
import { invitationRoutes } from './modules/users/invitations/routes.ts';
import { createInviteUser } from './modules/users/invite-user.ts';
import { createLastSeen } from './modules/users/last-seen.ts';
import { userRoutes } from './modules/users/routes.ts';
import { createUserService } from './modules/users/service.ts';
import * as catalogue from './providers/catalogue.ts';
import { createProviders } from './providers/registry.ts';
import { suppliers as supplierList } from './providers/suppliers.ts';
import { describeForLog, type Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** What every module stands on. */
export interface Foundations {
  config: Config;
  instance_id: string;
  keyring: Keyring;
  log: Log;
  metrics: Metrics;
  database: Database;
  tenancy: Tenancy;
  egress: Egress;
  mailer: Mailer;
}

const ACCOUNT_THROTTLE = { points: 10, duration: 900, keyPrefix: 'account' };
const NETWORK_THROTTLE = { points: 30, duration: 900, keyPrefix: 'network' };
// Counts of their own: whoever asks for links, or mistypes the password that they have, locks no sign-in.
const ASKED_THROTTLES = { accounts: { ...ACCOUNT_THROTTLE, keyPrefix: 'asked-account' }, networks: { ...NETWORK_THROTTLE, keyPrefix: 'asked-network' } };
// A whole company behind one address signs in on Monday morning.
const SSO_THROTTLES = { starts: { points: 600, duration: 600, keyPrefix: 'sso-start' }, trials: { points: 60, duration: 600, keyPrefix: 'sso-trial' } };
// A window of a minute; how many it may hold is each tenant's own.
const TENANT_REQUESTS = { points: Number.MAX_SAFE_INTEGER, duration: 60, keyPrefix: 'tenant-requests' };
const CHANGE_THROTTLE = { ...ACCOUNT_THROTTLE, keyPrefix: 'password-change' };
const STEP_THROTTLE = { ...ACCOUNT_THROTTLE, keyPrefix: 'second-step' };
const PROOF_THROTTLE = { ...ACCOUNT_THROTTLE, keyPrefix: 'factor-proof' };

/** The modules over their foundations, each given the few functions that it asks for. */
export async function composeModules(foundations: Foundations) {
  const vault = createVault(foundations.keyring, createDataKeyStore(foundations.tenancy));
  const identity = await composeIdentity(foundations, vault);
  const money = composeLedger(foundations);
  const chat = composeChat(foundations, vault, money.ledger);
  const audit = composeAudit(foundations);
  const budgets = budgetRoutes(createBudgetService({ tenancy: foundations.tenancy }));
  const request_limits = createRequestLimits(foundations.tenancy);
  const tenant_requests = { find: request_limits.find, count: countRequests(foundations.database) };
  const reloadKeys = () => void identity.reloadKeys().catch((error: unknown) => foundations.log.warn('keys not read', { error: describeForLog(error) }));
  const hearing = {
    onNotice(payload: string) {
      chat.replies.onNotice(payload);
      const [kind, tenant_id] = payload.split(':');
      if ((kind === 'models' || kind === 'rights') && tenant_id) chat.models.forget(tenant_id);
      if (payload === 'keys') reloadKeys();
      if (payload.startsWith('session:')) identity.forgetSession(payload.slice('session:'.length));
      if (payload.startsWith('rights:')) identity.forgetAll();
      if (payload.startsWith('limits:')) request_limits.forget(payload.slice('limits:'.length));
      if (payload.startsWith('erased:')) vault.forget(payload.slice('erased:'.length));
    },
    /** Whatever was said while nobody heard it. */
    onConnected() {
      chat.replies.topics.setHearing(true);
      identity.forgetAll();
      chat.models.forgetAll();
      reloadKeys();
    },
    onLost: () => chat.replies.topics.setHearing(false),
  };
  return { ...identity, ...chat, ...audit, money, ledger: money.ledger, hearing, tenant_requests, routes: [...identity.routes, ...chat.routes, ...budgets, ...usageRoutes(createUsageService(foundations), createRequestService(foundations)), ...audit.routes] };
}

/** The trail, its files, and what is written into it behind an answer. */
function composeAudit(foundations: Foundations) {
  const { instance_id, log, tenancy } = foundations;
  const imports = composeImports(foundations);
  const onFailure = (export_id: string, error: unknown) => log.error('export failed', { kind: export_id, error: describeForLog(error) });
  const makers = { [AUDIT_EXPORT]: trailMaker, [ARCHIVE_EXPORT]: createArchiveMaker({ lyss_version: manifest.version, unpacked_bytes: foundations.config.LYSS_ARCHIVE_BYTES, trail: trailMaker }) };
  const exports = createExportRunner({ tenancy, instance_id, makers, onFailure });
  const wake = () => void exports.run().catch((error: unknown) => log.warn('exports not taken up', { error: describeForLog(error) }));
  const denials = createDenials(tenancy, (error) => log.warn('refusal not recorded', { error: describeForLog(error) }));
  const routes = [...auditRoutes(createAuditService({ tenancy }), createAuditExports({ tenancy, wake })), ...archiveRoutes(createArchives({ tenancy, wake }), imports.service)];
  return { exports, imports, denials, routes };
}

/** Archives that come in; a supplier's address in one must be such as could be saved here. */
function composeImports({ config, instance_id, log, tenancy }: Foundations) {
  // One that takes long leaves room for another tenant's, where connections are many enough.
  const at_once = config.LYSS_DATABASE_POOL >= 6 ? 2 : 1;
  const isAllowed = (provider: ProviderId, base_url: string) => supplierList.some((supplier) => supplier.provider === provider && isAddressAllowed(supplier, base_url));
  const onFailure = (import_id: string, error: unknown) => log.error('import failed', { kind: import_id, error: describeForLog(error) });
  const runner = createImportRunner({ tenancy, instance_id, isAddressAllowed: isAllowed, unpacked_bytes: config.LYSS_ARCHIVE_BYTES, at_once, onFailure });
  const wake = () => void runner.run().catch((error: unknown) => log.warn('imports not taken up', { error: describeForLog(error) }));
  return { ...runner, service: createImports({ tenancy, wake }) };
}

/** API keys, and the authenticator that takes them as well as what `sessions` does. */
function composeKeys({ tenancy, log }: Foundations, sessions: Authenticator) {
  const key_uses = createKeyUses(tenancy, (error) => log.warn('use of a key not recorded', { error: describeForLog(error) }));
  const keys = createKeyActors(tenancy, key_uses);
  const service = createApiKeyService({ tenancy, onChanged: keys.forgetAll });
  /** Of sessions and keys' secrets alike: which are alive, and what each may do now. */
  const listLive = async (ids: string[]) => {
    const live = await listLiveSessions(tenancy, ids);
    const others = ids.filter((id) => !live.has(id));
    return others.length === 0 ? live : new Map([...live, ...(await keys.listLive(others))]);
  };
  return { key_uses, forgetKeys: keys.forgetAll, listLive, authenticator: keys.before(sessions), routes: apiKeyRoutes(service) };
}

/** Passwords: changed by whoever is signed in, or chosen anew with a link that was asked for. */
function composePasswords({ config, database, tenancy, log }: Foundations, given: Pick<ChangePorts, 'hasher' | 'accessTokens' | 'actors' | 'refreshTokens'> & { outbox: Outbox; refusals: Refusals }, auth: AuthService) {
  const { public_url } = config;
  const tellChanged = createTellChanged(given.outbox, public_url);
  const forgotten = createForgottenPasswords({
    ...{ tenancy, outbox: given.outbox, public_url },
    accounts: createAttemptLimit(limiter(database, ASKED_THROTTLES.accounts), 'ACCOUNT_LOCKED'),
    networks: createAttemptLimit(limiter(database, ASKED_THROTTLES.networks), 'RATE_LIMIT_EXCEEDED'),
    onError: (error) => log.warn('forgotten password not looked after', { error: describeForLog(error) }),
  });
  const attempts = createAttemptLimit(limiter(database, CHANGE_THROTTLE), 'ACCOUNT_LOCKED', 'password_attempts');
  const routes = passwordRoutes({
    change: (...input) => changePassword({ ...given, tenancy, attempts, tellChanged }, ...input),
    ask: forgotten.ask,
    readReset: (token) => readLink(tenancy, token, 'password_reset'),
    reset: (token, password, caller) => resetPassword({ tenancy, hasher: given.hasher, refusals: given.refusals, tellChanged }, token, password, caller),
    readMe: auth.readMe,
  });
  return { forgotten, routes };
}

async function composeIdentity(foundations: Foundations, vault: Vault) {
  const { config, keyring, log, database, tenancy } = foundations;
  const keys = await loadPlatformKeys(tenancy, keyring);
  const accessTokens = createAccessTokens({ issuer: config.public_url.origin, keys: keys.signing });
  const refreshTokens = createRefreshTokens(keys.refresh);
  const actors = createActors(tenancy, accessTokens);
  const last_seen = createLastSeen(tenancy);
  const hasher = createPasswordHasher();
  const startSession = createStartSession(accessTokens, refreshTokens);
  const throttle = createSignInThrottle(limiter(database, ACCOUNT_THROTTLE), limiter(database, NETWORK_THROTTLE));
  const refusals = createRefusals(tenancy, (error) => log.warn('refusal not recorded', { error: describeForLog(error) }));
  const factors = composeSecondFactors({
    ...{ config, tenancy, vault, hasher, refusals, actors, startSession },
    attempts: createAttemptLimit(limiter(database, STEP_THROTTLE), 'ACCOUNT_LOCKED', 'second_factor_attempts'),
    proofs: createAttemptLimit(limiter(database, PROOF_THROTTLE), 'ACCOUNT_LOCKED', 'second_factor_attempts'),
  });
  const auth = createAuthService({
    ...{ tenancy, hasher, throttle, refusals, accessTokens, actors, startSession, ...factors.ports },
    refreshTokens,
    insecure_transport: !config.secure_cookies,
  });
  const outbox = createOutbox(foundations.mailer, (failure) => log.warn('letter not sent', { kind: failure }));
  const links = { tenancy, outbox, public_url: config.public_url };
  const inviteUser = createInviteUser(links);
  const users = createUserService({ ...links, inviteUser, isSsoOnly });
  const passwords = composePasswords(foundations, { hasher, accessTokens, actors, refreshTokens, outbox, refusals }, auth);
  const tenants = createTenantService({
    ...{ tenancy, hasBudgets, insertDemoCredential, inviteUser, refuseWeakPassword, startSession },
    newDataKey: (tenant_id) => vault.newDataKey(tenant_id),
    hashPassword: (password) => hasher.hash(password),
  });
  const sso = composeSingleSignOn(foundations, vault, { startSession, readMe: auth.readMe });
  const api_keys = composeKeys(foundations, last_seen.follow(actors));
  const tenant_routes = tenantRoutes(tenants, { readMe: auth.readMe, mail: outbox.is_configured, passkeys: factors.are_passkeys_possible });
  const own_routes = [...authRoutes(auth), ...sessionRoutes(createSessionService({ tenancy, actors })), ...passwords.routes, ...factors.listRoutes(auth)];
  const routes = [...own_routes, ...tenant_routes, ...userRoutes(users), ...invitationRoutes(links), ...roleRoutes(createRoleService({ tenancy })), ...sso, ...api_keys.routes];
  const forgetAll = () => {
    actors.forgetAll();
    api_keys.forgetKeys();
  };
  return { ...api_keys, outbox, forgotten: passwords.forgotten, forgetSession: actors.forget, forgetAll, last_seen, refusals, routes, reloadKeys: keys.reload, publicJwks: () => accessTokens.publicJwks(), findIssued: createFindIssued(refreshTokens, accessTokens) };
}

/** Sign-in through a tenant's identity provider. */
function composeSingleSignOn({ config, database, tenancy, egress }: Foundations, vault: Vault, identity: Pick<SsoPorts, 'startSession' | 'readMe'>) {
  const limits = {
    starts: createAttemptLimit(limiter(database, SSO_THROTTLES.starts), 'RATE_LIMIT_EXCEEDED'),
    trials: createAttemptLimit(limiter(database, SSO_THROTTLES.trials), 'RATE_LIMIT_EXCEEDED'),
  };
  return ssoRoutes(createSsoService({ ...{ tenancy, vault, public_url: config.public_url }, ...limits, ...identity, provider: createProvider({ egress }) }));
}

function composeChat({ instance_id, log, metrics, tenancy, egress }: Foundations, vault: Vault, spending: LedgerRoom['ledger']) {
  const providers = createProviders(egress);
  const models = createModelService({ tenancy, vault, describeModel: catalogue.describeModel });
  // Whoever changes a supplier here sees it here at once; other replicas hear of it.
  const withTenant: Tenancy['withTenant'] = (tenant_id, work) => tenancy.withTenant(tenant_id, work).finally(() => models.forget(tenant_id));
  const suppliers = createSupplierService({ tenancy: { ...tenancy, withTenant }, vault, providers, catalogue: { ...catalogue, suppliers: supplierList } });
  const replies = createReplies({ tenancy, log, spending, isPassing, recordOutcome, countReply: metrics.countReply });
  const chat = createChatService({
    ...{ tenancy, instance_id, spending, ...replies },
    resolveModel: (tenant_id, name, asker) => models.resolve(tenant_id, name, asker),
    getProvider: (supplier) => providers.get(supplier),
    isPassing,
    start: (order) => replies.running.start(order),
  });
  return { replies, models, providers, routes: [...supplierRoutes(suppliers), ...modelRoutes(models), ...chatRoutes(chat), ...lookRoutes(createLookService({ tenancy, findConversation, listConversations, listMessages }))] };
}

/** Whether the database may take the same write a little later. */
function isPassing(error: unknown): boolean {
  const translated = translateDatabaseError(error);
  return translated instanceof AppError && (translated.error_name === 'DATABASE_ERROR' || translated.error_name === 'SERVICE_UNAVAILABLE');
}

function limiter(database: Database, options: { points: number; duration: number; keyPrefix: string }): RateLimiterPostgres {
  return new RateLimiterPostgres({ storeClient: database.pool, storeType: 'pool', tableName: 'rate_limits', tableCreated: true, ...options });
}

function countRequests(database: Database): CountTenant {
  const requests = limiter(database, TENANT_REQUESTS);
  return async (tenant_id) => {
    try {
      const { consumedPoints, msBeforeNext } = await requests.consume(tenant_id);
      return { count: consumedPoints, ends_in_ms: msBeforeNext };
    } catch (error) {
      throw translateDatabaseError(error);
    }
  };
}
