import { isIPv4, isIPv6 } from 'node:net';

/** The bytes of an address, 4 or 16; a mapped one (::ffff:0:0/96) as the IPv4 address it is. Null for anything else, a zone included. */
export function parseIp(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return null;
  const bytes = parseIpv6(text);
  return isWithin(bytes, MAPPED) ? bytes.subarray(12) : bytes;
}

/** A block of addresses: its first bytes and how many bits count. */
export interface IpBlock {
  bytes: Uint8Array;
  bits: number;
}

const MAPPED: IpBlock = { bytes: parseIpv6('::ffff:0:0'), bits: 96 };

/** Reads `10.0.0.0/8` or `fc00::/7`. */
export function parseBlock(text: string): IpBlock {
  const [address = '', bits = ''] = text.split('/');
  const bytes = parseIp(address);
  if (bytes === null) throw new TypeError(`${text} is no block of addresses`);
  return { bytes, bits: Number(bits) };
}

export function isWithin(address: Uint8Array, block: IpBlock): boolean {
  if (address.length !== block.bytes.length) return false;
  const whole = block.bits >> 3;
  for (let at = 0; at < whole; at += 1) if (address[at] !== block.bytes[at]) return false;
  const mask = 0xff00 >> (block.bits & 7);
  return ((address[whole] ?? 0) & mask & 0xff) === ((block.bytes[whole] ?? 0) & mask & 0xff);
}

/** WHATWG's parser writes every spelling, dotted tails included, as groups of hex with at most one `::`. */
function parseIpv6(text: string): Uint8Array {
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]));
}
