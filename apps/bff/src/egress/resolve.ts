import { lookup, Resolver as DnsResolver } from 'node:dns/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Every address of a name, in the order to try; rejects where there is none. May be slow or give anything. */
export type Resolver = (hostname: string, options: { is_listed: boolean; signal: AbortSignal }) => Promise<readonly string[]>;

/** RFC 8305 waits a moment for the other family before it goes on without. */
const OTHER_FAMILY_MS = 300;

/** One answer of a name server is waited for so long, the second asking twice as long: together under what a name may take. */
const DNS_TIMEOUT_MS = 800;
const DNS_TRIES = 2;
/** RFC 6761 6.4: nobody's name, ever; it is not even asked for. */
const NOBODYS_NAME = /(?:^|\.)invalid$/;

/**
 * Listed names are asked of the system, hosts file included. All others go straight to DNS (c-ares): getaddrinfo blocks
 * one of four threads that password hashes share, so a tenant with slow names could stall everybody's sign-in.
 */
export function createResolver(options: { servers?: readonly string[] } = {}): Resolver {
  return async (hostname, { is_listed, signal }) => {
    if (is_listed) return (await lookup(hostname, { all: true })).map(({ address }) => address);
    if (NOBODYS_NAME.test(hostname)) return [];
    // A new one each time reads the system's servers again: a laptop changes networks.
    const dns = new DnsResolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
    if (options.servers !== undefined) dns.setServers(options.servers);
    signal.addEventListener('abort', () => dns.cancel(), { once: true });
    const second = dns.resolve6(hostname).catch((): string[] => []);
    const first = await dns.resolve4(hostname).catch((): string[] => []);
    if (first.length === 0) return second;
    return [...first, ...(await Promise.race([second, delay(OTHER_FAMILY_MS, [] as string[], { ref: false })]))];
  };
}
