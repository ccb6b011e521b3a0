import { describe, expect, it } from 'vitest';
import { isAllowedFrom, readNetwork } from './networks.ts';

describe('a network', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7/32'],
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0::1', '2001:db8::1/128'],
    ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.7', '203.0.113.7/32'],
    ['::ffff:cb00:7100/120', '203.0.113.0/24'],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
  ])('%s is stored as %s', (text, stored) => expect(readNetwork(text)).toBe(stored));

  it.each([
    '', '/', '/24', '203.0.113.0/', '203.0.113.0/33', '203.0.113.0/-1', '203.0.113.0/2 4', '203.0.113.0/24/8', '203.0.113/24', '0313.0.0.1', '1', '203.0.113.0/0x8',
    '2001:db8::/129', '::ffff:203.0.113.0/24', '::ffff:203.0.113.0/95', 'fe80::1%eth0', 'fe80::%1/64', 'example.com', '*', '203.0.113.0-203.0.113.9', '２０３.0.113.0/24', '203.0.113.0/24\n',
  ])('%j is none', (text) => expect(readNetwork(text)).toBeNull());
});

describe('an address', () => {
  const networks = ['203.0.113.0/24', '2001:db8::/32'];
  it.each(['203.0.113.0', '203.0.113.255', '::ffff:203.0.113.9', '::ffff:cb00:7109', '2001:db8::1', '2001:0DB8:ffff::'])('%s is inside', (address) => expect(isAllowedFrom(address, networks)).toBe(true));
  it.each(['203.0.112.255', '203.0.114.0', '127.0.0.1', '2001:db9::', '::203.0.113.9', '::1', '', 'unix', '203.0.113.9.evil'])('%j is outside', (address) => expect(isAllowedFrom(address, networks)).toBe(false));

  it('is allowed from anywhere where no network is named, and without its zone', () => {
    expect(isAllowedFrom('unix', [])).toBe(true);
    expect(isAllowedFrom('fe80::1%eth0', ['fe80::/10'])).toBe(true);
  });

  it('of IPv4 is in no network of IPv6, the whole of it included', () => {
    expect(isAllowedFrom('203.0.113.9', ['::/0'])).toBe(false);
    expect(isAllowedFrom('::1', ['0.0.0.0/0'])).toBe(false);
  });

  it('that is stored unreadably lets nobody in', () => expect(isAllowedFrom('203.0.113.9', ['nonsense'])).toBe(false));
});
