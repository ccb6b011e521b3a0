import { isIP } from 'node:net';
import { judgeListedAddress } from './judge-address.ts';

/** One entry of LYSS_EGRESS_ALLOW: exactly this host at exactly this port, over http or https, private or not. */
export interface AllowedHost {
  /** As WHATWG URL writes it, an IPv6 address without brackets. */
  host: string;
  port: number;
}

const ENTRY = /^(?<host>[^\s/@?#\\*%]+):(?<port>[1-9]\d{0,4})$/;
const MAX_PORT = 65_535;

/** Reads `host:port,…`; throws an Error that names every bad entry. An empty text lists nothing. */
export function parseAllow(text: string): AllowedHost[] {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  const read = entries.map((entry) => ({ entry, allowed: readEntry(entry) }));
  const bad = read.filter(({ allowed }) => allowed === null).map(({ entry }) => JSON.stringify(entry));
  if (bad.length > 0) {
    throw new Error(`LYSS_EGRESS_ALLOW: ${bad.join(', ')} must be host:port, as in ollama:11434, 127.0.0.1:11434 or [::1]:11434; no scheme, path, wildcard, or address that is nobody's service.`);
  }
  return read.flatMap(({ allowed }) => allowed ?? []);
}

function readEntry(entry: string): AllowedHost | null {
  const groups = ENTRY.exec(entry)?.groups;
  const port = Number(groups?.port);
  const url = URL.parse(`http://${groups?.host ?? ''}/`);
  if (groups === undefined || port > MAX_PORT || url === null || url.port !== '' || url.hostname.endsWith('.')) return null;
  const host = stripBrackets(url.hostname);
  return isIP(host) !== 0 && !judgeListedAddress(host) ? null : { host, port };
}

/** `[::1]` as `::1`; anything else as it is. */
export function stripBrackets(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
