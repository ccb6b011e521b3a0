import { generate } from 'otplib';
import { expect, it } from 'vitest';
import { findTotpStep, newTotpSecret, totpUri } from './totp.ts';

// RFC 6238, appendix B: SHA-1, the last six of its eight digits, with the ASCII key 12345678901234567890.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([[59, '287082'], [1_111_111_109, '081804'], [1_111_111_111, '050471'], [1_234_567_890, '005924'], [2_000_000_000, '279037']])('at %i seconds knows the code of RFC 6238', async (seconds, code) => {
  expect(await findTotpStep(RFC_SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
});

it('takes the step before and the one after, and no other, and says which it was', async () => {
  const secret = newTotpSecret();
  const now = 1_790_000_000;
  const step = Math.floor(now / 30);
  const found = await Promise.all([-2, -1, 0, 1, 2].map(async (steps) => findTotpStep(secret, await generate({ secret, epoch: now + steps * 30 }), now * 1_000)));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
});

it('makes keys of 160 bits, each another, and an address that names product and person', () => {
  const [one, two] = [newTotpSecret(), newTotpSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(two);
  const uri = new URL(totpUri(one, { issuer: 'Lyss', label: 'ada@example.com' }));
  expect([uri.protocol, uri.searchParams.get('secret'), uri.searchParams.get('issuer')]).toEqual(['otpauth:', one, 'Lyss']);
});
