import { describe, expect, it } from 'vitest';
import { newId } from '../crypto/digest.ts';
import { createRateLimits } from './rate-limit.ts';
import { networkOf, readCaller } from './request-facts.ts';

const read = (headers: Record<string, string>, trusted = 0) => readCaller(new Request('http://localhost/', { headers }), '192.0.2.9', trusted);

describe('where a request comes from', () => {
  it.each([
    [0, '198.51.100.7', '192.0.2.9'],
    [1, '198.51.100.7', '198.51.100.7'],
    [1, 'forged, 198.51.100.7', '198.51.100.7'],
    [2, 'forged, 203.0.113.5, 198.51.100.7', '203.0.113.5'],
    [3, '198.51.100.7', '192.0.2.9'],
    [1, '', '192.0.2.9'],
    [1, '198.51.100.7:4711', '198.51.100.7'],
    [1, '[2001:db8::7]:4711', '2001:db8::7'],
    [1, '[2001:db8::7]', '2001:db8::7'],
    [1, '2001:db8::7', '2001:db8::7'],
    [1, 'x'.repeat(500), '192.0.2.9'],
    [1, 'unknown', '192.0.2.9'],
    [1, '198.51.100.7:x', '192.0.2.9'],
    [1, '198.51.100.700', '192.0.2.9'],
    [1, 'fe80::1%eth0', '192.0.2.9'],
  ])('behind %i proxies, %.40j is %.20s', (trusted, forwarded, address) => {
    expect(read({ 'x-forwarded-for': forwarded }, trusted).address).toBe(address);
  });

  it.each([
    ['198.51.100.7', '198.51.100.0/24'],
    ['::ffff:198.51.100.7', '198.51.100.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:1::6', '2001:db8:0:0::/64'],
    ['::ffff:c633:6407', '198.51.100.0/24'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1:2:3:4', 'fe80:0:0:0::/64'],
  ])('%s is of the network %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('holds no more of a device’s name than 300 plain characters', () => {
    expect(read({ 'user-agent': `Fox\u00e9 ${'x'.repeat(400)}` }).user_agent).toBe(`Fox ${'x'.repeat(296)}`);
    expect(read({}).user_agent).toBe('');
  });
});

describe('general limits', () => {
  const caller = (address: string) => ({ ...read({}), address });
  const actor = (user_id: string) => ({ user_id, tenant_id: newId(), session_id: newId(), email: '', name: '', roles: [], permissions: new Set<never>(), has_second_factor: false, withheld: 'nothing' as const });

  it('count each person and, before sign-in, each network by itself, and say when to come back', async () => {
    const limits = createRateLimits({ per_person: 2, per_network: 1 });
    const refused = { error_name: 'RATE_LIMIT_EXCEEDED', retry_after_s: expect.any(Number) };
    for (const name of ['a', 'b']) {
      for (let turn = 0; turn < 2; turn++) await limits.take(actor(name), caller('192.0.2.9'));
      await expect(limits.take(actor(name), caller('198.51.100.7'))).rejects.toMatchObject(refused);
    }
    await limits.take(null, caller('192.0.2.9'));
    await expect(limits.take(null, caller('192.0.2.200'))).rejects.toMatchObject(refused);
    await limits.take(null, caller('198.51.100.7'));
  });
});
