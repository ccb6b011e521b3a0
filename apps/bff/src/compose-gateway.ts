import type { composeModules, Foundations } from './compose-modules.ts';
import { logFailure, observeRequest } from './http/observe.ts';
import type { OpenStreams } from './http/open-streams.ts';
import type { RateLimits } from './http/rate-limit.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { chooseRetryDelay } from './modules/chat/replies/failure.ts';
import { createGateway, type Gateway } from './modules/gateway/gateway.ts';
import { pickNews } from './modules/gateway/pick-news.ts';
import { recordOutcome } from './modules/suppliers/record-outcome.ts';

interface Around {
  open_streams: OpenStreams;
  rate_limits: RateLimits;
  isDraining(): boolean;
}

/** The model gateway over the modules, given the few functions that it asks for. */
export function composeGateway({ config, log, metrics, tenancy }: Foundations, modules: Awaited<ReturnType<typeof composeModules>>, { open_streams, rate_limits, isDraining }: Around): Gateway {
  const { authenticator, denials, ledger, models, providers } = modules;
  const headers = new Headers();
  setSecurityHeaders(headers, { https: config.public_url.protocol === 'https:', trusted: config.secure_cookies });
  return createGateway(
    {
      ...{ ledger, isDraining, chooseRetryDelay },
      authenticate: authenticator.authenticate,
      limits: { takeOfNetwork: (caller) => rate_limits.take(null, caller), takeOfTenant: rate_limits.takeOfTenant },
      openStream: open_streams.open,
      resolveModel: models.resolve,
      listModels: models.listCallable,
      findPassage: providers.findPassage,
      getProvider: providers.get,
      recordOutcome: pickNews((tenant_id, credential_id, outcome) => tenancy.withTenant(tenant_id, (db) => recordOutcome(db, credential_id, outcome))),
      onDenied: (actor, caller, path, { details }) => denials.record(actor, caller, { endpoint: path, details: { ...details } }),
      onFailure: (error, request_id) => logFailure(log, error, request_id),
      observe: (seen) => observeRequest({ log, metrics }, seen),
    },
    { headers: Object.fromEntries(headers), trusted_proxies: config.LYSS_TRUST_PROXY },
  );
}
