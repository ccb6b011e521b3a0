import { isWithin, parseIp, type IpBlock } from '../../egress/ip.ts';

const MAPPED_BITS = 96;

/** A CIDR block (RFC 4632, RFC 4291 §2.3) as it is stored, host bits cleared, a mapped one as IPv4; a single address is a block of one. Null for anything else. */
export function readNetwork(text: string): string | null {
  const block = parseNetwork(text);
  if (!block) return null;
  const cleared = block.bytes.map((byte, at) => byte & maskOf(block.bits, at));
  return `${writeAddress(cleared)}/${block.bits}`;
}

/** Whether an address, as http/request-facts.ts names it, lies in one of the blocks; anywhere does where there are none. */
export function isAllowedFrom(address: string, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  // A zone says by which of our own wires somebody came, not who they are.
  const bytes = parseIp(address.split('%', 1)[0] ?? '');
  return bytes !== null && networks.some((network) => isInside(bytes, parseNetwork(network)));
}

const isInside = (bytes: Uint8Array, block: IpBlock | null) => block !== null && isWithin(bytes, block);

function parseNetwork(text: string): IpBlock | null {
  const [address = '', bits, ...more] = text.split('/');
  const bytes = parseIp(address);
  if (!bytes || more.length > 0) return null;
  const isMapped = bytes.length === 4 && address.includes(':');
  const shift = isMapped ? MAPPED_BITS : 0;
  const most = bytes.length * 8 + shift;
  const wanted = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  return wanted < shift || wanted > most ? null : { bytes, bits: wanted - shift };
}

const maskOf = (bits: number, at: number) => (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))) & 0xff;

/** RFC 5952 for IPv6, which is how WHATWG's parser writes it. */
function writeAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
