import { lookup, Resolver as DnsResolver } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Every address of a name, in the order to try; rejects where there is none. May be slow or give anything. */
export type Resolver = (hostname: string, options: { is_listed: boolean; signal: AbortSignal }) => Promise<readonly string[]>;

/** RFC 8305 waits a moment for the other family before it goes on without. */
const OTHER_FAMILY_MS = 300;

/**
 * Listed names are asked of the system, hosts file included. All others go straight to DNS (c-ares): getaddrinfo blocks
 * one of four threads that password hashes share, so a tenant with slow names could stall everybody's sign-in.
 */
export function createResolver(options: { servers?: readonly string[] } = {}): Resolver {
  return async (hostname, { is_listed, signal }) => {
    if (is_listed) return (await lookup(hostname, { all: true })).map(({ address }) => address);
    // A new one each time reads the system's servers again: a laptop changes networks.
    const dns = new DnsResolver({ timeout: 2_000, tries: 2 });
    if (options.servers !== undefined) dns.setServers(options.servers);
    signal.addEventListener('abort', () => dns.cancel(), { once: true });
    const second = dns.resolve6(hostname).catch((): string[] => []);
    const first = await dns.resolve4(hostname).catch((): string[] => []);
    if (first.length === 0) return second;
    return [...first, ...(await Promise.race([second, delay(OTHER_FAMILY_MS, [] as string[], { ref: false })]))];
  };
}
