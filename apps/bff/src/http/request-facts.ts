import type { Locale } from '@lyss/api-types';
import type { Caller } from '../actor.ts';
import { newId } from '../crypto/digest.ts';
import { parseIp } from '../egress/ip.ts';

const requestId = /^[A-Za-z0-9._-]{1,64}$/;

/** What of a request follows the work: its id (the caller's where it is well-formed), language, address, device. */
export function readCaller(request: { headers: { get(name: string): string | null } }, peer: string, trustedProxies: number): Caller {
  const given = request.headers.get('x-request-id');
  return {
    request_id: given && requestId.test(given) ? given : newId(),
    address: trustedAddress(request.headers.get('x-forwarded-for'), peer, trustedProxies),
    user_agent: (request.headers.get('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 300),
    locale: chooseLocale(request.headers.get('accept-language')),
  };
}

/** With n proxies in front, the n-th address from the right is the first that none of them made up. */
function trustedAddress(forwarded: string | null, peer: string, trustedProxies: number): string {
  if (trustedProxies === 0 || !forwarded) return peer;
  return withoutPort(forwarded.split(',').at(-trustedProxies)?.trim() ?? '') ?? peer;
}

/** The address of a hop, which some proxies write with its port or in brackets; null where it is none. */
function withoutPort(hop: string): string | null {
  const address = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
  return parseIp(address) ? address : null;
}

/** RFC 9110 §12.5.4, between two languages: the first that fits by weight; zh-CN where neither does. */
function chooseLocale(header: string | null): Locale {
  const wanted = (header ?? '').slice(0, 500).split(',').map((item) => {
    const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
  });
  const fitting = wanted.filter(({ tag, weight }) => weight > 0 && /^(zh|en)(-|$)/.test(tag)).sort((a, b) => b.weight - a.weight);
  return fitting[0]?.tag.startsWith('en') ? 'en-US' : 'zh-CN';
}

/** The part of an address that one household or host cannot change at will: /24 or /64, for throttles and audit. */
export function networkOf(address: string): string {
  const bytes = parseIp(address.split('%', 1)[0] ?? '');
  // A peer without an address, such as a local socket, is a network of its own.
  if (!bytes) return address;
  if (bytes.length === 4) return `${bytes.subarray(0, 3).join('.')}.0/24`;
  const groups = [0, 2, 4, 6].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(':')}::/64`;
}
