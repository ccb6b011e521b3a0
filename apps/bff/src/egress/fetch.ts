import { createAgents } from './agents.ts';
import { judgeUrl, type AllowedHost, type JudgedUrl } from './address.ts';
import { createConnector, waitingCall } from './connect.ts';
import { EgressError } from './egress-error.ts';
import { Exchange } from './exchange.ts';
import { createJudgedNames } from './judged-names.ts';
import type { Egress, EgressLimits, EgressRequest, EgressResponse } from './port.ts';
import { createResolver, type Resolver } from './resolve.ts';

export { EgressError } from './egress-error.ts';
export { parseAllow, type AllowedHost } from './address.ts';
export type { Egress, EgressLimits, EgressRequest, EgressResponse, OutgoingCredential } from './port.ts';
export type { Resolver } from './resolve.ts';

/** A name that nobody answers for is as good as none, and said within three seconds. */
const LOOKUP_MS = 2_500;
const LIMITS: EgressLimits = { connect_ms: 5_000, headers_ms: 30_000, idle_ms: 60_000, total_ms: 600_000, max_bytes: 64 * 1024 * 1024 };
const OWN_HEADERS = /^(?:host|connection|content-length|transfer-encoding|accept-encoding|x-request-id|expect|upgrade|te|trailer|keep-alive|proxy-.*)$/;

/** The only door to the outside (security.md, "Outgoing calls"): judged addresses, no redirects, no proxies, bounded. */
export function createEgress(options: { allow: AllowedHost[]; resolve?: Resolver; tls_ca?: string }): Egress {
  const { allow, resolve = createResolver(), tls_ca } = options;
  const { connect_ms } = LIMITS;
  const names = createJudgedNames({ allow, resolve, lookup_ms: LOOKUP_MS });
  const agents = createAgents({ createConnector: () => createConnector({ names, connect_ms, tls_ca }) });
  let isClosed = false;

  return {
    async fetch(request) {
      const started_at = performance.now();
      const limits = { ...LIMITS, ...request.limits };
      if (request.signal?.aborted || isClosed) throw new EgressError('aborted', 'address');
      const target = judgeUrl(request.url, allow);
      if (names.findKnown(target) === null) await within(names.get(target), limits.connect_ms, request.signal);
      const headers = await makeHeaders(request, target, limits);
      if (request.signal?.aborted) throw new EgressError('aborted', 'address');
      const exchange = new Exchange(limits, request.signal, started_at);
      const { url } = target;
      const { method = request.body === undefined ? 'GET' : 'POST', body = null } = request;
      const agent = agents.get(request.credential?.id ?? null);
      waitingCall.run(exchange, () => agent.dispatch({ origin: url.origin, path: `${url.pathname}${url.search}`, method, headers, body }, exchange));
      return exchange.response;
    },
    async close() {
      isClosed = true;
      await agents.close();
    },
  };
}

/** The whole body as UTF-8; throws EgressError `too_large` above `max_bytes`, and closes the socket then. */
export async function readText(response: EgressResponse, max_bytes: number): Promise<string> {
  return (await readWhole(response, max_bytes)).toString('utf8');
}

/** The whole body as it came; throws as `readText` does. */
export async function readWhole(response: EgressResponse, max_bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > max_bytes) throw new EgressError('too_large', 'body');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The key is opened last of all, for the origin that was judged, and its headers win over the caller's. */
async function makeHeaders(request: EgressRequest, target: JudgedUrl, limits: EgressLimits): Promise<Record<string, string>> {
  const { credential } = request;
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const headers: Record<string, string> = { 'user-agent': 'lyss', ...Object.fromEntries(given.filter(([name]) => !OWN_HEADERS.test(name))) };
  if (credential !== undefined) {
    const secret = await within(credential.revealFor(target.url.origin), limits.total_ms, request.signal);
    for (const [name, value] of Object.entries(credential.headers(secret))) headers[name.toLowerCase()] = value;
  }
  return { ...headers, 'accept-encoding': 'identity', 'x-request-id': request.request_id };
}

/** What comes first: the work, its time-out or the caller's stop. */
async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new EgressError('aborted', 'address'));
  const timer = setTimeout(() => reject(new EgressError('timeout', 'address')), ms);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
