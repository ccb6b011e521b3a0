import type { Locale } from '@lyss/api-types';
import type { Caller } from '../actor.ts';
import { newId } from '../crypto/digest.ts';

const requestId = /^[A-Za-z0-9._-]{1,64}$/;

/** What of a request follows the work: its id (the caller's where it is well-formed), language, address, device. */
export function readCaller(request: Request, peer: string, trustedProxies: number): Caller {
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
  const hops = forwarded.split(',').map((hop) => hop.trim());
  return hops.at(-trustedProxies)?.slice(0, 64) || peer;
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
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/i.exec(address)?.[1];
  if (four) return `${four}.0/24`;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) while (groups.length + tail.split(':').filter(Boolean).length < 8) groups.push('0');
  return `${groups.slice(0, 4).join(':').toLowerCase()}::/64`;
}
