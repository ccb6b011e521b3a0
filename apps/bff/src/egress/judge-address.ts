import { isWithin, parseBlock, parseIp } from './ip.ts';

/** IANA's IPv4 special-purpose registry, multicast and reserved space, and one public address that is Azure's own. */
const IPV4_SPECIAL = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32',
].map(parseBlock);

const IPV6_GLOBAL = parseBlock('2000::/3');
/** IANA's special blocks inside 2000::/3: protocols with Teredo, documentation, 6to4, AS112. */
const IPV6_SPECIAL = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map(parseBlock);
/** RFC 6052: what DNS64 answers for a name that has only IPv4; the IPv4 address inside is the one that is called. */
const NAT64 = parseBlock('64:ff9b::/96');

/** Not even the operator's list opens these to a name: they are nobody's service, or a cloud's own metadata. */
const NEVER = [
  '0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32', '100.100.100.200/32', '::/128', 'fe80::/10', 'fd00:ec2::254/128', 'ff00::/8',
].map(parseBlock);

/**
 * Whether an address is one of the public internet. Mapped and NAT64 forms count as the IPv4 address inside;
 * compatible ones, 6to4 and Teredo are refused whatever they carry. Anything unreadable is refused.
 */
export function judgeAddress(ip: string): boolean {
  const bytes = readCalled(ip);
  if (bytes === null) return false;
  if (bytes.length === 4) return !IPV4_SPECIAL.some((block) => isWithin(bytes, block));
  return isWithin(bytes, IPV6_GLOBAL) && !IPV6_SPECIAL.some((block) => isWithin(bytes, block));
}

/** Whether an address may be called where the operator listed the host and port: private and loopback ones too. */
export function judgeListedAddress(ip: string): boolean {
  const bytes = readCalled(ip);
  return bytes !== null && !NEVER.some((block) => isWithin(bytes, block));
}

/** Whether two spellings are one address. */
export function isSameAddress(a: string, b: string): boolean {
  const [left, right] = [parseIp(a), parseIp(b)];
  return left !== null && right !== null && Buffer.compare(left, right) === 0;
}

function readCalled(ip: string): Uint8Array | null {
  const bytes = parseIp(ip);
  return bytes !== null && isWithin(bytes, NAT64) ? bytes.subarray(12) : bytes;
}
