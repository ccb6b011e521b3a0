import { isIP } from 'node:net';
import { stripBrackets, type AllowedHost } from './allow.ts';
import { EgressError } from './egress-error.ts';
import { judgeAddress, judgeListedAddress } from './judge-address.ts';

export { parseAllow, type AllowedHost } from './allow.ts';
export { judgeAddress } from './judge-address.ts';

/** A URL that may be called, as far as its text tells; its name's addresses are yet to be judged. */
export interface JudgedUrl {
  url: URL;
  /** Without brackets. */
  hostname: string;
  port: number;
  /** Whether the operator listed this very host and port. */
  is_listed: boolean;
}

const HTTPS_PORT = 443;
const HTTP_PORT = 80;
const MAX_URL_LENGTH = 16_384;
const MAX_HOST_LENGTH = 253;
/** What DNS names are made of after WHATWG made them ASCII; two labels at least. */
const PUBLIC_NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;
/** RFC 6761, 6762, 8375, 9476, and names that only mean something inside somebody's network; refused without asking whether they are there. */
const LOCAL_SUFFIXES = ['localhost', 'local', 'internal', 'localdomain', 'intranet', 'private', 'corp', 'home', 'lan', 'arpa', 'test', 'onion', 'alt'];
const METADATA_NAMES = ['metadata.goog', 'metadata.tencentyun.com', 'metadata.packet.net', 'metadata.platformequinix.com', 'instance-data.ec2.amazonaws.com'];

/**
 * Judges a URL by its text: parsed once, https (or http where listed), no user name or password, port 443 or listed,
 * no special address, no local name. Throws EgressError `address_not_allowed` with one text for every reason.
 */
export function judgeUrl(text: string, allow: readonly AllowedHost[]): JudgedUrl {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text) : null;
  const judged = url === null ? null : readTarget(url, allow);
  if (judged === null || !isAllowed(judged)) throw new EgressError('address_not_allowed', 'address');
  return judged;
}

/** Whether the operator listed this host at this port. */
export function isListed(hostname: string, port: number, allow: readonly AllowedHost[]): boolean {
  return allow.some((allowed) => allowed.host === hostname && allowed.port === port);
}

/** Whether an address that DNS gave for a host may be called. */
export function judgeAnswer(address: string, is_listed: boolean): boolean {
  return is_listed ? judgeListedAddress(address) : judgeAddress(address);
}

function readTarget(url: URL, allow: readonly AllowedHost[]): JudgedUrl | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const hostname = stripBrackets(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? HTTPS_PORT : HTTP_PORT) : Number(url.port);
  return { url, hostname, port, is_listed: isListed(hostname, port, allow) };
}

function isAllowed({ url, hostname, port, is_listed }: JudgedUrl): boolean {
  if (url.username !== '' || url.password !== '' || hostname.length > MAX_HOST_LENGTH) return false;
  // On the list already means this host and port, checked when the list was read; a name's answers come later.
  if (is_listed) return true;
  if (url.protocol !== 'https:' || port !== HTTPS_PORT) return false;
  return isIP(hostname) === 0 ? isPublicName(hostname) : judgeAddress(hostname);
}

function isPublicName(hostname: string): boolean {
  if (!PUBLIC_NAME.test(hostname) || METADATA_NAMES.includes(hostname)) return false;
  return !LOCAL_SUFFIXES.includes(hostname.slice(hostname.lastIndexOf('.') + 1));
}
