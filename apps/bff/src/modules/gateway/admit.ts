import { KEY_PREFIX } from '@lyss/api-types';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayPorts } from './ports.ts';

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,4096})$/i;

/** Whose key it is, counted against their limits. Throws 2001, 2003, 2004, 1005 and 5004. */
export async function admit(ports: GatewayPorts, exchange: Exchange): Promise<Actor> {
  if (ports.isDraining()) throw new AppError('SERVICE_UNAVAILABLE', { retry_after_s: 5 });
  const actor = await judge(ports, exchange).catch(async (refused: unknown) => {
    // Whoever has no good key is nobody yet, and counted as such.
    if (refused instanceof AppError && refused.is_refusal) await ports.limits.takeOfNetwork(exchange.caller);
    throw refused;
  });
  const taken = await ports.limits.takeOfTenant(actor.tenant_id).catch((refused: unknown) => {
    const { details, retry_after_s = 0 } = refused instanceof AppError ? refused : {};
    if (typeof details?.['limit'] === 'number') tellLimit(exchange, { limit: details['limit'], remaining: 0, ends_in_ms: retry_after_s * 1_000 });
    throw refused;
  });
  if (taken) tellLimit(exchange, taken);
  return actor;
}

/** The key's person as they are now. Keys alone are taken: cookies are a browser's, and sessions are people's. */
export async function judge(ports: GatewayPorts, { request, caller, route }: Exchange): Promise<Actor> {
  const header = request.headers.authorization;
  if (header === undefined) throw new AppError('UNAUTHORIZED', { details: { reason: 'no_api_key' } });
  const key = BEARER.exec(header)?.[1];
  if (!key?.startsWith(KEY_PREFIX)) throw new AppError('TOKEN_INVALID', { details: { reason: 'not_an_api_key' } });
  const actor = await ports.authenticate(key, caller).catch((error: unknown) => {
    const is_bare = error instanceof AppError && error.error_name === 'TOKEN_INVALID' && error.details?.['reason'] === undefined;
    throw is_bare ? new AppError('TOKEN_INVALID', { details: { reason: 'not_an_api_key' }, cause: error }) : error;
  });
  if (actor.permissions.has('gateway.use') && actor.withheld !== 'everything') return actor;
  const refused = new AppError('INSUFFICIENT_PERMISSIONS', { details: { permission: 'gateway.use', ...(actor.withheld === 'everything' ? { reason: 'second_factor_needed' } : {}) } });
  ports.onDenied(actor, caller, route, refused);
  throw refused;
}

/** As OpenAI says it (platform.openai.com/docs/guides/rate-limits): how many, how many are left, and in how long all are. */
function tellLimit({ headers }: Exchange, { limit, remaining, ends_in_ms }: { limit: number; remaining: number; ends_in_ms: number }): void {
  headers['x-ratelimit-limit-requests'] = String(limit);
  headers['x-ratelimit-remaining-requests'] = String(remaining);
  headers['x-ratelimit-reset-requests'] = `${Math.ceil(ends_in_ms / 1_000)}s`;
}
